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
 * Messages a second from one simulated process to another, metrics on, no chart. Each is two system
 * calls. With room for one message in the channel each also is a switch between the processes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class MessageBenchmark {
  private static final int MESSAGES = 1_000_000;

  @Param({"pipe", "queue"})
  public String mechanism;

  /** How many messages fit. */
  @Param({"1", "1000"})
  public int room;

  @Param({"textbook", "linux-x86_64"})
  public String costs;

  private Scenario scenario;

  @Setup
  public void read() throws InvalidScenarioException {
    boolean pipe = mechanism.equals("pipe");
    String text =
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
                    .formatted(pipe ? 64 * room : room),
                MESSAGES,
                pipe ? "write: {pipe: c, bytes: 64}" : "send: {queue: c, bytes: 64}",
                MESSAGES,
                pipe ? "read: {pipe: c, bytes: 64}" : "receive: {queue: c}");
    scenario = ScenarioReader.read(text, "bench.yaml", Overrides.NONE);
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public Outcome messages() throws InvalidScenarioException {
    return Simulation.run(scenario, new RunMetrics(1, 1000));
  }
}
