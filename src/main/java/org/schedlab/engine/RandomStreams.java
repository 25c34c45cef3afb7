package org.schedlab.engine;

/**
 * The streams of random numbers of a run: one for each user and purpose, all derived from the seed.
 * What one thread draws never changes what another draws.
 */
public final class RandomStreams {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long seed;

  public RandomStreams(long seed) {
    this.seed = seed;
  }

  /**
   * Returns the stream of one user and purpose.
   *
   * @param user who draws, such as a thread's full name
   * @param purpose what for, such as {@code program}
   */
  public RandomStream stream(String user, String purpose) {
    long hash = fnv1a(fnv1a(FNV_OFFSET, user) * FNV_PRIME, purpose);
    return new RandomStream(RandomStream.mix(RandomStream.mix(seed) ^ hash));
  }

  /** FNV-1a over the UTF-16 units: a stable hash, unlike what hash tables use. */
  private static long fnv1a(long hash, String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
