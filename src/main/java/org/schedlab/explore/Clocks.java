package org.schedlab.explore;

import java.util.Arrays;

/** Vector clocks: by thread, how many of its steps are known; too short ones stand for zeros. */
final class Clocks {
  static final int[] NOTHING = {};

  private Clocks() {}

  /** Returns the larger entry of each; may return one of the two as it is. */
  static int[] join(int[] one, int[] two) {
    if (covers(one, two)) {
      return one;
    }
    if (covers(two, one)) {
      return two;
    }
    int[] joined = Arrays.copyOf(one, Math.max(one.length, two.length));
    for (int i = 0; i < two.length; i++) {
      joined[i] = Math.max(joined[i], two[i]);
    }
    return joined;
  }

  private static boolean covers(int[] one, int[] two) {
    for (int i = 0; i < two.length; i++) {
      if (two[i] > (i < one.length ? one[i] : 0)) {
        return false;
      }
    }
    return true;
  }

  /** Returns a clock with one entry set. */
  static int[] with(int[] clock, int slot, int value) {
    int[] result = Arrays.copyOf(clock, Math.max(clock.length, slot + 1));
    result[slot] = value;
    return result;
  }
}
