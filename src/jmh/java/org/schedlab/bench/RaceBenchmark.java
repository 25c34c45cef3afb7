package org.schedlab.bench;

import java.util.ArrayList;
import java.util.List;
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
 * Accesses a second of four threads to variables that they share, with the analysis of races and
 * without: a counter that nothing protects, one under a mutex, and sixteen cells that each thread
 * has to itself.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class RaceBenchmark {
  private static final int ACCESSES = 1_000_000;
  private static final int THREADS = 4;

  @Param({"unprotected", "mutex", "apart"})
  public String use;

  @Param({"true", "false"})
  public boolean analysis;

  private Scenario scenario;

  @Setup
  public void read() throws InvalidScenarioException {
    List<String> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add("{name: t%d, program: [%s]}".formatted(i, program(i)));
    }
    String text =
        """
        time_unit: us
        machine: {costs: linux-x86_64}
        scheduler: {policy: round-robin, quantum: 50}
        processes:
          - name: P
            mutexes: [m]
            variables: {x: 0, a: [0, 0, 0, 0]}
            threads: [%s]
        """
            .formatted(String.join(", ", threads));
    scenario = ScenarioReader.read(text, "bench.yaml", Overrides.NONE);
  }

  private String program(int thread) {
    int additions = ACCESSES / THREADS / 2;
    String addition =
        switch (use) {
          case "unprotected" -> "{add: {x: 1}}";
          case "mutex" -> "{lock: m}, {add: {x: 1}}, {unlock: m}";
          default -> "{add: {\"a[" + thread + "]\": 1}}";
        };
    return "{repeat: " + additions + ", do: [" + addition + "]}";
  }

  @Benchmark
  @OperationsPerInvocation(ACCESSES)
  public Outcome accesses() throws InvalidScenarioException {
    RunMetrics metrics = new RunMetrics(1, 1000);
    if (!analysis) {
      metrics.races().turnOff();
    }
    return Simulation.run(scenario, metrics);
  }
}
