package org.schedlab.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import org.schedlab.metrics.GroupTimes;
import org.schedlab.metrics.JobStatistic;
import org.schedlab.scenario.TimeUnit;

/** The results of a group of jobs, by the keys that result.json and {@code expect} give them. */
final class GroupField {
  /** A number of each job: its key, and where its statistic is found. */
  enum Statistic {
    TURNAROUND("turnaround", GroupTimes::turnaround),
    RESPONSE("response", GroupTimes::response),
    WAITING("waiting", GroupTimes::waiting),
    /** Turnaround over running; the others are times. */
    SLOWDOWN("slowdown", GroupTimes::slowdown);

    private final String key;
    private final Function<GroupTimes, JobStatistic> of;

    Statistic(String key, Function<GroupTimes, JobStatistic> of) {
      this.key = key;
      this.of = of;
    }

    String key() {
      return key;
    }

    JobStatistic of(GroupTimes group) {
      return of.apply(group);
    }

    /** Returns how much of what it is counted in makes one of what is shown. */
    private long scale(TimeUnit unit) {
      return this == SLOWDOWN ? GroupTimes.SLOWDOWN_SCALE : unit.nanos();
    }
  }

  /** What is said of each statistic. */
  static final List<String> PARTS = List.of("mean", "sd", "p50", "p95", "p99", "p99.9", "max");

  /** What is said of a group besides. */
  static final List<String> OTHERS = List.of("throughput", "fairness", "longest_wait");

  private final GroupTimes group;
  private final TimeUnit unit;
  private final int places;

  /**
   * @param places to which derived numbers are rounded, half-even
   */
  GroupField(GroupTimes group, TimeUnit unit, int places) {
    this.group = group;
    this.unit = unit;
    this.places = places;
  }

  /**
   * A result.
   *
   * @param value null where there is none, as for the mean of no jobs
   */
  record Value(String value) {}

  /** Returns a result by its key, such as {@code turnaround.p95}; null where there is no such. */
  Value of(String key) {
    for (Statistic statistic : Statistic.values()) {
      if (key.startsWith(statistic.key() + ".")) {
        return new Value(part(statistic, key.substring(statistic.key().length() + 1)));
      }
    }
    return switch (key) {
      case "count" -> new Value(Long.toString(group.count()));
      case "unfinished" -> new Value(Long.toString(group.unfinished()));
      default -> OTHERS.contains(key) ? new Value(other(key)) : null;
    };
  }

  /** Returns a part of a statistic, or null of no jobs. */
  String part(Statistic statistic, String part) {
    JobStatistic values = statistic.of(group);
    if (values.count() == 0) {
      return null;
    }
    long scale = statistic.scale(unit);
    return switch (part) {
      case "mean" -> new Averages.Mean(values.sum(), values.count()).in(scale, places);
      case "sd" -> rounded(BigDecimal.valueOf(values.deviation()), scale);
      case "p50" -> exact(values.quantile(500), scale);
      case "p95" -> exact(values.quantile(950), scale);
      case "p99" -> exact(values.quantile(990), scale);
      case "p99.9" -> exact(values.quantile(999), scale);
      case "max" -> exact(values.max(), scale);
      default -> throw new IllegalArgumentException(part);
    };
  }

  /** Returns one of {@link #OTHERS}: jobs a second, a share, or a time. */
  String other(String key) {
    return switch (key) {
      case "throughput" ->
          group.span() == 0
              ? null
              : Decimals.quotient(
                  BigInteger.valueOf(group.count()).multiply(BigInteger.valueOf(1_000_000_000L)),
                  group.span(),
                  places);
      case "fairness" ->
          group.count() == 0 ? null : rounded(BigDecimal.valueOf(group.fairness()), 1);
      case "longest_wait" -> exact(group.longestWait(), unit.nanos());
      default -> throw new IllegalArgumentException(key);
    };
  }

  private String rounded(BigDecimal value, long scale) {
    return Decimals.plain(value.divide(BigDecimal.valueOf(scale), places, RoundingMode.HALF_EVEN));
  }

  private static String exact(long value, long scale) {
    return value % scale == 0
        ? Long.toString(value / scale)
        : Decimals.plain(BigDecimal.valueOf(value).divide(BigDecimal.valueOf(scale)));
  }
}
