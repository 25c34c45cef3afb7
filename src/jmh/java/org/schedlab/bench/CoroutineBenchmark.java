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
 * Coroutine switches a second, metrics on, no chart: a hundred coroutines that yield to each other,
 * wait for timers of different lengths, or hand each other values through channels.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class CoroutineBenchmark {
  private static final int SWITCHES = 1_000_000;
  static final int COROUTINES = 100;

  /** What is run. */
  @State(Scope.Benchmark)
  public static class Run {
    @Param({"yield", "timer", "channel"})
    public String reason;

    @Param({"textbook", "linux-x86_64"})
    public String costs;

    int switches = SWITCHES;

    private Scenario scenario;

    @Setup
    public void read() throws InvalidScenarioException {
      scenario =
          Scenarios.read(
              """
              time_unit: us
              machine: {costs: %s}
              scheduler: {policy: fcfs}
              limits: {operations_per_instant: 10000000}
              processes:
                - name: P
                  channels: {c: {capacity: 1}}
                  runtime: goroutine
                  coroutines: [%s]
              """
                  .formatted(costs, coroutines()));
    }

    private String coroutines() {
      int turns = switches / COROUTINES;
      String many = "{name: c, count: " + COROUTINES + ", program: [{repeat: %d, do: [%s]}]}";
      return switch (reason) {
        case "yield" -> many.formatted(turns, "yield");
        case "timer" -> many.formatted(turns, "{await: {time: {uniform: {min: 1, max: 100}}}}");
        // Each value takes a switch to who gets it, and one to who puts the next.
        default ->
            "{name: a, program: [{repeat: %d, do: [{put: {channel: c}}]}]},".formatted(switches / 2)
                + "{name: b, program: [{repeat: %d, do: [{get: {channel: c}}]}]}"
                    .formatted(switches / 2);
      };
    }
  }

  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public Outcome switches(Run run) throws InvalidScenarioException {
    return Scenarios.run(run.scenario);
  }

  /** The floor of yielding: rotates a queue of as many numbers. */
  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public long floorYield() {
    return Floors.rotate(COROUTINES, SWITCHES);
  }

  /** The floor of timers: a heap of as many, set anew by the same generator. */
  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public long floorTimer() {
    return Floors.timers(COROUTINES, SWITCHES);
  }

  /** The floor of a channel: one place, filled and emptied in turn. */
  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public long floorChannel() {
    return Floors.handOver(1, SWITCHES / 2, 1);
  }
}
