package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import org.schedlab.experiment.ModelTrial;
import org.schedlab.report.ChartFailedException;
import org.schedlab.report.ModelComparison;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;

/** Runs a scenario under several execution models, and shows what came of it. */
final class ModelRunner {
  private final Path file;
  private final Overrides overrides;
  private final Scenario scenario;
  private final Comparison comparison;

  /**
   * @param scenario as it was read from the file with the overrides
   */
  ModelRunner(Path file, Overrides overrides, Scenario scenario, Comparison comparison) {
    this.file = file;
    this.overrides = overrides;
    this.scenario = scenario;
    this.comparison = comparison;
  }

  /** Runs everything, writes the files and prints; returns the exit status. */
  int run(CommandLine line, String format, Console console)
      throws InvalidScenarioException, IOException, UnusableFileException {
    Path folder = FileNames.path(line.getOptionValue("output", "output/" + scenario.name()));
    ModelComparison compared = new ModelTrial(file, overrides, scenario, comparison).compare();
    try {
      compared.writeFolder(folder, !line.hasOption("no-charts"));
    } catch (ChartFailedException e) {
      console.err().print("schedlab: " + e.getMessage() + "\n");
    } catch (IOException e) {
      throw FileNames.unwritable(folder, e);
    }
    switch (format) {
      case "text" -> {
        compared.printTerminal(console.out(), console.showsUnicode());
        console.out().print("\nWritten to " + folder + "\n");
      }
      case "json" -> compared.writeJson(console.out());
      default -> {}
    }
    console.out().flush();
    if (!format.equals("text")) {
      compared.failures().forEach(failure -> console.err().print(complaint("FAILED", failure)));
      compared.warnings().forEach(warning -> console.err().print(complaint("WARNING", warning)));
    }
    return compared.failures().isEmpty() ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
  }

  private String complaint(String mark, String text) {
    return scenario.file() + ": " + mark + "  " + text + "\n";
  }
}
