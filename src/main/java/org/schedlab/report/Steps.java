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

  /**
   * Returns the smallest step of two digits that is at least so long and divides the unit or is a
   * multiple of it: whole units then begin where a step begins, wherever steps are short enough.
   */
  static long alignedAtLeast(long nanos, long unitNanos) {
    for (long power = 1; power <= Long.MAX_VALUE / 1_000; power *= 10) {
      for (int tenths : new int[] {10, 12, 15, 20, 25, 30, 40, 50, 60, 80}) {
        long step = power * tenths / 10;
        boolean whole = power * tenths % 10 == 0;
        boolean aligned = step % unitNanos == 0 || unitNanos % step == 0;
        if (whole && step >= nanos && aligned) {
          return step;
        }
      }
    }
    return nanos;
  }

  /** Returns the quotient, rounded up. */
  static long ceilDiv(long dividend, long divisor) {
    return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
  }
}
