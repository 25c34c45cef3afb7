package org.schedlab.metrics;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * How long each of many things took, in nanoseconds. Count, sum and maximum are exact always;
 * quantiles are up to {@value #EXACT} of them. Above that they are counted in classes, each a
 * 1024th as wide as what it holds, or a nanosecond: a quantile is the middle of its class, and at
 * most 0.05 % off.
 */
public final class Latencies {
  /** Up to how many each is kept. */
  public static final int EXACT = 100_000;

  /** How many classes there are between a power of two and the next. */
  private static final int CLASSES = 1_024;

  private static final int CLASS_BITS = 10;

  private long count;
  private final WideSum sum = new WideSum();
  private long max;

  /** Each, up to the limit; null above it. */
  private long[] kept = new long[8];

  private boolean sorted = true;

  /** How many there are in each class; null up to the limit. */
  private long[] classes;

  /** Adds how long one of them took, in nanoseconds. */
  public void add(long nanos) {
    sum.add(nanos);
    max = Math.max(max, nanos);
    if (count == EXACT) {
      fold();
    }
    if (classes != null) {
      classes[classOf(nanos)]++;
    } else {
      if (count == kept.length) {
        kept = Arrays.copyOf(kept, Math.min(EXACT, kept.length * 2));
      }
      kept[(int) count] = nanos;
      sorted = false;
    }
    count++;
  }

  private void fold() {
    classes = new long[(Long.SIZE - CLASS_BITS) * CLASSES];
    for (long nanos : kept) {
      classes[classOf(nanos)]++;
    }
    kept = null;
  }

  /** Below the first power of two that has classes, each number is a class. */
  private static int classOf(long nanos) {
    int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos | 1) - CLASS_BITS);
    return shift * CLASSES + (int) (nanos >>> shift);
  }

  private static long middleOf(int index) {
    int shift = Math.max(0, index / CLASSES - 1);
    long first = (long) (index - shift * CLASSES) << shift;
    return first + ((1L << shift) - 1) / 2;
  }

  public long count() {
    return count;
  }

  public BigInteger sum() {
    return sum.value();
  }

  /** Returns the largest; 0 of none. */
  public long max() {
    return max;
  }

  /** Says whether quantiles are exact. */
  public boolean isExact() {
    return classes == null;
  }

  /**
   * Returns the smallest that at least so many per cent of all are not above; only where there are
   * any.
   */
  public long quantile(int percent) {
    return quantileOfThousand(10 * percent);
  }

  /**
   * Returns the smallest that at least so many of each thousand are not above; only where there are
   * any.
   */
  public long quantileOfThousand(int thousandths) {
    // Multiplied out it could be too large for a long.
    long rank = count / 1_000 * thousandths + (count % 1_000 * thousandths + 999) / 1_000;
    if (classes == null) {
      if (!sorted) {
        Arrays.sort(kept, 0, (int) count);
        sorted = true;
      }
      return kept[(int) rank - 1];
    }
    int index = 0;
    long below = classes[0];
    while (below < rank) {
      index++;
      below += classes[index];
    }
    return Math.min(max, middleOf(index));
  }
}
