package org.schedlab.report;

import java.util.Arrays;

/**
 * Cuts the coordinates of an SVG file to hundredths of a pixel: the sixteen digits that Java prints
 * are two thirds of the file. Text between tags stays as it is.
 */
final class ShortNumbers {
  private static final int PLACES = 2;

  private ShortNumbers() {}

  static byte[] of(byte[] svg) {
    byte[] out = new byte[svg.length];
    int length = 0;
    boolean tag = false;
    boolean digit = false;
    int places = -1; // Digits since the point; -1 before one.
    for (byte c : svg) {
      tag = c == '<' || tag && c != '>';
      boolean isDigit = c >= '0' && c <= '9';
      if (places >= 0 && isDigit) {
        places++;
      } else {
        places = c == '.' && digit ? 0 : -1;
      }
      digit = isDigit;
      if (!tag || places <= PLACES) {
        out[length++] = c;
      }
    }
    return Arrays.copyOf(out, length);
  }
}
