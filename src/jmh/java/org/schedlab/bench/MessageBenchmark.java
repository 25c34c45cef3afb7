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
 * Messages a second from one simulated process to another, metrics on, no chart. Each is two system
 * calls. With room for one message in the channel each also is a switch between the processes.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class MessageBenchmark {
  private static final int MESSAGES = 1_000_000;
  static final int BYTES = 64;

  /** How many messages fit. */
  @State(Scope.Benchmark)
  public static class Size {
    @Param({"1", "1000"})
    public int room;
  }

  /** What is run. */
  @State(Scope.Benchmark)
  public static class Run {
    @Param({"pipe", "queue"})
    public String mechanism;

    @Param({"textbook", "linux-x86_64"})
    public String costs;

    int messages = MESSAGES;

    private Scenario scenario;

    @Setup
    public void read(Size size) throws InvalidScenarioException {
      boolean pipe = mechanism.equals("pipe");
      scenario =
          Scenarios.read(
              """
              machine: {costs: %s}
              %s
              scheduler: {policy: fcfs}
              limits: {operations_per_instant: 10000000}
              processes:
                - {name: A, program: [{repeat: %d, do: [{%s}]}]}
                - {name: B, program: [{repeat: %d, do: [{%s}]}]}
              """
                  .formatted(
                      costs,
                      (pipe ? "pipes: {c: {capacity: %d}}" : "queues: {c: {capacity: %d}}")
                          .formatted(pipe ? BYTES * size.room : size.room),
                      messages,
                      pipe ? "write: {pipe: c, bytes: 64}" : "send: {queue: c, bytes: 64}",
                      messages,
                      pipe ? "read: {pipe: c, bytes: 64}" : "receive: {queue: c}"));
    }
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public Outcome messages(Run run) throws InvalidScenarioException {
    return Scenarios.run(run.scenario);
  }

  /** The floor: a ring of as many places, filled and emptied in turn, with latency and level. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long floor(Size size) {
    return Floors.handOver(size.room, MESSAGES, BYTES);
  }
}
