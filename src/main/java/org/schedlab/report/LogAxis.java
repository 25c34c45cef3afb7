package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis on which equal factors are equal lengths.
 *
 * @param from the value where it begins
 * @param to the value where it ends, above that
 * @param marks the values at which marks stand, ascending
 */
record LogAxis(double from, double to, List<Double> marks) {
  /** More marks than that stand too near to each other. */
  private static final int MOST_MARKS = 8;

  /** What stands between a power of ten and the next, where there are few of them. */
  private static final double[] BETWEEN = {1, 2, 5};

  /** Returns the axis that holds values above 0. */
  static LogAxis decimal(double smallest, double largest) {
    List<Double> steps = new ArrayList<>();
    boolean few = largest / smallest < 100;
    int first = (int) Math.floor(StrictMath.log10(smallest)) - 1;
    int last = (int) Math.ceil(StrictMath.log10(largest)) + 1;
    for (int power = first; power <= last; power++) {
      for (double factor : few ? BETWEEN : new double[] {1}) {
        steps.add(factor * StrictMath.pow(10, power));
      }
    }
    return fitted(steps, smallest, largest);
  }

  /** Returns the axis that holds sizes above 0, with marks at powers of two. */
  static LogAxis binary(double smallest, double largest) {
    List<Double> steps = new ArrayList<>();
    for (int power = 0; power < Long.SIZE; power++) {
      steps.add(StrictMath.pow(2, power));
    }
    return fitted(steps, smallest, largest);
  }

  /** Returns the axis from the last step that is not above the values to the first not below. */
  private static LogAxis fitted(List<Double> steps, double smallest, double largest) {
    int first = 0;
    while (first + 1 < steps.size() && steps.get(first + 1) <= smallest) {
      first++;
    }
    int last = first + 1;
    while (last + 1 < steps.size() && steps.get(last) < largest) {
      last++;
    }
    int every = 1;
    while ((last - first) / every >= MOST_MARKS) {
      every++;
    }
    List<Double> marks = new ArrayList<>();
    for (int i = first; i <= last; i += every) {
      marks.add(steps.get(i));
    }
    return new LogAxis(steps.get(first), steps.get(last), List.copyOf(marks));
  }

  /** Returns where a value stands, from 0 to 1; what is smaller than all stands at 0. */
  double place(double value) {
    if (value <= from) {
      return 0;
    }
    return (StrictMath.log(value) - StrictMath.log(from))
        / (StrictMath.log(to) - StrictMath.log(from));
  }
}
