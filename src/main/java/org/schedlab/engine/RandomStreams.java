package org.schedlab.engine;

/**
 * The streams of random numbers of a run: one for each user and purpose, all derived from the seed.
 * What one thread draws never changes what another draws.
 */
public final class RandomStreams {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long mixedSeed;

  public RandomStreams(long seed) {
    this.mixedSeed = RandomStream.mix(seed);
  }

  /**
   * Returns the stream of one user and purpose.
   *
   * @param user who draws, such as a thread's full name
   * @param purpose what for, such as {@code program}
   */
  public RandomStream stream(String user, String purpose) {
    return new RandomStream(seedOf(fnv1a(fnv1a(FNV_OFFSET, user) * FNV_PRIME, purpose)));
  }

  /**
   * Has a stream begin as that of one of many users who are told apart by a number: of the user
   * {@code name[number]}, without that name being put together.
   */
  public void begin(RandomStream stream, String name, long number, String purpose) {
    long hash = (fnv1a(FNV_OFFSET, name) ^ '[') * FNV_PRIME;
    hash = digits(hash, number);
    hash = (hash ^ ']') * FNV_PRIME;
    stream.begin(seedOf(fnv1a(hash * FNV_PRIME, purpose)));
  }

  private static long digits(long hash, long number) {
    long before = number < 10 ? hash : digits(hash, number / 10);
    return (before ^ ('0' + number % 10)) * FNV_PRIME;
  }

  private long seedOf(long hash) {
    return RandomStream.mix(mixedSeed ^ hash);
  }

  /** FNV-1a over the UTF-16 units: a stable hash, unlike what hash tables use. */
  private static long fnv1a(long hash, String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
