package org.schedlab;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** An exact fraction in lowest terms, the denominator above 0. */
record Ratio(BigInteger numerator, BigInteger denominator) implements Comparable<Ratio> {
  static final Ratio ZERO = of(0);

  static Ratio of(long whole) {
    return new Ratio(BigInteger.valueOf(whole), BigInteger.ONE);
  }

  private static Ratio reduced(BigInteger numerator, BigInteger denominator) {
    BigInteger shared = numerator.gcd(denominator);
    return shared.equals(BigInteger.ONE)
        ? new Ratio(numerator, denominator)
        : new Ratio(numerator.divide(shared), denominator.divide(shared));
  }

  Ratio plus(Ratio other) {
    return reduced(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  Ratio minus(Ratio other) {
    return plus(new Ratio(other.numerator.negate(), other.denominator));
  }

  /** Returns this times n / d, both above 0. */
  Ratio times(long n, long d) {
    return reduced(
        numerator.multiply(BigInteger.valueOf(n)), denominator.multiply(BigInteger.valueOf(d)));
  }

  /** Returns the nearest whole number, of two the even one. */
  long rounded() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  @Override
  public int compareTo(Ratio other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }
}
