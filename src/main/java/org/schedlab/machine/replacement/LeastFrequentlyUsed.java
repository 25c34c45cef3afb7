package org.schedlab.machine.replacement;

/**
 * LFU: the page with the fewest references since it was loaded leaves; of several the oldest, which
 * is the one loaded first (Silberschatz, Galvin and Gagne, "Operating System Concepts", counting-
 * based page replacement). A page that comes back counts from 1 again.
 */
public final class LeastFrequentlyUsed implements PageReplacement {
  private final FrameHeap byCount = new FrameHeap();

  @Override
  public void loaded(int frame, long page) {
    byCount.add(frame, 1);
  }

  @Override
  public void used(int frame) {
    byCount.change(frame, byCount.key(frame) + 1);
  }

  @Override
  public void removed(int frame) {
    byCount.remove(frame);
  }

  @Override
  public int victim() {
    return byCount.first();
  }
}
