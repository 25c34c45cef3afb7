package org.schedlab.report;

import org.schedlab.metrics.RunMetrics;
import org.schedlab.scenario.Scenario;
import org.schedlab.trace.TraceSink;

/**
 * Listens to one run of a scenario: give {@link #sink} to the simulation, then {@link #finish} says
 * what came of it.
 */
public final class RunRecorder {
  private final Scenario scenario;
  private final RunMetrics metrics;

  public RunRecorder(Scenario scenario) {
    this.scenario = scenario;
    this.metrics = new RunMetrics(scenario.machine().cpus(), scenario.report().timelineLimit());
  }

  /** Returns what the simulation must tell every fact. */
  public TraceSink sink() {
    return metrics;
  }

  /** Returns what is measured. */
  public RunMetrics metrics() {
    return metrics;
  }

  /** Returns the report of the run, which has ended. */
  public RunReport finish(Ending ending) {
    return new RunReport(Run.of(scenario, metrics, ending));
  }
}
