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
 * Coroutine switches a second, metrics on, no chart: a hundred coroutines that yield to each other,
 * wait for timers of different lengths, or hand each other values through channels.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class CoroutineBenchmark {
  private static final int SWITCHES = 1_000_000;
  private static final int COROUTINES = 100;

  @Param({"yield", "timer", "channel"})
  public String reason;

  @Param({"textbook", "linux-x86_64"})
  public String costs;

  private Scenario scenario;

  @Setup
  public void read() throws InvalidScenarioException {
    String text =
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
            .formatted(costs, coroutines());
    scenario = ScenarioReader.read(text, "bench.yaml", Overrides.NONE);
  }

  private String coroutines() {
    int turns = SWITCHES / COROUTINES;
    String many = "{name: c, count: " + COROUTINES + ", program: [{repeat: %d, do: [%s]}]}";
    return switch (reason) {
      case "yield" -> many.formatted(turns, "yield");
      case "timer" -> many.formatted(turns, "{await: {time: {uniform: {min: 1, max: 100}}}}");
      // Each value takes a switch to who gets it, and one to who puts the next.
      default ->
          "{name: a, program: [{repeat: %d, do: [{put: {channel: c}}]}]},".formatted(SWITCHES / 2)
              + "{name: b, program: [{repeat: %d, do: [{get: {channel: c}}]}]}"
                  .formatted(SWITCHES / 2);
    };
  }

  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public Outcome switches() throws InvalidScenarioException {
    return Simulation.run(scenario, new RunMetrics(1, 1000));
  }
}
