package org.schedlab.scenario.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.schedlab.scenario.TimeUnit;

/**
 * Durations as scenarios write them: {@code 5} in the scenario's time unit, or {@code 1.5us} with a
 * unit of its own. Decimals are exact and rounded half up to the nanosecond.
 */
public final class Durations {
  /** The longest duration, about 146 years. */
  public static final long MAX_NANOS = 1L << 62;

  static final Pattern NUMBER = Pattern.compile("(-?)(\\d{1,40})(\\.\\d{1,40})?");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("(-?\\d+),(\\d+ ?[A-Za-zµ]*)");
  private static final Pattern DURATION = Pattern.compile("(-?\\d+(?:\\.\\d+)?) ?([A-Za-zµ]*)");

  private Durations() {}

  /**
   * Returns nanoseconds.
   *
   * @param unit what a number without a unit is counted in
   * @throws IllegalArgumentException if it is no duration, is negative or too long; the message
   *     says which, and what is allowed
   */
  public static long parse(String text, TimeUnit unit) {
    refuseDecimalComma(text);
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "`"
              + Sizes.cut(text)
              + "` is not a duration; write 5 (in "
              + unit.symbol()
              + ") or a number with a unit: 20ns, 1.5us, 20ms, 3s");
    }
    String suffix = matcher.group(2);
    if (!suffix.isEmpty() && TimeUnit.of(suffix).isEmpty()) {
      throw new IllegalArgumentException(
          "`" + suffix + "` is not a unit of time; the units are ns, us, ms and s");
    }
    BigDecimal number = number(matcher.group(1));
    if (number.signum() < 0) {
      throw new IllegalArgumentException("a duration cannot be negative: `" + text + "`");
    }
    TimeUnit counted = TimeUnit.of(suffix).orElse(unit);
    BigDecimal nanos =
        number.multiply(BigDecimal.valueOf(counted.nanos())).setScale(0, RoundingMode.HALF_UP);
    if (nanos.compareTo(BigDecimal.valueOf(MAX_NANOS)) > 0) {
      throw new IllegalArgumentException(
          "`"
              + Sizes.cut(text)
              + "` is too long; the longest duration is 2^62 ns, about 146 years");
    }
    return nanos.longValueExact();
  }

  /** Returns a decimal number; exponents, underscores and leading zeros are refused. */
  static BigDecimal number(String text) {
    refuseDecimalComma(text);
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "`" + Sizes.cut(text) + "` is not a number such as 5 or 1.5");
    }
    refuseOctal(matcher.group(2));
    return new BigDecimal(text);
  }

  private static void refuseDecimalComma(String text) {
    if (text.indexOf(',') < 0) {
      return;
    }
    Matcher comma = DECIMAL_COMMA.matcher(text);
    if (comma.matches()) {
      throw new IllegalArgumentException(
          "decimals have a point: write " + Sizes.cut(comma.replaceFirst("$1.$2")));
    }
  }

  /** YAML 1.1 reads 010 as 8, YAML 1.2 as 10: whoever writes it may mean either. */
  static void refuseOctal(String digits) {
    if (digits.length() > 1 && digits.startsWith("0")) {
      throw new IllegalArgumentException(
          "`"
              + Sizes.cut(digits)
              + "` begins with 0, which YAML may read as octal; leave the zeros out");
    }
  }
}
