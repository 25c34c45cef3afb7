package org.schedlab.trace;

/** What the machine or the kernel stops a process for. Exit codes are 128 + signal, as in sh. */
public enum Fault {
  SEGMENTATION("segmentation fault", 139),
  /** A write where only reading is allowed. */
  PROTECTION("protection fault", 139),
  STACK_OVERFLOW("stack overflow", 139),
  DIVISION_BY_ZERO("division by zero", 136),
  /** More is given back than was allocated. */
  INVALID_FREE("invalid free", 134),
  /** The address space has no room for what is asked. */
  NO_ADDRESS_SPACE("out of address space", 134),
  /** It writes where nobody is left to read (SIGPIPE). */
  BROKEN_PIPE("broken pipe", 141),
  /** The kernel needed memory and chose this process. */
  OUT_OF_MEMORY("out-of-memory kill", 137);

  private final String label;
  private final int exitCode;

  Fault(String label, int exitCode) {
    this.label = label;
    this.exitCode = exitCode;
  }

  public String label() {
    return label;
  }

  public int exitCode() {
    return exitCode;
  }
}
