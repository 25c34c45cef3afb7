package org.schedlab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.trace.Account;
import org.schedlab.trace.TraceSink;

/**
 * A scenario that has been run, with what was measured.
 *
 * @param chart a column for each time unit of 1 ms; meaningful where the unit is ms
 */
public record Ran(Outcome outcome, RunMetrics metrics, String chart) {
  /** Reads a scenario from its text and runs it. */
  public static Ran scenario(String yaml) throws InvalidScenarioException {
    return scenario(yaml, new TraceSink() {});
  }

  /** Reads a scenario from its text and runs it, telling one sink more what happens. */
  public static Ran scenario(String yaml, TraceSink more) throws InvalidScenarioException {
    return of(ScenarioReader.read(yaml, "test.yaml", Overrides.NONE), more);
  }

  /** Runs a scenario. */
  public static Ran of(Scenario scenario) throws InvalidScenarioException {
    return of(scenario, new TraceSink() {});
  }

  private static Ran of(Scenario scenario, TraceSink more) throws InvalidScenarioException {
    RunMetrics metrics = new RunMetrics(scenario.machine().cpus(), 10_000);
    Chart chart = new Chart();
    Outcome outcome = Simulation.run(scenario, TraceSink.of(metrics, chart, more));
    return new Ran(outcome, metrics, chart.toString());
  }

  /** Checks that every thread has ended and every assertion held. */
  public void assertWell() {
    assertThat(outcome.stuck()).isEmpty();
    assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
    assertThat(metrics.findings().assertions()).isEmpty();
    assertThat(outcome.finalCheckHeld()).isNotEqualTo(false);
  }

  public TaskTimes tasks() {
    return metrics.tasks();
  }

  /** Returns a thread's id by its full name. */
  public int thread(String name) {
    for (int i = 0; i < tasks().count(); i++) {
      if (name.equals(tasks().name(i))) {
        return i;
      }
    }
    throw new AssertionError("no thread " + name);
  }

  /** Returns what all CPUs together were charged to an account, in nanoseconds. */
  public long charged(Account account) {
    return metrics.ledger().charged(account);
  }
}
