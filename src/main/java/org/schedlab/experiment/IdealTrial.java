package org.schedlab.experiment;

import java.io.IOException;
import java.nio.file.Path;
import org.schedlab.ProcessorSharing;
import org.schedlab.report.IdealReport;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;

/** A scenario under a policy that is an ideal: computed, not run. */
public final class IdealTrial {
  private IdealTrial() {}

  /** Says whether the scenario's policy is one that no kernel can run. */
  public static boolean isAsked(Scenario scenario) {
    return scenario.scheduler().policy().isIdeal();
  }

  /**
   * Computes what the ideal comes to.
   *
   * @throws InvalidScenarioException if the threads do what the ideal does not know
   * @throws IOException if then the file can no longer be read
   */
  public static IdealReport of(Path file, Scenario scenario)
      throws InvalidScenarioException, IOException {
    try {
      ProcessorSharing.Result result = ProcessorSharing.of(scenario);
      return new IdealReport(
          scenario,
          result.makespan(),
          result.completed(),
          result.tasks().stream().map(IdealTrial::task).toList(),
          result.failedAsserts());
    } catch (InvalidScenarioException e) {
      throw Snippets.shown(file, e);
    }
  }

  private static IdealReport.Task task(ProcessorSharing.Task task) {
    return new IdealReport.Task(
        task.name(),
        task.process(),
        task.arrival(),
        task.start(),
        task.finish(),
        task.running(),
        task.blocked(),
        task.waiting(),
        task.counted());
  }
}
