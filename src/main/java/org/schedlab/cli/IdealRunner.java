package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.schedlab.experiment.IdealTrial;
import org.schedlab.report.IdealReport;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;

/** Computes a scenario under a policy that is an ideal, and shows what it comes to. */
final class IdealRunner {
  private final Path file;
  private final Scenario scenario;

  IdealRunner(Path file, Scenario scenario) {
    this.file = file;
    this.scenario = scenario;
  }

  int run(CommandLine line, String format, Path folder, Console console)
      throws UsageException, InvalidScenarioException, UnusableFileException, IOException {
    for (String option : List.of("show", "explain", "from", "to", "width")) {
      if (line.hasOption(option)) {
        throw new UsageException(
            "--"
                + option
                + " is for runs, and `"
                + scenario.scheduler().policyName()
                + "` is an ideal that is computed");
      }
    }
    IdealReport report = IdealTrial.of(file, scenario);
    try {
      report.writeFolder(folder);
    } catch (IOException e) {
      throw FileNames.unwritable(folder, e);
    }
    switch (format) {
      case "text" -> {
        report.printTerminal(console.out(), console.showsUnicode());
        console.out().print("\nWritten to " + folder + "\n");
      }
      case "json" -> report.writeJson(console.out());
      default -> {}
    }
    console.out().flush();
    if (!format.equals("text")) {
      report.failures().forEach(failure -> console.err().print("FAILED  " + failure + "\n"));
    }
    return report.failures().isEmpty() ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
  }
}
