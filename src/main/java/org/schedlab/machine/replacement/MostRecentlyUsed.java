package org.schedlab.machine.replacement;

/**
 * MRU: the page that was used last leaves. Bad for most programs, good for a loop over a little
 * more than fits (Chou and DeWitt, "An evaluation of buffer management strategies for relational
 * database systems", VLDB 1985).
 */
public final class MostRecentlyUsed implements PageReplacement {
  private final FrameList byUse = new FrameList();

  @Override
  public void loaded(int frame, long page) {
    byUse.addLast(frame);
  }

  @Override
  public void used(int frame) {
    byUse.moveToEnd(frame);
  }

  @Override
  public void removed(int frame) {
    byUse.remove(frame);
  }

  @Override
  public int victim() {
    return byUse.last();
  }
}
