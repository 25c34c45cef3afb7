package org.schedlab.engine;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers whose whole state is one number, so that a look ahead is a copy.
 *
 * <p>SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
 * 2014): the numbers are those of {@link java.util.SplittableRandom} with the same seed, whatever
 * the JDK.
 */
public final class RandomStream implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  public RandomStream(long seed) {
    this.state = seed;
  }

  @Override
  public long nextLong() {
    return mix(state += GOLDEN_GAMMA);
  }

  /** Makes this stream that of another seed, from its beginning. */
  public void begin(long seed) {
    state = seed;
  }

  /** Makes this stream go on exactly as {@code other} would. */
  public void copyFrom(RandomStream other) {
    state = other.state;
  }

  /** Scatters the bits of a number (variant 13 of Stafford's mixers). */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
