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
 * Dispatches a second: CPU-bound threads under round robin on one CPU, metrics on, no chart. Each
 * run is ten million quanta, so the score is quanta (with more than one thread: dispatches) a
 * second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class DispatchBenchmark {
  private static final int DISPATCHES = 10_000_000;

  @Param({"1", "100", "100000"})
  public int threads;

  @Param({"textbook", "linux-x86_64"})
  public String costs;

  private Scenario scenario;

  @Setup
  public void read() throws InvalidScenarioException {
    String text =
        """
        machine: {costs: %s}
        scheduler: {policy: round-robin, quantum: 4}
        processes:
          - {name: P, count: %d, burst: %d}
        """
            .formatted(costs, threads, 4L * DISPATCHES / threads);
    scenario = ScenarioReader.read(text, "bench.yaml", Overrides.NONE);
  }

  @Benchmark
  @OperationsPerInvocation(DISPATCHES)
  public Outcome roundRobin() throws InvalidScenarioException {
    return Simulation.run(scenario, new RunMetrics(1, 1000));
  }

  /** The floor: a loop that only rotates a queue of as many numbers and advances a clock. */
  @Benchmark
  @OperationsPerInvocation(DISPATCHES)
  public long floor() {
    int[] ring = new int[Integer.highestOneBit(threads) * 2];
    long[] left = new long[threads];
    int mask = ring.length - 1;
    int head = 0;
    int tail = 0;
    for (int i = 0; i < threads; i++) {
      ring[tail++ & mask] = i;
      left[i] = 4L * DISPATCHES / threads;
    }
    long clock = 0;
    while (head != tail) {
      int job = ring[head++ & mask];
      clock += 4;
      left[job] -= 4;
      if (left[job] > 0) {
        ring[tail++ & mask] = job;
      }
    }
    return clock;
  }
}
