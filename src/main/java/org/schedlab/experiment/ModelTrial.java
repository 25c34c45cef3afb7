package org.schedlab.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.metrics.MemoryPeak;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.models.ModelScenario;
import org.schedlab.models.Models;
import org.schedlab.report.ModelComparison;
import org.schedlab.report.ModelRun;
import org.schedlab.report.RunRecorder;
import org.schedlab.report.RunReport;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.trace.TraceSink;

/** The runs of a scenario under several execution models. */
public final class ModelTrial {
  private final Path file;
  private final Overrides overrides;
  private final Scenario scenario;
  private final Comparison comparison;

  /**
   * @param scenario as it was read from the file with the overrides
   */
  public ModelTrial(Path file, Overrides overrides, Scenario scenario, Comparison comparison) {
    this.file = file;
    this.overrides = overrides;
    this.scenario = scenario;
    this.comparison = comparison;
  }

  /**
   * Runs everything.
   *
   * @throws InvalidScenarioException if a model has no counterpart for something
   * @throws IOException if the file can no longer be read
   */
  public ModelComparison compare() throws InvalidScenarioException, IOException {
    // Everything is translated before anything runs: what cannot be done is said at once.
    List<List<ModelScenario>> translated = new ArrayList<>();
    for (int count : counts()) {
      translated.add(translate(count));
    }
    List<ModelRun> runs = new ArrayList<>();
    for (int i = 0; i < translated.size(); i++) {
      for (ModelScenario one : translated.get(i)) {
        runs.add(run(one, counts().get(i)));
      }
    }
    return new ModelComparison(scenario, comparison, runs);
  }

  /** Returns the numbers of a sweep; 0 alone where there is none. */
  private List<Integer> counts() {
    return comparison.isSweep() ? comparison.counts() : List.of(0);
  }

  private List<ModelScenario> translate(int count) throws InvalidScenarioException, IOException {
    Scenario counted =
        count == 0
            ? scenario
            : ScenarioReader.read(file, overrides.withCount(comparison.swept(), count));
    return translate(file, counted, comparison);
  }

  /**
   * Returns a scenario under each model.
   *
   * @throws InvalidScenarioException if a model has no counterpart for something
   * @throws IOException if then the file can no longer be read
   */
  public static List<ModelScenario> translate(Path file, Scenario scenario, Comparison comparison)
      throws InvalidScenarioException, IOException {
    try {
      return Models.of(scenario, comparison);
    } catch (InvalidScenarioException e) {
      throw Snippets.shown(file, e);
    }
  }

  private ModelRun run(ModelScenario of, int count) throws InvalidScenarioException, IOException {
    try {
      RunRecorder recorder = new RunRecorder(of.scenario());
      Scenario.Machine machine = of.scenario().machine();
      MemoryPeak memory = new MemoryPeak(machine.costs(), machine.memory().geometry().pageSize());
      TraceSink sink = TraceSink.of(recorder.sink(), memory);
      Outcome outcome = Simulation.run(of.scenario(), ModelScenario::ownName, sink);
      RunReport report = recorder.finish(Trial.ending(outcome));
      return new ModelRun(of, count, report, memory, broken(of, outcome.makespan()));
    } catch (InvalidScenarioException e) {
      throw Snippets.shown(file, e);
    }
  }

  /**
   * Runs the work with a first task that fails. Others may look for what that one should have done,
   * again and again; who has not ended after twice the time will not any more.
   */
  private static RunMetrics broken(ModelScenario of, long makespan) {
    Scenario scenario = of.broken().notAfter(Math.max(1, 2 * makespan));
    RunMetrics metrics = new RunMetrics(scenario.machine().cpus(), 0);
    try {
      Simulation.run(scenario, ModelScenario::ownName, metrics);
    } catch (InvalidScenarioException e) {
      // They look without time going on; what has ended by then is known.
      return metrics;
    }
    return metrics;
  }
}
