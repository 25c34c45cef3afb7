package org.schedlab.kernel.memory;

import org.schedlab.machine.PhysicalMemory;

/**
 * The frames of the machine by what they are for: those that replacement takes pages from, those
 * whose pages always stay, and blocks for large pages, which stay too. Each sort has numbers of its
 * own, the pageable ones from 0.
 */
final class Frames {
  static final int NONE = PhysicalMemory.NONE;
  private static final int WIRED = 1 << 29;
  private static final int LARGE = 1 << 30;

  private final PhysicalMemory pageable;
  private final PhysicalMemory wired = new PhysicalMemory(PhysicalMemory.UNLIMITED);
  private final PhysicalMemory blocks = new PhysicalMemory(PhysicalMemory.UNLIMITED);
  private final int blockPages;
  private final boolean limited;

  Frames(int limit, boolean limited, long blockPages) {
    this.pageable = new PhysicalMemory(limit);
    this.limited = limited;
    this.blockPages = (int) blockPages;
  }

  static boolean isPageable(int frame) {
    return frame < WIRED;
  }

  boolean hasFree() {
    return pageable.free() > 0;
  }

  int takePageable() {
    return pageable.allocate();
  }

  int takeWired() {
    return WIRED + wired.allocate();
  }

  /** Takes a block; returns its first frame. */
  int takeBlock() {
    return LARGE + blocks.allocate() * blockPages;
  }

  /** Notes that a page is mapped to a frame. Only of limited frames is it ever asked which. */
  void map(int frame, int space, long page) {
    if (isPageable(frame) && limited) {
      pageable.map(frame, space, page);
    } else {
      hold(frame);
    }
  }

  void unmap(int frame, int space, long page) {
    if (isPageable(frame) && limited) {
      pageable.unmap(space, page);
    } else {
      release(frame);
    }
  }

  void hold(int frame) {
    pool(frame).hold(within(frame));
  }

  void release(int frame) {
    pool(frame).release(within(frame));
  }

  int references(int frame) {
    return pool(frame).references(within(frame));
  }

  void forEachMapping(int frame, PhysicalMemory.MappingVisitor visitor) {
    pageable.forEachMapping(frame, visitor);
  }

  private PhysicalMemory pool(int frame) {
    if (frame < WIRED) {
      return pageable;
    }
    return frame < LARGE ? wired : blocks;
  }

  private int within(int frame) {
    if (frame < WIRED) {
      return frame;
    }
    return frame < LARGE ? frame - WIRED : (frame - LARGE) / blockPages;
  }
}
