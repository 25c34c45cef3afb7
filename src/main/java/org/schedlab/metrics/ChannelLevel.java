package org.schedlab.metrics;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * How full a channel is over time: exactly its mean and most; for a chart, in bounded memory, the
 * most in each of {@value #BINS} equal bins. When a run outgrows its bins, two become one; a bin's
 * width is a power of two.
 */
public final class ChannelLevel {
  /** How many bins there are. */
  public static final int BINS = 1024;

  private final long madeAt;
  private final WideSum area = new WideSum();
  private long[] bins;
  private int filled;
  private int shift;
  private long level;
  private long max;
  private long since;

  ChannelLevel(long madeAt) {
    this.madeAt = madeAt;
    this.since = madeAt;
  }

  void change(long time, long by) {
    advance(time);
    int bin = fill(time);
    // Nothing that was lost can be received; but a sink does not judge what it is told.
    level = Math.max(0, level + by);
    max = Math.max(max, level);
    bins[bin] = Math.max(bins[bin], level);
  }

  void finish(long time) {
    advance(time);
    if (bins != null) {
      fill(Math.max(0, time - 1));
    }
  }

  private void advance(long time) {
    area.addProduct(level, time - since);
    since = time;
  }

  /** Fills the bins up to a time with the level that it had since; returns that time's bin. */
  private int fill(long time) {
    if (bins == null) {
      bins = new long[BINS];
    }
    while (time >> shift >= BINS) {
      fillTo(BINS - 1);
      halve();
    }
    int bin = (int) (time >> shift);
    fillTo(bin);
    return bin;
  }

  private void fillTo(int bin) {
    while (filled < bin) {
      filled++;
      bins[filled] = level;
    }
  }

  private void halve() {
    for (int bin = 0; bin < BINS / 2; bin++) {
      bins[bin] = Math.max(bins[2 * bin], bins[2 * bin + 1]);
    }
    Arrays.fill(bins, BINS / 2, BINS, 0);
    filled = BINS / 2 - 1;
    shift++;
  }

  /** Returns the most that was ever in it. */
  public long max() {
    return max;
  }

  /** Returns the sum of the levels, each times the nanoseconds that it lasted. */
  public BigInteger area() {
    return area.value();
  }

  /** Returns over how many nanoseconds that sum goes: since the channel was made. */
  public long nanos() {
    return since - madeAt;
  }

  /** Returns how many nanoseconds a bin is wide. */
  public long binWidth() {
    return 1L << shift;
  }

  /** Returns the most that was in it during a bin. */
  public long most(int bin) {
    return bins == null ? 0 : bins[bin];
  }
}
