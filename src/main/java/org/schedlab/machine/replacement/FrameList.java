package org.schedlab.machine.replacement;

import java.util.Arrays;
import java.util.NoSuchElementException;

/** Frames in an order, each at most once; every operation takes constant time. */
final class FrameList {
  /**
   * Neighbours by place: frame f has place f + 1, place 0 is before the first and after the last.
   */
  private int[] nexts = new int[16];

  private int[] previous = new int[16];

  void addLast(int frame) {
    int place = frame + 1;
    if (place >= nexts.length) {
      int length = Math.max(place + 1, 2 * nexts.length);
      nexts = Arrays.copyOf(nexts, length);
      previous = Arrays.copyOf(previous, length);
    }
    int last = previous[0];
    nexts[last] = place;
    previous[place] = last;
    nexts[place] = 0;
    previous[0] = place;
  }

  void remove(int frame) {
    int place = frame + 1;
    nexts[previous[place]] = nexts[place];
    previous[nexts[place]] = previous[place];
  }

  void moveToEnd(int frame) {
    remove(frame);
    addLast(frame);
  }

  boolean isEmpty() {
    return nexts[0] == 0;
  }

  /** Returns the first frame. */
  int first() {
    return existing(nexts[0]);
  }

  /** Returns the last frame. */
  int last() {
    return existing(previous[0]);
  }

  /** Returns the frame after one of the list, or {@link PageReplacement#NONE}. */
  int after(int frame) {
    return nexts[frame + 1] - 1;
  }

  private static int existing(int place) {
    if (place == 0) {
      throw new NoSuchElementException("no page is in memory");
    }
    return place - 1;
  }
}
