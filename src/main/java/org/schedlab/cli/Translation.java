package org.schedlab.cli;

import java.util.List;

/**
 * What became of one virtual address.
 *
 * @param address the address, unsigned
 * @param page its page number
 * @param offset its offset within the page
 * @param steps the entries read, the last one decides
 * @param result how it ended
 * @param physical the physical address, where it ended well
 * @param value the byte that memory holds there, -1 where memory is not known
 */
record Translation(
    long address,
    long page,
    long offset,
    List<Step> steps,
    Result result,
    long physical,
    int value) {

  /** How a translation ends. */
  enum Result {
    OK("ok"),
    /** The only table has no valid entry. */
    INVALID("invalid"),
    /** The page directory has no valid entry. */
    DIRECTORY_FAULT("pde_fault"),
    /** The page table has no valid entry. */
    TABLE_FAULT("pte_fault"),
    /** Nothing was looked up; the address was only taken apart. */
    SPLIT("split");

    private final String key;

    Result(String key) {
      this.key = key;
    }

    /** Returns the name in JSON. */
    String key() {
      return key;
    }

    boolean isFault() {
      return this != OK && this != SPLIT;
    }
  }

  /**
   * An entry that was read: a valid bit, and below it the bits of a frame number.
   *
   * @param table what the table is called
   * @param index where in the table the entry stands
   * @param place where in memory that is
   * @param entry what it holds
   * @param frameBits how many bits the frame number has
   */
  record Step(String table, int index, Place place, int entry, int frameBits) {
    boolean isValid() {
      return entry >>> frameBits != 0;
    }

    /** Returns the frame number, which means something only in a valid entry. */
    int frame() {
      return entry & (1 << frameBits) - 1;
    }
  }

  /**
   * A place in memory.
   *
   * @param frame its frame, -1 where an exercise does not say where the table is
   * @param address its physical address
   */
  record Place(int frame, long address) {
    static final Place UNKNOWN = new Place(-1, -1);

    boolean isKnown() {
      return frame >= 0;
    }
  }

  Step lastStep() {
    return steps.get(steps.size() - 1);
  }
}
