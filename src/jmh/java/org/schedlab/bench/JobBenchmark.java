package org.schedlab.bench;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
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
import org.schedlab.report.Ending;
import org.schedlab.report.RunRecorder;
import org.schedlab.report.RunReport;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;

/**
 * Generated jobs a second: an M/M/1 queue at a load of 0.8, and M/M/4 at the same, first come first
 * served, all metrics on, no chart. Each job is made, arrives, runs, ends and is folded into the
 * summary, which is part of what is measured.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class JobBenchmark {
  private static final int JOBS = 500_000;

  /** How many CPUs serve the queue. */
  @State(Scope.Benchmark)
  public static class Size {
    @Param({"1", "4"})
    public int servers;
  }

  /** What is run. */
  @State(Scope.Benchmark)
  public static class Run {
    int jobs = JOBS;

    private Scenario scenario;

    @Setup
    public void read(Size size) throws InvalidScenarioException {
      scenario =
          Scenarios.read(
              """
              seed: %d
              machine: {cpus: %d}
              scheduler: {policy: fcfs}
              workload:
                - name: job
                  count: %d
                  arrivals: {exponential: {mean: %s}}
                  burst: {exponential: {mean: 1}}
              """
                  .formatted(
                      JobQueue.SEED, size.servers, jobs, JobQueue.meanGap(size.servers) + "ns"));
      check(size);
    }

    /** The simulator and the loop must have done the same, where the same jobs come. */
    private void check(Size size) throws InvalidScenarioException {
      BigInteger sum = report().metrics().workload().all().turnaround().sum();
      long byHand = new JobQueue(size.servers).sameJobs(jobs);
      if (!sum.equals(BigInteger.valueOf(byHand))) {
        throw new IllegalStateException(
            "turnaround times add up to %s, but by hand to %d".formatted(sum, byHand));
      }
    }

    private RunReport report() throws InvalidScenarioException {
      RunRecorder recorder = new RunRecorder(scenario, Set.of(), false);
      Outcome outcome = Simulation.run(scenario, recorder.sink());
      return recorder.finish(
          new Ending(
              outcome.end().label(), outcome.finalCheckHeld(), outcome.observed(), List.of()));
    }
  }

  @Benchmark
  @OperationsPerInvocation(JOBS)
  public RunReport queue(Run run) throws InvalidScenarioException {
    return run.report();
  }

  /** The floor: draws as many times by the same generator and moves a queue on by hand. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long floor(Size size) {
    return new JobQueue(size.servers).run(JOBS);
  }
}
