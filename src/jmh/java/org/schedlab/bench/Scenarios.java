package org.schedlab.bench;

import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** Reads the scenarios that are measured, and runs them with the metrics of every run. */
final class Scenarios {
  private Scenarios() {}

  static Scenario read(String text) throws InvalidScenarioException {
    return ScenarioReader.read(text, "bench.yaml", Overrides.NONE);
  }

  /** Runs a scenario with all metrics but what only charts show. */
  static Outcome run(Scenario scenario) throws InvalidScenarioException {
    return Simulation.run(
        scenario,
        RunMetrics.withoutCharts(scenario.machine().cpus(), scenario.report().timelineLimit()));
  }

  /** Runs a scenario with all metrics, of which charts could be drawn. */
  static Outcome runForCharts(Scenario scenario) throws InvalidScenarioException {
    return Simulation.run(
        scenario, new RunMetrics(scenario.machine().cpus(), scenario.report().timelineLimit()));
  }
}
