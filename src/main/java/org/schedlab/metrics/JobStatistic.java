package org.schedlab.metrics;

import java.math.BigInteger;

/**
 * What is known of one number of many jobs. Count, sum and maximum are exact; quantiles are as
 * {@link Latencies} has them. The deviation is worked out as numbers come (Welford, "Note on a
 * method for calculating corrected sums of squares and products", Technometrics 4(3), 1962), in
 * IEEE 754 doubles and so alike on every machine.
 */
public final class JobStatistic {
  private final Latencies values = new Latencies();
  private double mean;
  private double squares;

  /** Adds the number of one more job. */
  public void add(long value) {
    values.add(value);
    double off = value - mean;
    mean += off / values.count();
    squares += off * (value - mean);
  }

  public long count() {
    return values.count();
  }

  public BigInteger sum() {
    return values.sum();
  }

  /** Returns the largest; 0 of none. */
  public long max() {
    return values.max();
  }

  /** Returns the standard deviation of the sample, with n − 1 below; 0 of fewer than two. */
  public double deviation() {
    return values.count() < 2 ? 0 : StrictMath.sqrt(squares / (values.count() - 1));
  }

  /** Returns the smallest that at least so many of each thousand are not above. */
  public long quantile(int thousandths) {
    return values.quantileOfThousand(thousandths);
  }

  /** Says whether quantiles are exact. */
  public boolean isExact() {
    return values.isExact();
  }
}
