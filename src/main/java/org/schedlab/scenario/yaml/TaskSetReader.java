package org.schedlab.scenario.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.schedlab.engine.RandomStreams;
import org.schedlab.program.Location;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.Scenario.Periodic;
import org.schedlab.scenario.yaml.DeclaredProcess.DeclaredThread;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;

/**
 * Reads {@code task_set:} and draws its periodic tasks. Their shares of a CPU add up to the
 * utilization that is asked for, and every such division is equally likely (UUniFast: Bini and
 * Buttazzo, "Measuring the performance of schedulability tests", Real-Time Systems 30, 2005).
 * Divisions in which a task would need more than one CPU are drawn again (Davis and Burns,
 * "Priority assignment for global fixed priority pre-emptive scheduling", RTSS 2009).
 */
final class TaskSetReader {
  private static final int MOST_TASKS = 100_000;

  /** After so many divisions with a task above 1 there is no hope for another. */
  private static final int MOST_TRIES = 10_000;

  private static final List<String> PERIODS =
      List.of("log_uniform", "uniform", "harmonic", "choice");

  private final ValueReader values;
  private final Problems problems;
  private final SharedObjects file;
  private final LongSupplier seed;

  /**
   * @param file what the file declares for all processes
   */
  TaskSetReader(ValueReader values, SharedObjects file, LongSupplier seed) {
    this.file = file;
    this.values = values;
    this.problems = values.problems();
    this.seed = seed;
  }

  /** How periods are drawn, in nanoseconds. */
  @FunctionalInterface
  private interface Periods {
    long draw(RandomGenerator random);
  }

  /** Returns the tasks {@code name[0]}, {@code name[1]}, … */
  List<DeclaredProcess> read(String name, Fields group, Attributes shared) {
    Value value = group.get("task_set");
    Fields fields = Fields.of(value, Shapes.TASK_SET, problems);
    int tasks = (int) values.integer(fields.require("tasks"), "`tasks`", 1, MOST_TASKS, 1);
    double utilization = values.positive(fields.require("utilization"), "`utilization`", 0.5);
    if (utilization > tasks) {
      problems.add(
          fields.markOf("utilization"),
          "`utilization` cannot be above the number of tasks: each needs one CPU at most");
      return List.of();
    }
    Periods periods = periods(fields.require("periods"));
    long step = values.duration(fields.get("step"), "`step`", 1, 1);
    long offset = values.duration(group.get("arrival"), "`arrival`", 0, 0);
    if (periods == null) {
      return List.of();
    }
    RandomStreams random = new RandomStreams(seed.getAsLong());
    double[] shares = shares(tasks, utilization, random.stream(name, "utilization"));
    if (shares == null) {
      problems.add(
          fields.markOf("utilization"),
          "no division of this `utilization` was found in which every task needs less than a CPU;"
              + " make it smaller, or `tasks` more");
      return List.of();
    }
    RandomGenerator drawn = random.stream(name, "periods");
    Location place = problems.remember(group.mark());
    List<DeclaredProcess> set = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      long period = Math.max(step, (periods.draw(drawn) + step / 2) / step * step);
      long wcet = Math.max(1, Math.round(shares[i] * period));
      set.add(task(name + "[" + i + "]", period, Math.min(wcet, period), offset, shared, place));
    }
    return set;
  }

  private DeclaredProcess task(
      String name, long period, long wcet, long offset, Attributes shared, Location place) {
    Attributes attributes = shared.withDeadline(period);
    List<Operation> work = List.of(new Operation.Compute(TimeSource.constant(wcet), place));
    DeclaredThread thread =
        new DeclaredThread("", 1, work, null, attributes, new Periodic(period, offset), place);
    return new DeclaredProcess(
        name,
        1,
        TimeSource.constant(offset),
        List.of(),
        List.of(thread),
        0,
        MemorySizes.DEFAULT,
        new SharedObjects(file),
        Map.of(),
        place);
  }

  /** Divides a sum among tasks, or returns null where a task would always get more than 1. */
  private static double[] shares(int tasks, double sum, RandomGenerator random) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      double[] shares = new double[tasks];
      double left = sum;
      boolean fits = true;
      for (int i = 0; i < tasks - 1; i++) {
        double rest = left * StrictMath.pow(uniform(random), 1.0 / (tasks - 1 - i));
        shares[i] = left - rest;
        left = rest;
        fits &= shares[i] <= 1;
      }
      shares[tasks - 1] = left;
      if (fits && left <= 1) {
        return shares;
      }
    }
    return null;
  }

  private static double uniform(RandomGenerator random) {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  private Periods periods(Value value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Entries map) || map.entries().size() != 1) {
      problems.add(value.mark(), "`periods` needs one of: " + Spelling.list(PERIODS));
      return null;
    }
    Entry entry = map.entries().get(0);
    String kind = entry.key().text();
    return switch (kind) {
      case "log_uniform", "uniform" -> between(kind, entry.value());
      case "harmonic" -> harmonic(entry.value());
      case "choice" -> choice(entry.value());
      default -> {
        problems.add(entry.key().mark(), Fields.refusal(kind, "`periods`", PERIODS, List.of()));
        yield null;
      }
    };
  }

  private Periods between(String kind, Value value) {
    Fields fields = Fields.of(value, Shapes.PERIOD_RANGE, problems);
    long min = values.duration(fields.require("min"), "`min`", 1, 1);
    long max = values.duration(fields.require("max"), "`max`", 1, Durations.MAX_NANOS);
    if (min > max) {
      problems.add(fields.markOf("max"), "`max` must not be below `min`");
      return null;
    }
    if (kind.equals("uniform")) {
      return generator -> min + (long) (uniform(generator) * (max - min));
    }
    double ratio = (double) max / min;
    return generator -> Math.round(min * StrictMath.pow(ratio, uniform(generator)));
  }

  /** Each period is the shortest one times a power of two: every one divides all longer ones. */
  private Periods harmonic(Value value) {
    Fields fields = Fields.of(value, Shapes.HARMONIC, problems);
    long min = values.duration(fields.require("min"), "`min`", 1, 1);
    int levels = (int) values.integer(fields.require("levels"), "`levels`", 1, 30, 1);
    BigDecimal longest = BigDecimal.valueOf(min).multiply(BigDecimal.valueOf(1L << (levels - 1)));
    if (longest.compareTo(BigDecimal.valueOf(Durations.MAX_NANOS)) > 0) {
      problems.add(fields.markOf("levels"), "the longest period would be too long");
      return null;
    }
    return generator -> min << (int) (uniform(generator) * levels);
  }

  private Periods choice(Value value) {
    List<Long> among = new ArrayList<>();
    for (Value item : values.list(value, "`choice`")) {
      among.add(values.duration(item, "a period in `choice`", 1, 1));
    }
    if (among.isEmpty()) {
      problems.add(value.mark(), "`choice` needs at least one period");
      return null;
    }
    return generator -> among.get((int) (uniform(generator) * among.size()));
  }
}
