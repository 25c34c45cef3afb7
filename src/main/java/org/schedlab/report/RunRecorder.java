package org.schedlab.report;

import java.util.Set;
import org.schedlab.metrics.DecisionLog;
import org.schedlab.metrics.ReferenceLog;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.Wakeups;
import org.schedlab.scenario.Scenario;
import org.schedlab.trace.TraceSink;

/**
 * Listens to one run of a scenario: give {@link #sink} to the simulation, then {@link #finish} says
 * what came of it.
 */
public final class RunRecorder {
  private final Scenario scenario;
  private final RunMetrics metrics;
  private final Set<Detail> details;

  public RunRecorder(Scenario scenario) {
    this(scenario, Set.of(), true);
  }

  /**
   * @param details what is to be shown besides the usual tables
   * @param drawn whether charts are drawn, as files or on a terminal
   */
  public RunRecorder(Scenario scenario, Set<Detail> details, boolean drawn) {
    this.scenario = scenario;
    this.details = Set.copyOf(details);
    this.metrics =
        new RunMetrics(
            scenario.machine().cpus(),
            scenario.report().timelineLimit(),
            references(scenario),
            details.contains(Detail.WAKEUPS) ? new Wakeups() : null,
            details.contains(Detail.DECISIONS) ? new DecisionLog() : null,
            drawn);
  }

  private ReferenceLog references(Scenario scenario) {
    Scenario.MemorySpec memory = scenario.machine().memory();
    boolean wanted = details.contains(Detail.REFERENCES) && memory != null;
    return wanted ? new ReferenceLog(memory.pageableAll()) : null;
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
    return new RunReport(Run.of(scenario, metrics, ending, details));
  }
}
