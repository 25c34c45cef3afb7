package org.schedlab.cost;

/** The parts into which the list of parameters is divided. */
public enum Section {
  MODE_SWITCH("mode switch and system calls"),
  DIRECT_SWITCH("context switch, direct part"),
  INDIRECT_SWITCH("context switch, indirect part: caches and TLB"),
  PAGE_FAULTS("page faults"),
  CREATION("creation and memory"),
  USER_LEVEL("user-level switches"),
  IPC("inter-process communication"),
  SYNCHRONISATION("synchronisation"),
  INTERRUPTS("interrupts, timers, migration");

  private final String label;

  Section(String label) {
    this.label = label;
  }

  /** Returns the section's heading. */
  public String label() {
    return label;
  }
}
