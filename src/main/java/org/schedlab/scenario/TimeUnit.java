package org.schedlab.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A unit of time as scenario files write it. */
public enum TimeUnit {
  NS(1),
  US(1_000),
  MS(1_000_000),
  S(1_000_000_000);

  private final long nanos;
  private final String symbol;

  TimeUnit(long nanos) {
    this.nanos = nanos;
    this.symbol = name().toLowerCase(Locale.ROOT);
  }

  /** Returns how many nanoseconds one unit has. */
  public long nanos() {
    return nanos;
  }

  /** Returns {@code ns}, {@code us}, {@code ms} or {@code s}. */
  public String symbol() {
    return symbol;
  }

  /**
   * Returns a time in this unit as an exact decimal: {@code 1.25} for 1,250,000 ns in {@link #MS}.
   * No exponent, no zeros at the end.
   */
  public String format(long time) {
    long whole = time / nanos;
    long rest = Math.abs(time % nanos);
    if (rest == 0) {
      return Long.toString(whole);
    }
    // Adding one unit writes the zeros after the point; the 1 before them is cut off again.
    String digits = Long.toString(nanos + rest).substring(1);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    String sign = time < 0 && whole == 0 ? "-" : "";
    return sign + whole + "." + digits.substring(0, end);
  }

  /** Returns the unit of that symbol, if there is one. */
  public static Optional<TimeUnit> of(String symbol) {
    return Arrays.stream(values()).filter(u -> u.symbol().equals(symbol)).findFirst();
  }
}
