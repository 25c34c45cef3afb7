package org.schedlab.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/**
 * Decisions a second of each policy, by how many threads are ready: all of them compute and yield
 * in turn, so that each millisecond one enters the queue and one is picked. Metrics on, no chart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC"})
public class PolicyBenchmark {
  private static final int DECISIONS = 1_000_000;

  @Param({"10", "1000", "100000"})
  public int threads;

  @Param({
    "round-robin",
    "mlfq",
    "las",
    "random",
    "lottery",
    "stride",
    "cfs",
    "eevdf",
    "edf",
    "cbs",
    "linux"
  })
  public String policy;

  private Scenario scenario;

  @Setup
  public void read() throws InvalidScenarioException {
    StringBuilder text = new StringBuilder("until: ").append(DECISIONS).append('\n');
    text.append("scheduler: {policy: ").append(policy).append("}\n");
    text.append("programs: {turns: [{repeat: 1000000000, do: [compute: 1, yield]}]}\n");
    text.append("processes:\n");
    // Ten kinds of threads, so that neither weights nor deadlines are all the same.
    for (int kind = 0; kind < 10; kind++) {
      text.append(
          "  - {name: K%d, count: %d, program: turns, nice: %d, tickets: %d, deadline: %d}\n"
              .formatted(kind, threads / 10, kind - 5, 10 + 7 * kind, 1_000_000_000L + kind));
    }
    scenario = ScenarioReader.read(text.toString(), "bench.yaml", Overrides.NONE);
  }

  @Benchmark
  @OperationsPerInvocation(DECISIONS)
  public Outcome decide() throws InvalidScenarioException {
    return Simulation.run(scenario, new RunMetrics(1, 1000));
  }
}
