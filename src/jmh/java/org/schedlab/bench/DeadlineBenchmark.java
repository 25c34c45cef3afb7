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
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.trace.TraceSink;

/**
 * Dispatches a second under earliest deadline first: a hundred periodic tasks with thirteen periods
 * from 10 to 1000 ms and a utilisation of 0.95 on one CPU, metrics on, no chart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class DeadlineBenchmark {
  private static final int TASKS = 100;
  private static final double UTILIZATION = 0.95;

  /** Four hundred seconds, and less than anything that happens after them. */
  private static final long UNTIL = 400_000_000_001L;

  /** How many dispatches that is: counted in each setup, for the score is divided by it. */
  static final int DISPATCHES = 936_401;

  private TaskSet tasks;
  private Scenario scenario;

  @Setup
  public void read() throws InvalidScenarioException {
    tasks = TaskSet.draw(TASKS, UTILIZATION, 1);
    scenario = Scenarios.read(tasks.scenario(UNTIL));
    check();
  }

  /** The simulator and the loop must have done the same. */
  private void check() throws InvalidScenarioException {
    long[] counts = new long[3];
    Simulation.run(
        scenario,
        new TraceSink() {
          @Override
          public void dispatched(long time, int thread, int cpu) {
            counts[0]++;
          }

          @Override
          public void jobCompleted(long time, int thread) {
            counts[1]++;
          }
        });
    RunMetrics metrics = RunMetrics.withoutCharts(1, 0);
    Simulation.run(scenario, metrics);
    for (int thread = 0; thread < TASKS; thread++) {
      counts[2] += metrics.tasks().jobs(thread).responseSum();
    }
    TaskSet.Tally tally = tasks.run(UNTIL);
    if (counts[0] != DISPATCHES
        || !tally.equals(new TaskSet.Tally(DISPATCHES, counts[1], 0, counts[2]))) {
      throw new IllegalStateException(
          "%d dispatches, %d jobs, %d ns of responses, but by hand %s"
              .formatted(counts[0], counts[1], counts[2], tally));
    }
  }

  @Benchmark
  @OperationsPerInvocation(DISPATCHES)
  public Outcome earliestDeadlineFirst() throws InvalidScenarioException {
    return Scenarios.run(scenario);
  }

  /** The floor: the same jobs by a heap of releases and a heap of deadlines. */
  @Benchmark
  @OperationsPerInvocation(DISPATCHES)
  public TaskSet.Tally floor() {
    return tasks.run(UNTIL);
  }
}
