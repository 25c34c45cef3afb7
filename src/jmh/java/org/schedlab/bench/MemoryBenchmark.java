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
 * Simulated references to memory a second, page tables, a TLB and metrics on, no chart: two threads
 * of one CPU take turns in touching pages, each as many as fit in the first level of the TLB. So
 * after the first round every reference is a TLB hit; the loads and stores are instructions of a
 * program, with a loop around them.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class MemoryBenchmark {
  private static final int REFERENCES = 20_000_000;
  static final int PAGES = 48;

  /** What is run. */
  @State(Scope.Benchmark)
  public static class Run {
    @Param({"touch", "load", "store"})
    public String operation;

    /** Frames: unlimited, or limited, where page replacement hears of every reference. */
    @Param({"", "frames: 200, replacement: lru"})
    public String memory;

    int references = REFERENCES;

    private Scenario scenario;

    @Setup
    public void read() throws InvalidScenarioException {
      String program =
          switch (operation) {
            case "touch" -> "{touch: {pages: %d, references: %d}}".formatted(PAGES, references / 2);
            case "load" -> loop("{load: {r: x}}, ");
            default -> loop("{store: {x: 1}}, ");
          };
      scenario =
          Scenarios.read(
              """
              machine: {costs: linux-x86_64, memory: {%s}}
              scheduler: {policy: round-robin, quantum: 4}
              processes: [{name: P, count: 2, variables: {x: 0}, program: [%s]}]
              """
                  .formatted(memory, program));
    }

    private String loop(String instruction) {
      return "{repeat: " + references / 20 + ", do: [" + instruction.repeat(10) + "]}";
    }
  }

  @Benchmark
  @OperationsPerInvocation(REFERENCES)
  public Outcome references(Run run) throws InvalidScenarioException {
    return Scenarios.run(run.scenario);
  }

  /** The floor: looks each page up among the tags of as large a TLB and counts the hits. */
  @Benchmark
  @OperationsPerInvocation(REFERENCES)
  public long floor() {
    return Floors.translate(PAGES, REFERENCES, false);
  }

  /** The floor of lru: notes down besides when each page was used. */
  @Benchmark
  @OperationsPerInvocation(REFERENCES)
  public long floorStamped() {
    return Floors.translate(PAGES, REFERENCES, true);
  }
}
