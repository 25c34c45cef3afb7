package org.schedlab.testing;

import java.util.EnumMap;
import java.util.Map;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.metrics.Ledger;
import org.schedlab.metrics.MemoryPeak;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.models.ModelScenario;
import org.schedlab.models.Models;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.trace.Account;
import org.schedlab.trace.TraceSink;

/** A scenario that has been run under all models that it asks for. */
public final class Compared {
  private final Map<ExecutionModel, Ran> runs = new EnumMap<>(ExecutionModel.class);
  private final Map<ExecutionModel, ModelScenario> scenarios = new EnumMap<>(ExecutionModel.class);
  private final Map<ExecutionModel, MemoryPeak> memory = new EnumMap<>(ExecutionModel.class);

  /** Reads a scenario from its text and runs it under each model. */
  public static Compared scenario(String yaml) throws InvalidScenarioException {
    Scenario scenario = ScenarioReader.read(yaml, "test.yaml", Overrides.NONE);
    Comparison comparison =
        scenario.comparison() == null ? Comparison.OF_ALL : scenario.comparison();
    Compared compared = new Compared();
    for (ModelScenario one : Models.of(scenario, comparison)) {
      compared.run(one);
    }
    return compared;
  }

  private void run(ModelScenario one) throws InvalidScenarioException {
    Scenario.Machine machine = one.scenario().machine();
    RunMetrics metrics = new RunMetrics(machine.cpus(), 10_000);
    Chart chart = new Chart();
    MemoryPeak peak = new MemoryPeak(machine.costs(), machine.memory().geometry().pageSize());
    Outcome outcome =
        Simulation.run(one.scenario(), ModelScenario::ownName, TraceSink.of(metrics, chart, peak));
    runs.put(one.model(), new Ran(outcome, metrics, chart.toString()));
    scenarios.put(one.model(), one);
    memory.put(one.model(), peak);
  }

  public Ran of(ExecutionModel model) {
    return runs.get(model);
  }

  public ModelScenario translated(ExecutionModel model) {
    return scenarios.get(model);
  }

  public MemoryPeak memory(ExecutionModel model) {
    return memory.get(model);
  }

  public long makespan(ExecutionModel model) {
    return of(model).metrics().makespan();
  }

  /** Returns what the CPUs did, but for making tasks, in nanoseconds. */
  public long cpuTime(ExecutionModel model) {
    Ledger ledger = of(model).metrics().ledger();
    long sum = 0;
    for (int cpu = 0; cpu < ledger.cpus(); cpu++) {
      sum += ledger.busy(cpu) + ledger.overhead(cpu);
    }
    return sum - ledger.charged(Account.CREATION) - ledger.charged(Account.PAGE_FAULT);
  }
}
