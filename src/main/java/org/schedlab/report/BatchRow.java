package org.schedlab.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A scenario's row in the summary of a batch. */
public final class BatchRow {
  /** What became of a scenario. */
  public enum Status {
    /** It ran, and all that it checks held. */
    OK,
    /** It ran, and something that it checks did not hold. */
    FAILED,
    /** It is no valid scenario, or its files could not be read or written. */
    INVALID,
    /** The simulator has a bug. */
    CRASHED;

    /** Returns the word in summaries. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status of that word. */
    public static Status of(String label) {
      return Arrays.stream(values())
          .filter(status -> status.label().equals(label))
          .findFirst()
          .orElse(CRASHED);
    }
  }

  /** The columns behind name, file and status. */
  static final List<String> COLUMNS =
      List.of(
          "policy",
          "seed",
          "time_unit",
          "exit",
          RunMeasure.MAKESPAN.key(),
          RunMeasure.TURNAROUND.key(),
          RunMeasure.RESPONSE.key(),
          RunMeasure.WAITING.key(),
          RunMeasure.TURNAROUND_P95.key(),
          RunMeasure.SLOWDOWN.key(),
          RunMeasure.THROUGHPUT.key(),
          RunMeasure.EFFICIENCY.key(),
          RunMeasure.UTILIZATION.key(),
          RunMeasure.SWITCHES.key(),
          RunMeasure.MISSED.key(),
          "problem");

  private final String name;
  private final String file;
  private final Status status;
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * @param values gives by a column's name what stands in it, or null
   */
  public BatchRow(String name, String file, Status status, UnaryOperator<String> values) {
    this.name = name;
    this.file = file;
    this.status = status;
    COLUMNS.forEach(column -> this.values.put(column, values.apply(column)));
  }

  public String name() {
    return name;
  }

  String file() {
    return file;
  }

  public Status status() {
    return status;
  }

  /** Returns what stands in a column, or null. */
  String value(String column) {
    return values.get(column);
  }
}
