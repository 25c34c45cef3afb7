package org.schedlab.kernel.memory;

import java.util.Arrays;

/**
 * Swap space: slots of one page each. A slot is kept for every page table that notes it, and for
 * the frame that was read from it as long as both hold the same.
 */
final class SwapSpace {
  static final int NONE = -1;

  private final long limit;
  private int[] references = new int[8];
  private int[] freed = new int[8];
  private int freedCount;
  private int touched;
  private int taken;

  /**
   * Makes an empty swap space.
   *
   * @param limit how many slots there are
   */
  SwapSpace(long limit) {
    this.limit = limit;
  }

  boolean isFull() {
    return taken >= limit;
  }

  /** Takes a free slot, with one reference. */
  int allocate() {
    if (isFull()) {
      throw new IllegalStateException("no slot is free");
    }
    taken++;
    int slot = freedCount > 0 ? freed[--freedCount] : touched++;
    if (slot >= references.length) {
      references = Arrays.copyOf(references, 2 * references.length);
    }
    references[slot] = 1;
    return slot;
  }

  int references(int slot) {
    return references[slot];
  }

  void hold(int slot) {
    references[slot]++;
  }

  void release(int slot) {
    if (--references[slot] == 0) {
      taken--;
      if (freedCount == freed.length) {
        freed = Arrays.copyOf(freed, 2 * freedCount);
      }
      freed[freedCount++] = slot;
    }
  }
}
