package org.schedlab.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A number by which runs are compared. */
public enum RunMeasure {
  TURNAROUND("mean turnaround", Unit.TIME, Better.LOWER),
  TURNAROUND_P95("turnaround, 95 % below", Unit.TIME, Better.LOWER),
  TURNAROUND_P99("turnaround, 99 % below", Unit.TIME, Better.LOWER),
  RESPONSE("mean response", Unit.TIME, Better.LOWER),
  RESPONSE_P95("response, 95 % below", Unit.TIME, Better.LOWER),
  RESPONSE_P99("response, 99 % below", Unit.TIME, Better.LOWER),
  WAITING("mean waiting", Unit.TIME, Better.LOWER),
  LONGEST_WAIT("longest wait", Unit.TIME, Better.LOWER),
  SLOWDOWN("mean slowdown", Unit.RATIO, Better.LOWER),
  SLOWDOWN_P99("slowdown, 99 % below", Unit.RATIO, Better.LOWER),
  FAIRNESS("fairness (Jain)", Unit.RATIO, Better.HIGHER),
  THROUGHPUT("jobs a second", Unit.PER_SECOND, Better.HIGHER),
  MAKESPAN("makespan", Unit.TIME, Better.LOWER),
  EFFICIENCY("efficiency", Unit.RATIO, Better.HIGHER),
  UTILIZATION("utilization", Unit.RATIO, Better.NEITHER),
  SWITCHES("context switches", Unit.COUNT, Better.LOWER),
  MISSED("missed deadlines", Unit.COUNT, Better.LOWER);

  /** What a number counts. */
  public enum Unit {
    TIME,
    RATIO,
    PER_SECOND,
    COUNT
  }

  /** Which of two values is the better one. */
  public enum Better {
    LOWER,
    HIGHER,
    /** That depends on what is wanted. */
    NEITHER
  }

  private final String key;
  private final String label;
  private final Unit unit;
  private final Better better;

  RunMeasure(String label, Unit unit, Better better) {
    this.key = name().toLowerCase(Locale.ROOT);
    this.label = label;
    this.unit = unit;
    this.better = better;
  }

  /** Returns the key in files and on the command line, such as {@code turnaround_p95}. */
  public String key() {
    return key;
  }

  /** Returns what tables and charts call it. */
  public String label() {
    return label;
  }

  public Unit unit() {
    return unit;
  }

  public Better better() {
    return better;
  }

  /** Returns the measure of that key, if there is one. */
  public static Optional<RunMeasure> of(String key) {
    return Arrays.stream(values()).filter(measure -> measure.key().equals(key)).findFirst();
  }

  /** Returns all keys, in their order. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(RunMeasure::key).toList();
  }
}
