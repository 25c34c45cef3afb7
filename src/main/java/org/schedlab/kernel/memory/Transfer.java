package org.schedlab.kernel.memory;

/** A page on its way from or to a device, and the frame that is kept for it. */
public final class Transfer {
  final AddressSpace space;
  final long page;
  final boolean write;
  final int frame;

  /** The slot that it is read from, or none. */
  final int slot;

  /** How many pages go over the device: one written out, one read, or both. */
  private final int pages;

  /** Whether its page has been freed meanwhile: then nothing arrives. */
  boolean cancelled;

  Transfer(AddressSpace space, long page, boolean write, int frame, int slot, int pages) {
    this.space = space;
    this.page = page;
    this.write = write;
    this.frame = frame;
    this.slot = slot;
    this.pages = pages;
  }

  /** Says whether its page has been freed meanwhile. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Returns how many pages go over the device. */
  public int pages() {
    return pages;
  }
}
