package org.schedlab.trace;

/** Why a reference to memory needed the kernel. */
public enum PageFault {
  /** The first reference to a page: it is given a frame of zeros. */
  DEMAND_ZERO("demand-zero", false),
  /** The first write to a page shared since a fork: it gets a copy of its own. */
  COPY_ON_WRITE("copy-on-write", false),
  /** The first write to a page of which all other sharers are gone: it becomes writable. */
  LAST_SHARER("last sharer", false),
  /** The page is in memory but not in this page table, or another thread is bringing it in. */
  MAPPED_ELSEWHERE("mapped elsewhere", false),
  /** The page is read from swap space, or code from its file. */
  SWAP_IN("swap-in", true);

  private final String label;
  private final boolean major;

  PageFault(String label, boolean major) {
    this.label = label;
    this.major = major;
  }

  public String label() {
    return label;
  }

  /** Says whether the page had to be read from a device. */
  public boolean isMajor() {
    return major;
  }
}
