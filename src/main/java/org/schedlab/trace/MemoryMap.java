package org.schedlab.trace;

import java.util.List;

/**
 * A process's address space at a moment.
 *
 * @param pageBytes the size of a page
 * @param regions by address
 * @param tables how many page tables each level has, the root first; empty if nothing is mapped
 * @param tableBytes what they take
 * @param mostTableBytes what they ever took
 * @param residentPages mapped pages that are in memory
 * @param mostResidentPages how many ever were
 * @param swappedPages pages in swap space
 */
public record MemoryMap(
    long pageBytes,
    List<Region> regions,
    List<Integer> tables,
    long tableBytes,
    long mostTableBytes,
    long residentPages,
    long mostResidentPages,
    long swappedPages) {

  /**
   * A part of the address space.
   *
   * @param start its first address; of a stack the lowest, above the guard page
   * @param bytes its size
   * @param residentPages how many of its pages are in memory
   * @param guard whether a guard page lies below it
   * @param cells what lies in it by name, in the data region
   */
  public record Region(
      RegionKind kind,
      String name,
      long start,
      long bytes,
      long residentPages,
      boolean guard,
      List<Cell> cells) {}

  /** A variable, or the first cell of an array: where it lies and what it holds. */
  public record Cell(String name, long address, long value) {}
}
