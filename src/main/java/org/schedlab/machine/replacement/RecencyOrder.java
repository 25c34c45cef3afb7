package org.schedlab.machine.replacement;

/** Keeps the frames in the order in which they were last used: what LRU and MRU have in common. */
abstract class RecencyOrder implements PageReplacement {
  /** The frame used longest ago stands first. */
  final FrameList byUse = new FrameList();

  @Override
  public final void loaded(int frame, long page) {
    byUse.addLast(frame);
  }

  @Override
  public final void used(int frame) {
    byUse.moveToEnd(frame);
  }

  @Override
  public final void removed(int frame) {
    byUse.remove(frame);
  }
}
