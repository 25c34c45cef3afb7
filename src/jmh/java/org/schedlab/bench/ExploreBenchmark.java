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
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** Schedules run to their end a second: two threads of three steps each that all depend. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class ExploreBenchmark {
  /** The orders of two times three steps: 6 over 3. */
  private static final int SCHEDULES = 20;

  private static final String TEXT =
      """
      processes:
        - name: P
          variables: {x: 0}
          threads:
            - {name: T, count: 2, program: [{store: {x: 1}}, {store: {x: 2}}, {store: {x: 3}}]}
      """;

  private Scenario scenario;

  @Setup
  public void read() throws InvalidScenarioException {
    scenario = ScenarioReader.read(TEXT, "bench.yaml", Overrides.NONE);
  }

  @Benchmark
  @OperationsPerInvocation(SCHEDULES)
  public Findings explore() throws InvalidScenarioException {
    return Exploration.follow(
        scenario, (machine, judge) -> Findings.of(machine, judge, Budget.DEFAULT));
  }
}
