package org.schedlab.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.scenario.InvalidScenarioException;

/**
 * Holds what the benchmarks measure against their floors, in a minute and on whatever machine: what
 * is compared are ratios of times of one process, which say how much dearer the simulator is than a
 * loop over numbers. Simulator and floor take turns, and of each the fastest turn counts, in time
 * that the thread had the processor, so that what else the machine does matters little.
 *
 * <p>Usage: RatioCheck TABLE [--write]. The table has a line for each ratio: what was measured once
 * and the limit above which the check fails. With {@code --write} it is made anew.
 */
final class RatioCheck {
  /** How often simulator and floor take turns before and while it counts. */
  private static final int WARM_UP = 5;

  private static final int ROUNDS = 10;

  /** Once more as often where a limit is exceeded: a busy machine may have been the reason. */
  private static final int ATTEMPTS = 3;

  /** A limit is so many times what was measured. */
  private static final double MARGIN = 2.5;

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private final List<Case> cases = new ArrayList<>();

  /** Something that is run and timed. */
  @FunctionalInterface
  private interface Body {
    Object run() throws InvalidScenarioException;
  }

  /** A workload and its floor, with how much of it each turn does. */
  private static final class Case {
    private final String name;
    private final Side simulator;
    private final Side floor;

    Case(String name, Side simulator, Side floor) {
      this.name = name;
      this.simulator = simulator;
      this.floor = floor;
    }

    double ratio() {
      return simulator.best / floor.best;
    }
  }

  /** One of the two sides of a ratio. */
  private static final class Side {
    private final long operations;
    private final Body body;

    /** Nanoseconds for an operation in the fastest turn. */
    private double best = Double.MAX_VALUE;

    Side(long operations, Body body) {
      this.operations = operations;
      this.body = body;
    }

    void turn(boolean counts) throws InvalidScenarioException {
      long start = CLOCK.getCurrentThreadCpuTime();
      Object result = body.run();
      long time = CLOCK.getCurrentThreadCpuTime() - start;
      if (result == null) {
        throw new IllegalStateException("nothing came of it");
      }
      if (counts) {
        best = Math.min(best, (double) time / operations);
      }
    }
  }

  private RatioCheck() throws InvalidScenarioException {
    dispatches("textbook", 1_000_000);
    dispatches("linux-x86_64", 500_000);
    deadlines();
    jobs(200_000);
    references("touch", 2_000_000);
    references("load", 2_000_000);
    coroutines(1_000_000);
    messages(100_000);
    schedules(40_000);
  }

  private void add(String name, Side simulator, Side floor) {
    cases.add(new Case(name, simulator, floor));
  }

  private void dispatches(String costs, int dispatches) throws InvalidScenarioException {
    DispatchBenchmark bench = new DispatchBenchmark();
    DispatchBenchmark.Size size = new DispatchBenchmark.Size();
    size.threads = 100;
    DispatchBenchmark.Run run = new DispatchBenchmark.Run();
    run.costs = costs;
    run.chart = "none";
    run.dispatches = dispatches;
    run.read(size);
    int turns = 10_000_000;
    add(
        "dispatch " + costs,
        new Side(dispatches, () -> bench.roundRobin(run)),
        new Side(turns, () -> Floors.rotateWithBooks(size.threads, turns)));
  }

  private void deadlines() throws InvalidScenarioException {
    DeadlineBenchmark bench = new DeadlineBenchmark();
    bench.read();
    // Both do the same: that they do was checked just now.
    add(
        "dispatch edf",
        new Side(DeadlineBenchmark.DISPATCHES, bench::earliestDeadlineFirst),
        new Side(DeadlineBenchmark.DISPATCHES, bench::floor));
  }

  private void jobs(int jobs) throws InvalidScenarioException {
    JobBenchmark bench = new JobBenchmark();
    JobBenchmark.Size size = new JobBenchmark.Size();
    size.servers = 1;
    JobBenchmark.Run run = new JobBenchmark.Run();
    run.jobs = jobs;
    run.read(size);
    int byHand = 500_000;
    add(
        "job m/m/1",
        new Side(jobs, () -> bench.queue(run)),
        new Side(byHand, () -> new JobQueue(size.servers).run(byHand)));
  }

  private void references(String operation, int references) throws InvalidScenarioException {
    MemoryBenchmark bench = new MemoryBenchmark();
    MemoryBenchmark.Run run = new MemoryBenchmark.Run();
    run.operation = operation;
    run.memory = "";
    run.references = references;
    run.read();
    int byHand = 10_000_000;
    add(
        "reference " + operation,
        new Side(references, () -> bench.references(run)),
        new Side(byHand, () -> Floors.translate(MemoryBenchmark.PAGES, byHand, false)));
  }

  private void coroutines(int switches) throws InvalidScenarioException {
    CoroutineBenchmark bench = new CoroutineBenchmark();
    CoroutineBenchmark.Run run = new CoroutineBenchmark.Run();
    run.reason = "yield";
    run.costs = "linux-x86_64";
    run.switches = switches;
    run.read();
    int byHand = 10_000_000;
    add(
        "coroutine switch",
        new Side(switches, () -> bench.switches(run)),
        new Side(byHand, () -> Floors.rotateWithBooks(CoroutineBenchmark.COROUTINES, byHand)));
  }

  private void messages(int messages) throws InvalidScenarioException {
    MessageBenchmark bench = new MessageBenchmark();
    MessageBenchmark.Size size = new MessageBenchmark.Size();
    size.room = 1;
    MessageBenchmark.Run run = new MessageBenchmark.Run();
    run.mechanism = "pipe";
    run.costs = "textbook";
    run.messages = messages;
    run.read(size);
    int byHand = 10_000_000;
    add(
        "message pipe",
        new Side(messages, () -> bench.messages(run)),
        new Side(byHand, () -> Floors.handOver(size.room, byHand, MessageBenchmark.BYTES)));
  }

  private void schedules(int schedules) throws InvalidScenarioException {
    ExploreBenchmark bench = new ExploreBenchmark();
    ExploreBenchmark.Run run = new ExploreBenchmark.Run();
    run.read();
    int byHand = 1_000_000;
    add(
        "execution explore",
        new Side(
            schedules,
            () -> {
              Object last = null;
              for (int i = 0; i < schedules / ExploreBenchmark.SCHEDULES; i++) {
                last = bench.explore(run);
              }
              return last;
            }),
        new Side(
            byHand,
            () -> {
              long sum = 0;
              for (int i = 0; i < byHand / ExploreBenchmark.SCHEDULES; i++) {
                sum += bench.floor();
              }
              return sum;
            }));
  }

  private void rounds(List<Case> some, int count, boolean counts) throws InvalidScenarioException {
    for (int round = 0; round < count; round++) {
      for (Case one : some) {
        one.simulator.turn(counts);
        one.floor.turn(counts);
      }
    }
  }

  /** Returns whether every ratio is within its limit. */
  private boolean holds(Map<String, Double> limits) throws InvalidScenarioException {
    rounds(cases, WARM_UP, false);
    rounds(cases, ROUNDS, true);
    List<Case> over = over(limits);
    for (int attempt = 1; attempt < ATTEMPTS && !over.isEmpty(); attempt++) {
      rounds(over, ROUNDS, true);
      over = over(limits);
    }
    for (Case one : cases) {
      double limit = limits.getOrDefault(one.name, Double.NaN);
      System.out.printf(
          "%-22s %8.1f ns, floor %6.2f ns, ratio %6.1f, limit %6.1f%s%n",
          one.name,
          one.simulator.best,
          one.floor.best,
          one.ratio(),
          limit,
          over.contains(one) ? "  TOO SLOW" : "");
    }
    return over.isEmpty();
  }

  /** What has no limit is over it, so that no line of the table can be lost. */
  private List<Case> over(Map<String, Double> limits) {
    return cases.stream()
        .filter(one -> !(one.ratio() <= limits.getOrDefault(one.name, Double.NaN)))
        .toList();
  }

  private static Map<String, Double> read(Path table) throws IOException {
    Map<String, Double> limits = new LinkedHashMap<>();
    for (String line : Files.readAllLines(table)) {
      if (!line.startsWith("#")) {
        String[] cells = line.split(" *\\| *");
        limits.put(cells[0], Double.parseDouble(cells[2]));
      }
    }
    return limits;
  }

  private void write(Path table) throws InvalidScenarioException, IOException {
    rounds(cases, WARM_UP, false);
    rounds(cases, ROUNDS, true);
    StringBuilder text = new StringBuilder();
    text.append("# How many times as long as its floor each takes: measured, and at most.\n");
    text.append("# Made by .ci/speed --write, in which a limit is 2.5 times what is measured.\n");
    for (Case one : cases) {
      text.append("%-21s | %6.1f | %6.1f%n".formatted(one.name, one.ratio(), MARGIN * one.ratio()));
    }
    Files.writeString(table, text);
    System.out.print(text);
  }

  public static void main(String[] args) throws InvalidScenarioException, IOException {
    RatioCheck check = new RatioCheck();
    Path table = Path.of(args[0]);
    if (args.length > 1) {
      check.write(table);
    } else if (!check.holds(read(table))) {
      System.exit(1);
    }
  }
}
