package org.schedlab.explore;

import java.util.Arrays;

/**
 * What a step touches, as an array of words: twice the number of a thing, and one more where the
 * step modifies it. Steps of two threads are dependent if they touch a common thing and at least
 * one modifies it.
 */
final class Footprints {
  static final int[] NOTHING = {};

  // Things are numbered so that a machine can come to know more of each kind.
  private static final int OBJECTS = 1 << 22;
  private static final int WAKES = 1 << 25;
  private static final int ENDS = 1 << 26;
  private static final int FAMILIES = 1 << 28;
  private static final int KINDS = 4;

  private Footprints() {}

  /** Returns the thing that an object is; the next number is its too. */
  static int object(int number) {
    return OBJECTS + 2 * number;
  }

  /** Returns the thing that the waking of a thread is. */
  static int wake(int slot) {
    return WAKES + slot;
  }

  /** Returns the thing that an end of a pipe is to who asks whether it is closed. */
  static int end(int end) {
    return ENDS + end;
  }

  /** Returns the thing that a process's children are to its threads. */
  static int children(int process) {
    return FAMILIES + KINDS * process;
  }

  /** Returns the thing that the order is in which a process's children end. */
  static int orderOfEnds(int process) {
    return FAMILIES + KINDS * process + 1;
  }

  /** Returns the thing that the ends of a process's threads are to each other. */
  static int life(int process) {
    return FAMILIES + KINDS * process + 2;
  }

  /** Returns the thing that the numbering of processes is. */
  static int numbering() {
    return FAMILIES - 1;
  }

  static int[] plus(int[] one, int[] more) {
    if (more.length == 0) {
      return one;
    }
    int[] all = Arrays.copyOf(one, one.length + more.length);
    System.arraycopy(more, 0, all, one.length, more.length);
    return all;
  }

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
