package org.schedlab.trace;

/** Why a page is not in memory any more. */
public enum PageDrop {
  /** Its frame was needed; nothing had to be written. */
  EVICTED(true),
  /** Its frame was needed, and its contents were written to swap space. */
  WRITTEN_OUT(true),
  /** A write gave the process a copy of its own instead. */
  COPIED(false),
  /** Its region, or the process, is gone. */
  FREED(false);

  private final boolean eviction;

  PageDrop(boolean eviction) {
    this.eviction = eviction;
  }

  /** Says whether page replacement chose it. */
  public boolean isEviction() {
    return eviction;
  }
}
