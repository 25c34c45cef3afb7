package org.schedlab.cli;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Whole numbers of the command line: decimal, or hexadecimal behind {@code 0x}. */
final class Numbers {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,30}");
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,30}");

  private Numbers() {}

  /**
   * Returns a number of 64 bits, unsigned.
   *
   * @throws IllegalArgumentException if it is none; the message says how to write it
   */
  static long parse(String text) {
    BigInteger number;
    if (DECIMAL.matcher(text).matches()) {
      number = new BigInteger(text);
    } else if (HEXADECIMAL.matcher(text).matches()) {
      number = new BigInteger(text.substring(2), 16);
    } else {
      throw new IllegalArgumentException(
          "'" + cut(text) + "' is not a number; write it in decimal, or as 0x hexadecimal");
    }
    if (number.bitLength() > Long.SIZE) {
      throw new IllegalArgumentException("'" + text + "' has more than 64 bits");
    }
    return number.longValue();
  }

  private static String cut(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
