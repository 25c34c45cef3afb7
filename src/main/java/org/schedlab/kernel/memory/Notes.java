package org.schedlab.kernel.memory;

import org.schedlab.machine.PageEntry;

/**
 * What the kernel notes in page-table entries that are not present: where the page's contents are.
 * The number that goes with it stands where a present entry has its frame.
 */
final class Notes {
  /** The contents are in swap space; the number is the slot. */
  static final long SWAP = 1 << 1;

  /** The page is on its way from or to a device. */
  static final long BUSY = 1 << 3;

  private Notes() {}

  static long swapped(int slot) {
    return PageEntry.of(slot, SWAP);
  }

  static boolean isPresent(long entry) {
    return PageEntry.has(entry, PageEntry.PRESENT);
  }

  static boolean isSwapped(long entry) {
    return !isPresent(entry) && PageEntry.has(entry, SWAP);
  }

  static boolean isBusy(long entry) {
    return !isPresent(entry) && PageEntry.has(entry, BUSY);
  }

  /** Returns how many pages in memory an entry means. */
  static long pagesIn(long entry, long largePages) {
    if (!isPresent(entry)) {
      return 0;
    }
    return PageEntry.has(entry, PageEntry.LARGE) ? largePages : 1;
  }
}
