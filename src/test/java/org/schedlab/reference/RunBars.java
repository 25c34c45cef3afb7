package org.schedlab.reference;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.Simulation;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.Timeline;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Workload;
import org.schedlab.trace.TraceSink;

/** Runs scenarios as files have them, and says who ran when, in milliseconds. */
final class RunBars {
  private RunBars() {}

  /** Who ran from when to when. */
  record Bar(String task, long from, long to) {}

  static RunMetrics run(String text, TraceSink... more) {
    try {
      Scenario scenario = ScenarioReader.read(text, "case.yaml", Overrides.NONE);
      RunMetrics metrics = new RunMetrics(scenario.machine().cpus(), 1_000_000);
      Simulation.run(scenario, more.length == 0 ? metrics : TraceSink.of(metrics, more[0]));
      return metrics;
    } catch (InvalidScenarioException e) {
      throw new AssertionError(e.diagnostics() + "\n" + text, e);
    }
  }

  static List<Bar> of(RunMetrics metrics) {
    List<Bar> bars = new ArrayList<>();
    for (Timeline.Bar bar : metrics.timeline().bars()) {
      add(
          bars,
          new Bar(
              metrics.tasks().name(bar.thread()),
              bar.start() / Workload.MS,
              bar.end() / Workload.MS));
    }
    return bars;
  }

  /** Adds a bar, joined with the one before where the same task goes on. */
  static void add(List<Bar> bars, Bar next) {
    Bar last = bars.isEmpty() ? null : bars.get(bars.size() - 1);
    if (last != null && last.task().equals(next.task()) && last.to() == next.from()) {
      bars.set(bars.size() - 1, new Bar(last.task(), last.from(), next.to()));
    } else {
      bars.add(next);
    }
  }
}
