package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.experiment.SweepRun;
import org.schedlab.report.ChartFailedException;
import org.schedlab.report.RunMeasure;
import org.schedlab.report.SweepResults;
import org.schedlab.scenario.Experiment;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.ExperimentReader;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** {@code schedlab sweep}: factors × levels × replications, as a tidy table with intervals. */
final class SweepCommand implements Command {
  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public String arguments() {
    return "EXPERIMENT.yaml -o DIR [-j N] [--resume] [--no-charts]";
  }

  @Override
  public String summary() {
    return "Runs every combination of the levels of several factors; intervals, effects, charts.";
  }

  @Override
  public Options options() {
    return BatchCommand.workers(new Options())
        .addOption(Main.option("o", "output", "DIR", "output folder"))
        .addOption(Main.option(null, "no-charts", null, "write no charts"));
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    if (line.getArgList().size() != 1) {
      throw new UsageException("sweep takes one experiment file");
    }
    Path folder = BatchCommand.folder(line, "sweep");
    Path file = FileNames.path(line.getArgList().get(0));
    Experiment experiment = read(file);
    Path scenarioFile = scenarioOf(file, experiment);
    Scenario scenario;
    try {
      scenario = ScenarioReader.read(scenarioFile, Overrides.NONE);
    } catch (IOException e) {
      throw FileNames.unreadable(scenarioFile, e);
    }
    if (scenario.comparison() != null) {
      throw new UsageException("the scenario has `models` to compare; a sweep varies one run");
    }
    long firstSeed = experiment.seed() == null ? scenario.seed() : experiment.seed();
    SweepResults results = new SweepResults(experiment, scenario.timeUnit(), firstSeed);
    List<String> failures = new ArrayList<>();
    int runs = (int) (experiment.combinations() * experiment.replications());
    try (ProgressLine progress = new ProgressLine(console, runs)) {
      new SweepRun(experiment, scenarioFile, folder, Main.version(), firstSeed)
          .run(
              BatchCommand.workers(line),
              line.hasOption("resume"),
              results,
              problem -> {
                if (problem != null) {
                  failures.add(problem);
                  progress.say(scenarioFile + ": FAILED  " + problem);
                }
                progress.done();
              });
    }
    try {
      results.writeFolder(folder, !line.hasOption("no-charts"));
    } catch (ChartFailedException e) {
      console.err().print("schedlab: " + e.getMessage() + "\n");
    } catch (IOException e) {
      throw FileNames.unwritable(folder, e);
    }
    results.printTerminal(console.out(), console.showsUnicode());
    console.out().print("\nWritten to " + folder + "\n");
    return failures.isEmpty() ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
  }

  /** Returns what is in an experiment file. */
  static Experiment read(Path file) throws InvalidScenarioException, UnusableFileException {
    try {
      return ExperimentReader.read(file, RunMeasure.keys());
    } catch (IOException e) {
      throw FileNames.unreadable(file, e);
    }
  }

  /** Returns the scenario that an experiment names, as seen from here. */
  static Path scenarioOf(Path file, Experiment experiment) throws UnusableFileException {
    return file.resolveSibling(FileNames.path(experiment.scenario()));
  }
}
