package org.schedlab.program;

import java.util.random.RandomGenerator;

/** The one way in which random bits become numbers. */
final class Draws {
  private Draws() {}

  /** Returns a number drawn uniformly from [0, 1), with 53 random bits. */
  static double uniform(RandomGenerator random) {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  /**
   * Returns a whole number drawn uniformly from [0, bound): ⌊U · bound⌋.
   *
   * @param bound 1 to 2^31
   */
  static long below(long bound, RandomGenerator random) {
    return (long) (uniform(random) * bound);
  }
}
