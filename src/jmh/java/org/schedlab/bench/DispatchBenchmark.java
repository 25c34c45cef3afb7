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
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;

/**
 * Dispatches a second: CPU-bound threads under round robin on one CPU, all metrics on. Each run is
 * ten million quanta, so the score is quanta (with more than one thread: dispatches) a second.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class DispatchBenchmark {
  private static final int DISPATCHES = 10_000_000;

  /** How many threads take turns. */
  @State(Scope.Benchmark)
  public static class Size {
    @Param({"1", "100", "100000"})
    public int threads;
  }

  /** What is run. */
  @State(Scope.Benchmark)
  public static class Run {
    @Param({"textbook", "linux-x86_64"})
    public String costs;

    /** Whether what charts show is kept. */
    @Param({"none", "kept"})
    public String chart;

    int dispatches = DISPATCHES;

    private Scenario scenario;

    @Setup
    public void read(Size size) throws InvalidScenarioException {
      scenario =
          Scenarios.read(
              """
              machine: {costs: %s}
              scheduler: {policy: round-robin, quantum: 4}
              processes:
                - {name: P, count: %d, burst: %d}
              """
                  .formatted(costs, size.threads, 4L * dispatches / size.threads));
    }
  }

  @Benchmark
  @OperationsPerInvocation(DISPATCHES)
  public Outcome roundRobin(Run run) throws InvalidScenarioException {
    return run.chart.equals("none")
        ? Scenarios.run(run.scenario)
        : Scenarios.runForCharts(run.scenario);
  }

  /** The floor: a loop that only rotates a queue of as many numbers and advances a clock. */
  @Benchmark
  @OperationsPerInvocation(DISPATCHES)
  public long floor(Size size) {
    return Floors.rotate(size.threads, DISPATCHES);
  }

  /** A floor that keeps some books of each thread besides. */
  @Benchmark
  @OperationsPerInvocation(DISPATCHES)
  public long floorWithBooks(Size size) {
    return Floors.rotateWithBooks(size.threads, DISPATCHES);
  }
}
