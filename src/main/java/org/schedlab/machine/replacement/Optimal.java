package org.schedlab.machine.replacement;

import java.util.HashMap;
import java.util.Map;

/**
 * OPT: the page whose next use is farthest away leaves; a page never used again goes first, of
 * several the one loaded first. No rule faults less often (Belady, "A study of replacement
 * algorithms for a virtual-storage computer", IBM Systems Journal 1966). It needs to know all
 * references in advance.
 */
public final class Optimal implements PageReplacement {
  private static final long NEVER = Integer.MAX_VALUE;

  private final long[] references;

  /** By reference: which one is the next to the same page. */
  private final int[] nextUses;

  private final FrameHeap byNextUse = new FrameHeap();
  private int passed;

  /**
   * Makes the rule for references known in advance.
   *
   * @param references the page of every reference, in their order
   */
  public Optimal(long[] references) {
    this.references = references.clone();
    this.nextUses = new int[references.length];
    Map<Long, Integer> later = new HashMap<>();
    for (int i = references.length - 1; i >= 0; i--) {
      Integer next = later.put(references[i], i);
      nextUses[i] = next == null ? (int) NEVER : next;
    }
  }

  @Override
  public void loaded(int frame, long page) {
    if (passed == references.length || references[passed] != page) {
      throw new IllegalStateException("reference " + passed + " is not foretold: page " + page);
    }
    byNextUse.add(frame, 0);
    passOn(frame);
  }

  @Override
  public void used(int frame) {
    if (-byNextUse.key(frame) != passed) {
      throw new IllegalStateException("reference " + passed + " is not foretold: frame " + frame);
    }
    passOn(frame);
  }

  private void passOn(int frame) {
    long next = nextUses[passed++];
    byNextUse.change(frame, next == NEVER ? -NEVER - byNextUse.added(frame) : -next);
  }

  @Override
  public void removed(int frame) {
    byNextUse.remove(frame);
  }

  @Override
  public int victim() {
    return byNextUse.first();
  }
}
