package org.schedlab.machine.replacement;

/**
 * First in, first out: the page that was loaded longest ago leaves, used or not. With more frames
 * it can fault more often (Belady, Nelson and Shedler, "An anomaly in space-time characteristics of
 * certain programs running in a paging machine", CACM 1969).
 */
public final class Fifo implements PageReplacement {
  private final FrameList byLoad = new FrameList();

  @Override
  public void loaded(int frame, long page) {
    byLoad.addLast(frame);
  }

  @Override
  public void used(int frame) {
    // The order is that of loading.
  }

  @Override
  public void removed(int frame) {
    byLoad.remove(frame);
  }

  @Override
  public int victim() {
    return byLoad.first();
  }
}
