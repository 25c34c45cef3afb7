package org.schedlab.cost;

import java.math.BigDecimal;

/** What a parameter of the cost model is counted in. */
public enum Unit {
  NANOSECONDS("duration"),
  BYTES("size"),
  COUNT("number"),
  PER_SECOND("per second"),
  BYTES_PER_SECOND("bytes per second");

  private static final String[] TIMES = {"ns", "us", "ms", "s"};
  private static final String[] SIZES = {"B", "KiB", "MiB", "GiB"};
  private static final int MEGA = 6;

  private final String label;

  Unit(String label) {
    this.label = label;
  }

  /** Returns the word for what such a parameter is: {@code duration}. */
  public String label() {
    return label;
  }

  /**
   * Returns a value as people write it, exactly: {@code 14.5 us}, {@code 1 MiB}, {@code unlimited}.
   * Durations and sizes are such that a scenario may say the same.
   */
  public String format(long value) {
    if (value == Profile.UNLIMITED) {
      return "unlimited";
    }
    return switch (this) {
      case NANOSECONDS -> duration(value);
      case BYTES -> size(value);
      case COUNT -> Long.toString(value);
      case PER_SECOND -> value == 0 ? "0" : value + "/s";
      case BYTES_PER_SECOND -> decimal(value, MEGA) + " MB/s";
    };
  }

  private static String duration(long nanos) {
    int unit = 0;
    for (long rest = nanos; rest >= 1_000 && unit < TIMES.length - 1; rest /= 1_000) {
      unit++;
    }
    return nanos == 0 ? "0" : decimal(nanos, 3 * unit) + " " + TIMES[unit];
  }

  private static String size(long bytes) {
    int unit = 0;
    long rest = bytes;
    while (rest > 0 && rest % 1_024 == 0 && unit < SIZES.length - 1) {
      rest /= 1_024;
      unit++;
    }
    return bytes == 0 ? "0" : rest + " " + SIZES[unit];
  }

  private static String decimal(long value, int places) {
    return BigDecimal.valueOf(value, places).stripTrailingZeros().toPlainString();
  }
}
