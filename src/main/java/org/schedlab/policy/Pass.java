package org.schedlab.policy;

import java.math.BigInteger;

/**
 * A pass of stride scheduling: an exact rational number. Whole part and fraction are longs as long
 * as the denominator is small, and of any length beyond.
 */
final class Pass implements Comparable<Pass> {
  /** With denominators up to here products of two numerators and denominators fit in a long. */
  private static final long MOST = Integer.MAX_VALUE;

  static final Pass ZERO = new Pass(0, 0, 1, null, null);

  private final long whole;

  // The fraction, at least 0 and below 1, in lowest terms.
  private final long numerator;
  private final long denominator;

  /** The same where the denominator is large; else null. */
  private final BigInteger largeNumerator;

  private final BigInteger largeDenominator;

  private Pass(
      long whole, long numerator, long denominator, BigInteger large, BigInteger largeDenominator) {
    this.whole = whole;
    this.numerator = numerator;
    this.denominator = denominator;
    this.largeNumerator = large;
    this.largeDenominator = largeDenominator;
  }

  /** Returns this plus n / d, both above 0. */
  Pass plus(long n, long d) {
    if (largeNumerator == null && d <= MOST) {
      long rest = n % d;
      long divisor = gcd(denominator, d);
      long common = denominator / divisor * d;
      if (common <= MOST) {
        long sum = numerator * (common / denominator) + rest * (common / d);
        long carry = sum >= common ? 1 : 0;
        long left = sum - carry * common;
        long shared = gcd(common, left);
        return new Pass(whole + n / d + carry, left / shared, common / shared, null, null);
      }
    }
    return plus(BigInteger.valueOf(n), BigInteger.valueOf(d));
  }

  /** Returns this plus n / d, both above 0. */
  Pass plus(BigInteger n, BigInteger d) {
    BigInteger common = denominator().multiply(d);
    BigInteger sum = numerator().multiply(d).add(n.multiply(denominator()));
    BigInteger[] split = sum.divideAndRemainder(common);
    BigInteger shared = split[1].gcd(common);
    BigInteger fraction = split[1].divide(shared);
    BigInteger of = common.divide(shared);
    long newWhole = whole + split[0].longValueExact();
    return of.bitLength() < Integer.SIZE
        ? new Pass(newWhole, fraction.longValue(), of.longValue(), null, null)
        : new Pass(newWhole, 0, 1, fraction, of);
  }

  private BigInteger numerator() {
    return largeNumerator == null ? BigInteger.valueOf(numerator) : largeNumerator;
  }

  private BigInteger denominator() {
    return largeDenominator == null ? BigInteger.valueOf(denominator) : largeDenominator;
  }

  private static long gcd(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }

  @Override
  public int compareTo(Pass other) {
    if (whole != other.whole) {
      return Long.compare(whole, other.whole);
    }
    if (largeNumerator == null && other.largeNumerator == null) {
      return Long.compare(numerator * other.denominator, other.numerator * denominator);
    }
    return numerator()
        .multiply(other.denominator())
        .compareTo(other.numerator().multiply(denominator()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pass pass && compareTo(pass) == 0;
  }

  @Override
  public int hashCode() {
    // In lowest terms equal numbers have equal parts.
    return 31 * Long.hashCode(whole) + numerator().hashCode() + denominator().hashCode();
  }

  /** Returns the number as a mixed fraction, such as {@code 349525 1/3}. */
  @Override
  public String toString() {
    return numerator().signum() == 0
        ? Long.toString(whole)
        : whole + " " + numerator() + "/" + denominator();
  }
}
