package org.schedlab.trace;

/** What a region of an address space is for. */
public enum RegionKind {
  CODE("r-x"),
  DATA("rw-"),
  HEAP("rw-"),
  /** A region of its own, by {@code alloc}. */
  MAPPING("rw-"),
  /** One that forked children share. */
  SHARED("rw-"),
  /** What a thread's computations use over and over. */
  WORKING_SET("rw-"),
  STACK("rw-");

  private final String access;

  RegionKind(String access) {
    this.access = access;
  }

  /** Returns what may be done with the pages, as {@code ls} writes it. */
  public String access() {
    return access;
  }
}
