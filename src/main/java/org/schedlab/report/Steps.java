package org.schedlab.report;

/** Round steps for axes: 1, 2 and 5 times a power of ten nanoseconds. */
final class Steps {
  private Steps() {}

  /** Returns the smallest round step that is at least so long. */
  static long atLeast(long nanos) {
    long power = 1;
    while (true) {
      for (int factor : new int[] {1, 2, 5}) {
        if (power * factor >= nanos) {
          return power * factor;
        }
      }
      if (power > Long.MAX_VALUE / 50) {
        return nanos;
      }
      power *= 10;
    }
  }

  /** Returns the quotient, rounded up. */
  static long ceilDiv(long dividend, long divisor) {
    return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
  }
}
