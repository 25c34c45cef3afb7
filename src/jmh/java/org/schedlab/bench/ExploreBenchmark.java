package org.schedlab.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.schedlab.Exploration;
import org.schedlab.explore.Budget;
import org.schedlab.explore.Findings;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;

/** Schedules run to their end a second: two threads of three steps each that all depend. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class ExploreBenchmark {
  /** The orders of two times three steps: 6 over 3. */
  static final int SCHEDULES = 20;

  private static final int STEPS = 3;

  private static final String TEXT =
      """
      processes:
        - name: P
          variables: {x: 0}
          threads:
            - {name: T, count: 2, program: [{store: {x: 1}}, {store: {x: 2}}, {store: {x: 3}}]}
      """;

  /** What is run. */
  @State(Scope.Benchmark)
  public static class Run {
    private Scenario scenario;

    @Setup
    public void read() throws InvalidScenarioException {
      scenario = Scenarios.read(TEXT);
      long found = explore().executions();
      if (found != SCHEDULES || Floors.interleavings(STEPS) != SCHEDULES) {
        throw new IllegalStateException(found + " executions");
      }
    }

    private Findings explore() throws InvalidScenarioException {
      return Exploration.follow(
          scenario, (machine, judge) -> Findings.of(machine, judge, Budget.DEFAULT));
    }
  }

  @Benchmark
  @OperationsPerInvocation(SCHEDULES)
  public Findings explore(Run run) throws InvalidScenarioException {
    return run.explore();
  }

  /** The floor: the same stores in the same orders, going back and forth over a path. */
  @Benchmark
  @OperationsPerInvocation(SCHEDULES)
  public long floor() {
    return Floors.interleavings(STEPS);
  }
}
