package org.schedlab.machine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a virtual address splits: from the top, one index for each level of page tables, then the
 * offset within the page. Level 0 is the root; the last level holds the entries of pages.
 *
 * @param offsetBits bits of the offset: a page has 2^offsetBits bytes
 * @param levelBits bits of the index at each level, the root first
 * @param entryBytes the size of a page-table entry in bytes
 * @param signExtended whether the bits above the address space must be copies of its highest bit
 *     (x86-64 calls such addresses canonical), else they must be 0
 */
public record PageGeometry(
    int offsetBits, List<Integer> levelBits, int entryBytes, boolean signExtended) {

  /** The most bits of an address: those of x86-64 with five levels. */
  public static final int MAX_VIRTUAL_BITS = 57;

  private static final int MAX_OFFSET_BITS = 30;
  private static final int MAX_LEVEL_BITS = 20;
  private static final int MAX_LEVELS = 6;

  /**
   * x86-64 with four levels: 48-bit addresses, pages of 4 KiB, tables of 512 entries of 8 bytes
   * (Intel, Software Developer's Manual, volume 3A, section 4.5).
   */
  public static final PageGeometry X86_64 = new PageGeometry(12, List.of(9, 9, 9, 9), 8, true);

  /**
   * 32-bit x86: pages of 4 KiB, two levels of 1024 entries of 4 bytes (Intel, Software Developer's
   * Manual, volume 3A, section 4.3).
   */
  public static final PageGeometry X86_32 = new PageGeometry(12, List.of(10, 10), 4, false);

  private static final Map<String, PageGeometry> PRESETS =
      Collections.unmodifiableMap(new TreeMap<>(Map.of("x86-64", X86_64, "32-bit", X86_32)));

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is out of range; the message says which and what is
   *     allowed
   */
  public PageGeometry {
    levelBits = List.copyOf(levelBits);
    require(
        offsetBits >= 1 && offsetBits <= MAX_OFFSET_BITS,
        "a page has 2 bytes to 1 GiB: 1 to 30 bits of offset, not " + offsetBits);
    require(
        !levelBits.isEmpty() && levelBits.size() <= MAX_LEVELS,
        "there are 1 to 6 levels of page tables, not " + levelBits.size());
    int bits = offsetBits;
    for (int level : levelBits) {
      require(
          level >= 1 && level <= MAX_LEVEL_BITS, "a level has 1 to 20 bits of index, not " + level);
      bits += level;
    }
    require(bits <= MAX_VIRTUAL_BITS, "an address has at most 57 bits; these levels need " + bits);
    require(entryBytes >= 1 && entryBytes <= 8, "an entry has 1 to 8 bytes, not " + entryBytes);
  }

  /**
   * Makes a geometry whose addresses are not sign-extended.
   *
   * @param pageSize in bytes, a power of two
   * @param entryBytes the size of an entry in bytes
   * @param levelBits bits of the index at each level, the root first
   * @throws IllegalArgumentException if a size is out of range; the message says which and what is
   *     allowed
   */
  public static PageGeometry of(long pageSize, int entryBytes, Integer... levelBits) {
    require(
        pageSize > 0 && Long.bitCount(pageSize) == 1,
        "a page size is a power of two; " + pageSize + " is not");
    return new PageGeometry(
        Long.numberOfTrailingZeros(pageSize), List.of(levelBits), entryBytes, false);
  }

  /** Returns the machines known by name, in the order of names. */
  public static Map<String, PageGeometry> presets() {
    return PRESETS;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Returns the bytes of a page. */
  public long pageSize() {
    return 1L << offsetBits;
  }

  /** Returns how many levels of tables there are. */
  public int levels() {
    return levelBits.size();
  }

  /** Returns the bits of a page number. */
  public int pageBits() {
    int bits = 0;
    for (int level : levelBits) {
      bits += level;
    }
    return bits;
  }

  /** Returns the bits of a virtual address. */
  public int virtualBits() {
    return pageBits() + offsetBits;
  }

  /** Returns how many entries a table of a level has. */
  public int entries(int level) {
    return 1 << levelBits.get(level);
  }

  /** Returns the bytes of a table of a level. */
  public long tableBytes(int level) {
    return (long) entries(level) * entryBytes;
  }

  /** Returns the lowest bit of a page number that belongs to a level's index. */
  public int shift(int level) {
    int shift = 0;
    for (int below = level + 1; below < levels(); below++) {
      shift += levelBits.get(below);
    }
    return shift;
  }

  /** Returns where in a table of a level the way to a page goes on. */
  public int index(int level, long page) {
    return (int) (page >>> shift(level)) & (entries(level) - 1);
  }

  /** Says whether an address (64 bits, unsigned) belongs to the address space. */
  public boolean contains(long address) {
    if (signExtended) {
      int unused = Long.SIZE - virtualBits();
      return address << unused >> unused == address;
    }
    return address >>> virtualBits() == 0;
  }

  /** Returns the page of an address: its bits above the offset, without any sign extension. */
  public long page(long address) {
    return address >>> offsetBits & (1L << pageBits()) - 1;
  }

  /** Returns the offset of an address within its page, in bytes. */
  public long offset(long address) {
    return address & pageSize() - 1;
  }
}
