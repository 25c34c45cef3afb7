package org.schedlab.machine.replacement;

import java.util.BitSet;

/**
 * Clock: the pages stand in a circle, each with a use bit that loading it and every hit set. The
 * hand passes pages whose bit is set, clearing it, and stops at the first one whose bit is clear:
 * that page leaves. The hand moves past the frame it fills (Corbató, "A paging experiment with the
 * Multics system", 1968).
 *
 * <p>A page that takes the frame of one that left otherwise stands where the hand comes last.
 */
public final class Clock implements PageReplacement {
  /** The circle, from the page under the hand on; the page just passed is the last one. */
  private final FrameList circle = new FrameList();

  private final BitSet useBits = new BitSet();

  @Override
  public void loaded(int frame, long page) {
    circle.addLast(frame);
    useBits.set(frame);
  }

  @Override
  public void used(int frame) {
    useBits.set(frame);
  }

  @Override
  public void removed(int frame) {
    circle.remove(frame);
  }

  @Override
  public int victim() {
    int underHand = circle.first();
    while (useBits.get(underHand)) {
      useBits.clear(underHand);
      circle.moveToEnd(underHand);
      underHand = circle.first();
    }
    return underHand;
  }
}
