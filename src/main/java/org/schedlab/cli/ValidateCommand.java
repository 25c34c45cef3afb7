package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.experiment.ModelTrial;
import org.schedlab.experiment.SweepRun;
import org.schedlab.scenario.Experiment;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.ExperimentReader;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** {@code schedlab validate}: reads scenarios and runs nothing. */
final class ValidateCommand implements Command {
  @Override
  public String name() {
    return "validate";
  }

  @Override
  public String arguments() {
    return "PATH...";
  }

  @Override
  public String summary() {
    return "Checks scenario files, and folders of *.yaml and *.yml; runs nothing.";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    if (line.getArgList().isEmpty()) {
      throw new UsageException("validate takes at least one file or folder");
    }
    int invalid = 0;
    List<Path> files = ScenarioFiles.found(line.getArgList());
    for (Path file : files) {
      try {
        if (ExperimentReader.isExperiment(file)) {
          checkExperiment(file);
          console.out().print(file + ": valid\n");
          continue;
        }
        Scenario scenario = ScenarioReader.read(file, Overrides.NONE);
        if (scenario.comparison() != null) {
          ModelTrial.translate(file, scenario, scenario.comparison());
        }
        console.out().print(file + ": valid\n");
      } catch (IOException e) {
        invalid++;
        console.err().print("schedlab: " + FileNames.unreadable(file, e).getMessage() + "\n");
      } catch (InvalidScenarioException e) {
        invalid++;
        e.diagnostics().forEach(console::print);
      }
    }
    return invalid == 0 ? ExitStatus.OK : ExitStatus.BAD_INPUT;
  }

  /** Checks every combination of an experiment's levels. */
  private static void checkExperiment(Path file)
      throws InvalidScenarioException, IOException, UnusableFileException {
    Experiment experiment = SweepCommand.read(file);
    Path scenario = SweepCommand.scenarioOf(file, experiment);
    new SweepRun(experiment, scenario, Path.of(""), Main.version(), 0).check();
  }
}
