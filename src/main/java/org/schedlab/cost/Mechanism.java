package org.schedlab.cost;

/**
 * Who charges a parameter. Some parameters stand in the list for mechanisms that this version does
 * not simulate; a scenario may set them, and nothing changes.
 */
public enum Mechanism {
  SYSTEM_CALL(true, "a system call"),
  INSTRUCTION(true, "an instruction of a program"),
  SWITCH(true, "a switch to another thread"),
  WAKE_UP(true, "the first dispatch after a sleep"),
  REFILL(true, "a dispatch that finds the working set gone from the cache"),
  CREATE_THREAD(true, "a thread operation"),
  TICK(true, "the periodic timer"),
  DEVICE_INTERRUPT(true, "an interrupt that wakes a thread"),
  SLEEP(true, "a sleep operation"),
  MOVE(true, "a dispatch on another CPU than the last"),
  TRANSLATION(true, "a reference to memory, or a dispatch, that finds its translations gone"),
  PAGE_FAULT(true, "a page fault"),
  SHOOTDOWN(true, "a change of page tables that other CPUs must be told of"),
  PROCESSES(true, "fork, spawn and exec"),
  CACHE_LINES(true, "a lock or an atomic variable that another CPU has used"),
  LOCKS(true, "locking and unlocking, and handing over"),
  CACHE_LEVELS(false, "cache levels of single accesses"),
  FOOTPRINT(false, "memory that processes, threads and coroutines take"),
  COROUTINES(true, "a runtime that makes or resumes a coroutine"),
  MESSAGES(true, "sending and receiving by pipes, queues and sockets"),
  SIGNALS(true, "sending a signal"),
  PROTECTION(false, "memory protection on a microcontroller"),
  BALANCING(false, "load balancing between CPUs"),
  COMPARISON(false, "a figure to compare results with");

  private final boolean charged;
  private final String subject;

  Mechanism(boolean charged, String subject) {
    this.charged = charged;
    this.subject = subject;
  }

  /** Says whether this version charges what belongs to the mechanism. */
  public boolean isCharged() {
    return charged;
  }

  /** Returns who charges it, or that nobody does: {@code charged by a system call}. */
  public String sentence() {
    return charged ? "charged by " + subject : "not charged by this version: " + subject;
  }
}
