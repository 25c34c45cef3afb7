package org.schedlab.machine.replacement;

import java.util.Arrays;

/**
 * Working set: a page that none of the last {@code window} references used leaves, even when nobody
 * needs its frame. When a frame is needed before that, the least recently used page leaves
 * (Denning, "The working set model for program behavior", CACM 1968). References are those told to
 * this object: with one for each process, time is the process's own.
 */
public final class WorkingSet implements PageReplacement {
  private final int window;
  private final FrameList byUse = new FrameList();
  private long[] lastUses = new long[16];
  private long references;

  /**
   * Makes the rule.
   *
   * @param window how many references back the working set reaches, at least 1
   */
  public WorkingSet(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("a window has at least 1 reference, not " + window);
    }
    this.window = window;
  }

  @Override
  public void loaded(int frame, long page) {
    if (frame >= lastUses.length) {
      lastUses = Arrays.copyOf(lastUses, Math.max(frame + 1, 2 * lastUses.length));
    }
    byUse.addLast(frame);
    lastUses[frame] = ++references;
  }

  @Override
  public void used(int frame) {
    byUse.moveToEnd(frame);
    lastUses[frame] = ++references;
  }

  @Override
  public void removed(int frame) {
    byUse.remove(frame);
  }

  @Override
  public int victim() {
    return byUse.first();
  }

  @Override
  public int surplus() {
    if (byUse.isEmpty()) {
      return NONE;
    }
    int oldest = byUse.first();
    return references - lastUses[oldest] >= window ? oldest : NONE;
  }
}
