package org.schedlab.trace;

/** What the machine or the kernel stops a process for. Exit codes are 128 + signal, as in sh. */
public enum Fault {
  SEGMENTATION("segmentation fault", 139),
  STACK_OVERFLOW("stack overflow", 139),
  DIVISION_BY_ZERO("division by zero", 136);

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
