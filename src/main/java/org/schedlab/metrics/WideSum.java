package org.schedlab.metrics;

import java.math.BigInteger;

/** A sum that may outgrow a long, as levels times nanoseconds do: of 128 bits. */
final class WideSum {
  private long high;
  private long low;

  void add(long value) {
    low += value;
    long carry = Long.compareUnsigned(low, value) < 0 ? 1 : 0;
    high += (value >> Long.SIZE - 1) + carry;
  }

  void addProduct(long a, long b) {
    long product = a * b;
    low += product;
    long carry = Long.compareUnsigned(low, product) < 0 ? 1 : 0;
    high += Math.multiplyHigh(a, b) + carry;
  }

  BigInteger value() {
    BigInteger lower = new BigInteger(Long.toUnsignedString(low));
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lower);
  }
}
