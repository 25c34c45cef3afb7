package org.schedlab.machine;

/**
 * Entries of page tables, packed in a long as x86-64 packs them (Intel, Software Developer's
 * Manual, volume 3A, table 4-20): flags in the low bits and in those left to the operating system,
 * the frame number from bit 12. An entry of 0 maps nothing. An entry that is not present but not 0
 * is the operating system's note, such as where the page is kept on a disk.
 */
public final class PageEntry {
  /** The page is in memory. */
  public static final long PRESENT = 1;

  /** The page may be written. */
  public static final long WRITABLE = 1 << 1;

  /** User code may use the page. */
  public static final long USER = 1 << 2;

  /** The page was used since the bit was cleared. */
  public static final long ACCESSED = 1 << 5;

  /** The page was written since the bit was cleared. */
  public static final long DIRTY = 1 << 6;

  /** The entry stands above the last level and maps all pages that a table there would. */
  public static final long LARGE = 1 << 7;

  /** The page is shared since a fork; the first write copies it. Left to the system by x86-64. */
  public static final long COPY_ON_WRITE = 1 << 9;

  /** The page is shared memory: a fork leaves it so. Left to the system by x86-64. */
  public static final long SHARED = 1 << 10;

  private static final int FRAME_SHIFT = 12;
  private static final long FRAME_MASK = (1L << 40) - 1 << FRAME_SHIFT;

  private PageEntry() {}

  /** Returns an entry of a frame with flags. */
  public static long of(int frame, long flags) {
    return (long) frame << FRAME_SHIFT | flags;
  }

  /** Returns the frame number of an entry. */
  public static int frame(long entry) {
    return (int) ((entry & FRAME_MASK) >>> FRAME_SHIFT);
  }

  /** Returns an entry with the same flags and another frame. */
  public static long withFrame(long entry, int frame) {
    return entry & ~FRAME_MASK | (long) frame << FRAME_SHIFT;
  }

  /** Says whether an entry has all of some flags. */
  public static boolean has(long entry, long flags) {
    return (entry & flags) == flags;
  }
}
