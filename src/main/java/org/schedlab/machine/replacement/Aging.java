package org.schedlab.machine.replacement;

import java.util.Arrays;

/**
 * Aging: at every tick each page's counter is shifted right by one bit, and the bit that says
 * whether the page was used since the tick before comes in from the left. The page with the
 * smallest counter leaves (Tanenbaum and Bos, "Modern Operating Systems", simulating LRU in
 * software). A loaded page has a counter of 0 and its use bit set; of pages with the same counter
 * one that was not used since the last tick leaves first, then the one loaded first.
 */
public final class Aging implements PageReplacement {
  private final int counterBits;
  private final int interval;
  private final FrameList byLoad = new FrameList();
  private long[] counters = new long[16];
  private boolean[] useBits = new boolean[16];
  private int references;

  /**
   * Makes the rule.
   *
   * @param counterBits the length of a counter, 1 to 32; Tanenbaum's has 8
   * @param interval how many references pass from tick to tick; 0 to tick only when {@link #tick}
   *     is called
   */
  public Aging(int counterBits, int interval) {
    if (counterBits < 1 || counterBits > 32) {
      throw new IllegalArgumentException("a counter has 1 to 32 bits, not " + counterBits);
    }
    if (interval < 0) {
      throw new IllegalArgumentException("the references between ticks cannot be " + interval);
    }
    this.counterBits = counterBits;
    this.interval = interval;
  }

  @Override
  public void loaded(int frame, long page) {
    if (frame >= counters.length) {
      int length = Math.max(frame + 1, 2 * counters.length);
      counters = Arrays.copyOf(counters, length);
      useBits = Arrays.copyOf(useBits, length);
    }
    byLoad.addLast(frame);
    counters[frame] = 0;
    used(frame);
  }

  @Override
  public void used(int frame) {
    useBits[frame] = true;
    if (interval > 0 && ++references == interval) {
      references = 0;
      tick();
    }
  }

  @Override
  public void removed(int frame) {
    byLoad.remove(frame);
  }

  @Override
  public int victim() {
    int chosen = byLoad.first();
    for (int frame = chosen; frame != NONE; frame = byLoad.after(frame)) {
      if (rank(frame) < rank(chosen)) {
        chosen = frame;
      }
    }
    return chosen;
  }

  @Override
  public void tick() {
    if (byLoad.isEmpty()) {
      return;
    }
    for (int frame = byLoad.first(); frame != NONE; frame = byLoad.after(frame)) {
      counters[frame] = counters[frame] >> 1 | (useBits[frame] ? 1L << counterBits - 1 : 0);
      useBits[frame] = false;
    }
  }

  /** Returns the counter of a frame. */
  public long counter(int frame) {
    return counters[frame];
  }

  private long rank(int frame) {
    return counters[frame] << 1 | (useBits[frame] ? 1 : 0);
  }
}
