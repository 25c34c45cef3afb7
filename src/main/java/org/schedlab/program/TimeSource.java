package org.schedlab.program;

import java.util.random.RandomGenerator;

/** A duration, or a distribution of durations. Drawn once per use. */
public interface TimeSource {
  /** Returns a duration in nanoseconds, at least 0, from the given stream of random numbers. */
  long draw(RandomGenerator random);

  /** Says whether every draw gives the same value and uses no random number. */
  default boolean isConstant() {
    return false;
  }

  /** Returns the source that always gives {@code nanos}. */
  static TimeSource constant(long nanos) {
    return new Constant(nanos);
  }

  /**
   * A duration without chance.
   *
   * @param nanos the duration in nanoseconds, at least 0
   */
  record Constant(long nanos) implements TimeSource {
    public Constant {
      if (nanos < 0) {
        throw new IllegalArgumentException("a duration cannot be negative: " + nanos);
      }
    }

    @Override
    public long draw(RandomGenerator random) {
      return nanos;
    }

    @Override
    public boolean isConstant() {
      return true;
    }
  }
}
