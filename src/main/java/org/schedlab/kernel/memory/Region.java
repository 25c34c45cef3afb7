package org.schedlab.kernel.memory;

import org.schedlab.trace.RegionKind;

/** A stretch of pages of an address space that are for the same thing. */
public final class Region {
  final int index;
  final RegionKind kind;
  final String name;

  /** Whether it is mapped by large pages. */
  final boolean large;

  /** Its first page; of a stack the lowest, above the guard page. */
  final long first;

  /** What forked relatives share; null where there is nothing to share. */
  final SharedPages shared;

  private long pages;
  private long bytes;

  Region(int index, RegionKind kind, String name, long first, boolean large, SharedPages shared) {
    this.index = index;
    this.kind = kind;
    this.name = name;
    this.first = first;
    this.large = large;
    this.shared = shared;
  }

  /** Returns the same region of a forked child. */
  Region copy() {
    Region copy = new Region(index, kind, name, first, large, shared);
    copy.pages = pages;
    copy.bytes = bytes;
    return copy;
  }

  void resize(long newBytes, long newPages) {
    bytes = newBytes;
    pages = newPages;
  }

  /** Returns how many pages it has, a stack's guard page not counted. */
  public long pages() {
    return pages;
  }

  /** Returns how many bytes of it were asked for. */
  public long bytes() {
    return bytes;
  }

  /** Returns the number of its first page in the address space. */
  public long first() {
    return first;
  }

  /**
   * Returns a page's number in the address space.
   *
   * @param index counts from 0: upwards, or in a stack downwards from its base
   */
  public long page(long index) {
    return kind == RegionKind.STACK ? first + pages - 1 - index : first + index;
  }

  boolean contains(long page) {
    return page >= first && page < first + pages;
  }

  public RegionKind kind() {
    return kind;
  }

  /** Returns its name, such as {@code heap}. */
  public String name() {
    return name;
  }

  /** Says whether it is mapped by large pages. */
  public boolean isLarge() {
    return large;
  }

  /** Says whether a page is the guard page below it. */
  public boolean isGuard(long page) {
    return kind == RegionKind.STACK && page == first - 1;
  }
}
