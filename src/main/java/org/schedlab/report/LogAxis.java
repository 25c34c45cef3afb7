package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis on which equal factors are equal lengths.
 *
 * @param base 10, or 2 for sizes in bytes
 * @param from the exponent where it begins
 * @param to the exponent where it ends, above that
 */
record LogAxis(int base, int from, int to) {
  /** More marks than that stand too near to each other. */
  private static final int MOST_MARKS = 8;

  /** Returns the axis that holds values above 0. */
  static LogAxis of(int base, double smallest, double largest) {
    int from = (int) Math.floor(exponent(base, smallest) + 1e-9);
    int to = (int) Math.ceil(exponent(base, largest) - 1e-9);
    return new LogAxis(base, from, Math.max(to, from + 1));
  }

  private static double exponent(int base, double value) {
    return StrictMath.log(value) / StrictMath.log(base);
  }

  /** Returns where a value stands, from 0 to 1; what is smaller than all stands at 0. */
  double place(double value) {
    return value <= 0 ? 0 : Math.max(0, (exponent(base, value) - from) / (to - from));
  }

  /** Returns the values at which marks stand. */
  List<Double> marks() {
    int step = 1;
    while ((to - from) / step >= MOST_MARKS) {
      step++;
    }
    List<Double> marks = new ArrayList<>();
    for (int exponent = from; exponent <= to; exponent++) {
      if (Math.floorMod(exponent, step) == 0) {
        marks.add(StrictMath.pow(base, exponent));
      }
    }
    return marks;
  }
}
