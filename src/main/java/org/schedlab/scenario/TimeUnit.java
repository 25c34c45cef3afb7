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

  TimeUnit(long nanos) {
    this.nanos = nanos;
  }

  /** Returns how many nanoseconds one unit has. */
  public long nanos() {
    return nanos;
  }

  /** Returns {@code ns}, {@code us}, {@code ms} or {@code s}. */
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the unit of that symbol, if there is one. */
  public static Optional<TimeUnit> of(String symbol) {
    return Arrays.stream(values()).filter(u -> u.symbol().equals(symbol)).findFirst();
  }
}
