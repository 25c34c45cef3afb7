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
 * Simulated references to memory a second, page tables, a TLB and metrics on, no chart: two threads
 * of one CPU take turns in touching pages, each as many as fit in the first level of the TLB. So
 * after the first round every reference is a TLB hit; the loads are instructions of a program, with
 * a loop around them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class MemoryBenchmark {
  private static final int REFERENCES = 20_000_000;

  @Param({"touch", "load"})
  public String operation;

  /** Frames: unlimited, or limited, where page replacement hears of every reference. */
  @Param({"", "frames: 200, replacement: lru"})
  public String memory;

  private Scenario scenario;

  @Setup
  public void read() throws InvalidScenarioException {
    String program =
        operation.equals("touch")
            ? "{touch: {pages: 48, references: " + REFERENCES / 2 + "}}"
            : "{repeat: " + REFERENCES / 20 + ", do: [" + "{load: {r: x}}, ".repeat(10) + "]}";
    String text =
        """
        machine: {costs: linux-x86_64, memory: {%s}}
        scheduler: {policy: round-robin, quantum: 4}
        processes: [{name: P, count: 2, variables: {x: 0}, program: [%s]}]
        """
            .formatted(memory, program);
    scenario = ScenarioReader.read(text, "bench.yaml", Overrides.NONE);
  }

  @Benchmark
  @OperationsPerInvocation(REFERENCES)
  public Outcome references() throws InvalidScenarioException {
    return Simulation.run(scenario, new RunMetrics(1, 1000));
  }
}
