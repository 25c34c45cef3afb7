package org.schedlab.program;

/** Signals, with the numbers of Linux on x86-64 (signal(7)). */
public enum Signal {
  /** Ends a process; it cannot be caught. */
  KILL(9),
  /** Ends a process. */
  TERM(15),
  /** Lets a stopped process go on. */
  CONT(18),
  /** Stops all threads of a process until it is continued. */
  STOP(19);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  /** Returns the number; a process that the signal ends has 128 more as its exit code. */
  public int number() {
    return number;
  }

  /** Returns the name with its prefix: {@code SIGKILL}. */
  public String fullName() {
    return "SIG" + name();
  }

  /** Says whether the signal ends a process. */
  public boolean ends() {
    return this == KILL || this == TERM;
  }
}
