package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.experiment.Trial;
import org.schedlab.explore.FailureSearch;
import org.schedlab.explore.Machine;
import org.schedlab.explore.Walk;
import org.schedlab.report.ChartFailedException;
import org.schedlab.report.RunReport;
import org.schedlab.report.WitnessFiles;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.scenario.yaml.ScheduledText;

/**
 * Writes schedules that fail as scenarios of their own, and runs them: what the exploration claims
 * must come about under the simulator itself.
 */
final class WitnessWriter {
  private final Path file;
  private final Overrides overrides;
  private final Scenario scenario;
  private final Path folder;
  private final boolean charts;

  WitnessWriter(Path file, Overrides overrides, Scenario scenario, Path folder, boolean charts) {
    this.file = file;
    this.overrides = overrides;
    this.scenario = scenario;
    this.folder = folder;
    this.charts = charts;
  }

  Path folder() {
    return folder;
  }

  /**
   * Writes a scenario for each kind of failure, with its chart, and removes those of an earlier
   * exploration.
   *
   * @return the files of the scenarios
   */
  List<Path> write(Machine machine, Map<FailureSearch.Kind, int[]> failures, Console console)
      throws InvalidScenarioException, UnusableFileException {
    List<Path> written = new ArrayList<>();
    try {
      WitnessFiles files = new WitnessFiles(folder);
      files.clear();
      for (Map.Entry<FailureSearch.Kind, int[]> failure : failures.entrySet()) {
        Walk walk = Walk.of(machine, failure.getValue());
        if (walk.misstep() == null) {
          written.add(write(files, failure.getKey(), walk, console));
        }
      }
    } catch (IOException e) {
      throw FileNames.unwritable(folder, e);
    }
    return written;
  }

  /** Nothing was found to fail: removes what an earlier exploration has left, if there is any. */
  void clear() throws UnusableFileException {
    if (Files.isDirectory(folder)) {
      try {
        new WitnessFiles(folder).clear();
      } catch (IOException e) {
        throw FileNames.unwritable(folder, e);
      }
    }
  }

  private Path write(WitnessFiles files, FailureSearch.Kind kind, Walk walk, Console console)
      throws IOException, InvalidScenarioException {
    String name = scenario.name() + "-" + WitnessFiles.name(kind);
    String about =
        (kind == FailureSearch.Kind.DEADLOCK
                ? "A schedule of " + scenario.name() + " that ends in a deadlock"
                : "A schedule of " + scenario.name() + " of which a check fails")
            + ", found by `schedlab explore`.";
    String text = ScheduledText.of(file, overrides, name, about, walk.tasks());
    Path path = files.writeScenario(kind, text);
    if (charts) {
      try {
        files.writeChart(kind, run(path));
      } catch (ChartFailedException e) {
        console.err().print("schedlab: " + e.getMessage() + "\n");
      }
    }
    return path;
  }

  private static RunReport run(Path path) throws IOException, InvalidScenarioException {
    Scenario witness = ScenarioReader.read(path, Overrides.NONE);
    return Trial.run(path, witness, Set.of());
  }
}
