package org.schedlab.explore;

/**
 * What a step touches, as an array of words: twice the number of a thing, and one more where the
 * step modifies it. Steps of two threads are dependent if they touch a common thing and at least
 * one modifies it.
 */
final class Footprints {
  static final int[] NOTHING = {};

  private Footprints() {}

  static int reading(int thing) {
    return thing << 1;
  }

  static int modifying(int thing) {
    return thing << 1 | 1;
  }

  static boolean conflict(int[] one, int[] two) {
    for (int a : one) {
      for (int b : two) {
        if (a >> 1 == b >> 1 && ((a | b) & 1) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Says whether a step changes anything that others could notice. */
  static boolean modifies(int[] footprint) {
    for (int touched : footprint) {
      if ((touched & 1) != 0) {
        return true;
      }
    }
    return false;
  }
}
