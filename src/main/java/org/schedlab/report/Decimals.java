package org.schedlab.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.schedlab.scenario.TimeUnit;

/** Numbers as text: exact, or rounded half-even; never in floating point. */
final class Decimals {
  /** The places that derived statistics are rounded to. */
  static final int STATISTIC_PLACES = 9;

  private static final long LONG_NUMBER = 10_000;

  private static final String[] UNITS = {"ns", "µs", "ms", "s"};
  private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Decimals() {}

  /** Returns a unit as people write it: {@code µs} where scenario files say {@code us}. */
  static String symbol(TimeUnit unit) {
    return UNITS[unit.ordinal()];
  }

  /** Returns a quotient rounded half-even, without zeros at the end. */
  static String quotient(BigInteger dividend, long divisor, int places) {
    BigDecimal value =
        new BigDecimal(dividend)
            .divide(BigDecimal.valueOf(divisor), places, RoundingMode.HALF_EVEN)
            .stripTrailingZeros();
    return value.signum() == 0 ? "0" : value.toPlainString();
  }

  /** Returns a number without zeros at the end and without an exponent. */
  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  static String quotient(long dividend, long divisor, int places) {
    // Most times are whole numbers of their unit.
    return dividend % divisor == 0
        ? Long.toString(dividend / divisor)
        : quotient(BigInteger.valueOf(dividend), divisor, places);
  }

  /** Returns a share as {@code 12.5 %}; {@code –} of nothing. */
  static String percent(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    String value = quotient(BigInteger.valueOf(part).multiply(BigInteger.valueOf(100)), whole, 1);
    return (part > 0 && value.equals("0") ? "< 0.1" : value) + " %";
  }

  /**
   * Returns an exact time for people: in the unit that they wrote it in, or in a larger one where
   * the number is long, such as {@code 10 ms} for ten million nanoseconds.
   */
  static String duration(long time, TimeUnit unit) {
    TimeUnit shown = unit;
    while (shown != TimeUnit.S && time / shown.nanos() >= LONG_NUMBER) {
      shown = TimeUnit.values()[shown.ordinal() + 1];
    }
    return shown.format(time) + " " + symbol(shown);
  }

  /**
   * Returns a time for people, in the largest unit that leaves a whole number before the point,
   * rounded half-even to three places: {@code 1.25 ms}, {@code 800 ns}, {@code 3 s}.
   */
  static String readable(long time) {
    long nanos = 1;
    int unit = 0;
    while (unit < UNITS.length - 1 && Math.abs(time) >= nanos * 1_000) {
      nanos *= 1_000;
      unit++;
    }
    return quotient(time, nanos, 3) + " " + UNITS[unit];
  }

  /**
   * Returns a size for people, in the largest unit that leaves a whole number before the point,
   * rounded half-even to one place: {@code 35.5 KiB}, {@code 8 MiB}, {@code 100 B}.
   */
  static String bytes(long size) {
    long bytes = 1;
    int unit = 0;
    while (unit < SIZES.length - 1 && size / 1_024 >= bytes) {
      bytes *= 1_024;
      unit++;
    }
    return quotient(size, bytes, 1) + " " + SIZES[unit];
  }
}
