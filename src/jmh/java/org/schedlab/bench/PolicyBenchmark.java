package org.schedlab.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.schedlab.Outcome;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;

/**
 * What a decision of each policy takes, by how many threads are ready: all of them compute for a
 * millisecond and yield in turn, so that each millisecond one enters the queue and one is picked
 * and dispatched. Metrics on, no chart.
 *
 * <p>Making the threads would be most of what a run of a hundred thousand takes. So it is measured
 * apart, by a run that ends before the second decision, and {@link #main} takes it off: it prints
 * nanoseconds a decision, and how much dearer one is among the most threads than among a hundred.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-Xmn600m", "-XX:+UseSerialGC"})
public class PolicyBenchmark {
  /** What ratios are of. */
  private static final int FEW = 100;

  /**
   * Returns how many decisions a run has: many to each thread, so that what happens to each only
   * once does not count.
   */
  private static long decisions(int threads) {
    return Math.max(1_000_000, 30L * threads);
  }

  /** How many threads are ready. */
  @State(Scope.Benchmark)
  public static class Size {
    @Param({"100", "1000", "100000"})
    public int threads;
  }

  /** What is run. */
  @State(Scope.Benchmark)
  public static class Run {
    @Param({
      "round-robin",
      "priority",
      "mlfq",
      "feedback",
      "las",
      "unix",
      "random",
      "lottery",
      "stride",
      "cfs",
      "eevdf",
      "edf",
      "rate-monotonic",
      "llf",
      "cbs",
      "sjf",
      "srtf",
      "linux",
      "multilevel-queue",
    })
    public String policy;

    private Scenario making;
    private Scenario deciding;

    @Setup
    public void read(Size size) throws InvalidScenarioException {
      making = Scenarios.read(text(size.threads, 1));
      deciding = Scenarios.read(text(size.threads, decisions(size.threads)));
    }

    /**
     * Returns how a thread lets another come. Where the policy looks ahead at bursts, it sleeps for
     * a nanosecond: yielding does not end a burst, and the thread's would never end.
     */
    private String turn() {
      return switch (policy) {
        case "sjf", "srtf", "hrrn", "llf" -> "sleep: 1ns";
        default -> "yield";
      };
    }

    private String text(int threads, long until) {
      String of =
          policy.equals("multilevel-queue")
              ? ", classes: [{name: first, policy: round-robin}, {name: last, policy: fcfs}]"
              : "";
      StringBuilder text = new StringBuilder("until: ").append(until).append('\n');
      text.append("scheduler: {policy: ").append(policy).append(of).append("}\n");
      text.append("programs: {turns: [{repeat: 1000000000, do: [compute: 1, " + turn() + "]}]}\n");
      text.append("processes:\n");
      // Ten kinds of threads, so that neither weights nor deadlines are all the same.
      for (int kind = 0; kind < 10; kind++) {
        text.append(
            "  - {name: K%d, count: %d, program: turns, nice: %d, tickets: %d, deadline: %d%s}\n"
                .formatted(
                    kind,
                    threads / 10,
                    kind - 5,
                    10 + 7 * kind,
                    1_000_000_000L + kind,
                    of.isEmpty() ? "" : ", class: first"));
      }
      return text.toString();
    }
  }

  @Benchmark
  public Outcome decide(Run run) throws InvalidScenarioException {
    return Scenarios.run(run.deciding);
  }

  @Benchmark
  public Outcome make(Run run) throws InvalidScenarioException {
    return Scenarios.run(run.making);
  }

  /** The floor: a heap of as many numbers, of which the first is taken out and put back. */
  @Benchmark
  public long floor(Size size) {
    return Floors.queue(size.threads, decisions(size.threads));
  }

  /**
   * Runs everything and prints a table of nanoseconds a decision and of ratios.
   *
   * @param args as JMH takes them
   */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    OptionsBuilder options = new OptionsBuilder();
    options.parent(new CommandLineOptions(args));
    options.include(PolicyBenchmark.class.getName() + "\\.");
    Map<String, Map<Integer, Double>> rows = new TreeMap<>();
    for (RunResult result : new Runner(options.build()).run()) {
      String method = result.getPrimaryResult().getLabel();
      String policy = result.getParams().getParam("policy");
      int threads = Integer.parseInt(result.getParams().getParam("threads"));
      String row = policy == null ? "floor: a heap" : policy;
      double nanos = result.getPrimaryResult().getScore() * 1e6 / decisions(threads);
      rows.computeIfAbsent(row, name -> new TreeMap<>())
          .merge(threads, method.equals("make") ? -nanos : nanos, Double::sum);
    }
    rows.forEach(PolicyBenchmark::print);
  }

  private static void print(String name, Map<Integer, Double> nanos) {
    StringBuilder row = new StringBuilder("| ").append(name);
    nanos.forEach((threads, each) -> row.append(" | %,d: %.0f".formatted(threads, each)));
    double few = nanos.getOrDefault(FEW, Double.NaN);
    nanos.forEach(
        (threads, each) -> {
          if (threads > FEW) {
            row.append(" | %,d / %d: %.1f".formatted(threads, FEW, each / few));
          }
        });
    System.out.println(row.append(" |"));
  }
}
