package org.schedlab.scenario.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as scenarios write them: {@code 4096} bytes, {@code 4KiB}, {@code 1MiB}, {@code 1.5GiB}.
 */
public final class Sizes {
  /** The largest size: the span of 47-bit user addresses. */
  public static final long MAX_BYTES = 1L << 47;

  private static final int LONGEST_SHOWN = 60;
  private static final Pattern SIZE = Pattern.compile("(-?\\d+(?:\\.\\d+)?) ?([A-Za-z]*)");
  private static final Map<String, Integer> SHIFTS =
      Map.of("", 0, "B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

  private Sizes() {}

  /**
   * Returns bytes.
   *
   * @throws IllegalArgumentException if it is no size, is negative or too large; the message says
   *     which, and what is allowed
   */
  public static long parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "`"
              + cut(text)
              + "` is not a size; write bytes, or a number with a unit: 4096, 4KiB, 1MiB");
    }
    Integer shift = SHIFTS.get(matcher.group(2));
    if (shift == null) {
      throw new IllegalArgumentException(
          "`" + matcher.group(2) + "` is not a unit of size; the units are B, KiB, MiB and GiB");
    }
    BigDecimal number = Durations.number(matcher.group(1));
    if (number.signum() < 0) {
      throw new IllegalArgumentException("a size cannot be negative: `" + text + "`");
    }
    BigDecimal bytes = number.multiply(BigDecimal.valueOf(1L << shift));
    if (bytes.compareTo(BigDecimal.valueOf(MAX_BYTES)) > 0) {
      throw new IllegalArgumentException(
          "`" + cut(text) + "` is too large; the limit is 2^47 bytes");
    }
    if (bytes.setScale(0, RoundingMode.FLOOR).compareTo(bytes) != 0) {
      throw new IllegalArgumentException("`" + text + "` is not a whole number of bytes");
    }
    return bytes.longValueExact();
  }

  /** Returns a text that is short enough for a message. */
  static String cut(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
