package org.schedlab.policy;

import java.math.BigInteger;

/** Arithmetic that neither rounds on the way nor overflows. */
final class Exact {
  private Exact() {}

  /** Returns a · b / c, rounded down; the result must fit. All are at least 0, c above. */
  static long productOver(long a, long b, long c) {
    if (Math.multiplyHigh(a, b) == 0 && a * b >= 0) {
      return a * b / c;
    }
    BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    BigInteger quotient = product.divide(BigInteger.valueOf(c));
    return quotient.bitLength() < Long.SIZE ? quotient.longValue() : Long.MAX_VALUE;
  }
}
