package org.schedlab.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.report.Detail;
import org.schedlab.report.Ending;
import org.schedlab.report.RunRecorder;
import org.schedlab.report.RunReport;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;

/** One run of a scenario, measured and reported. */
public final class Trial {
  private Trial() {}

  /**
   * Runs a scenario and gathers what came of it.
   *
   * @param file that it was read from, to show the line at which a run was stopped
   * @param details what is to be shown besides the usual tables
   * @throws InvalidScenarioException if it can only be found invalid by running it
   * @throws IOException if then the file can no longer be read
   */
  public static RunReport run(Path file, Scenario scenario, Set<Detail> details)
      throws InvalidScenarioException, IOException {
    return run(file, scenario, details, true);
  }

  /**
   * Runs a scenario and gathers what came of it.
   *
   * @param file that it was read from, to show the line at which a run was stopped
   * @param details what is to be shown besides the usual tables
   * @param drawn whether charts will be drawn, as files or on a terminal: without, it is faster
   * @throws InvalidScenarioException if it can only be found invalid by running it
   * @throws IOException if then the file can no longer be read
   */
  public static RunReport run(Path file, Scenario scenario, Set<Detail> details, boolean drawn)
      throws InvalidScenarioException, IOException {
    return run(file, scenario, new RunRecorder(scenario, details, drawn));
  }

  /**
   * Runs a scenario for its numbers and tables alone: it is faster, and no chart can be drawn.
   *
   * @param file that it was read from
   * @throws InvalidScenarioException if it can only be found invalid by running it
   * @throws IOException if then the file can no longer be read
   */
  public static RunReport measure(Path file, Scenario scenario)
      throws InvalidScenarioException, IOException {
    return run(file, scenario, Set.of(), false);
  }

  private static RunReport run(Path file, Scenario scenario, RunRecorder recorder)
      throws InvalidScenarioException, IOException {
    try {
      return recorder.finish(ending(Simulation.run(scenario, recorder.sink())));
    } catch (InvalidScenarioException e) {
      throw Snippets.shown(file, e);
    }
  }

  /** Returns how a run ended, as reports want to know it. */
  static Ending ending(Outcome outcome) {
    List<Ending.Stuck> stuck =
        outcome.stuck().stream()
            .map(s -> new Ending.Stuck(s.task(), s.waitsFor(), s.since()))
            .toList();
    return new Ending(outcome.end().label(), outcome.finalCheckHeld(), outcome.observed(), stuck);
  }
}
