package org.schedlab.trace;

/** The accounts of the cost ledger: every nanosecond of every CPU belongs to exactly one. */
public enum Account {
  OWN_WORK("own work", Kind.BUSY, "instructions of the threads themselves"),
  CONTEXT_SWITCH(
      "context switch", Kind.DIRECT, "saving and restoring registers, choosing from the run queue"),
  BLOCK_WAKE("block and wake", Kind.DIRECT, "putting a thread to sleep and waking it again"),
  ADDRESS_SPACE("address space", Kind.DIRECT, "changing to another process's page tables"),
  MIGRATION("migration", Kind.DIRECT, "moving a thread to another CPU"),
  TLB_REFILL("TLB refill", Kind.INDIRECT, "translations lost and looked up again after a switch"),
  CACHE_REFILL("cache refill", Kind.INDIRECT, "cache lines lost and fetched again after a switch"),
  TLB_MISS("TLB miss", Kind.MEMORY, "translations that references look up in the page tables"),
  MODE_SWITCH("mode switch", Kind.KERNEL, "entering and leaving the kernel for a system call"),
  CREATION("creation", Kind.KERNEL, "making processes, threads and coroutines"),
  PAGE_FAULT("page fault", Kind.KERNEL, "serving page faults"),
  TLB_SHOOTDOWN(
      "TLB shootdown", Kind.KERNEL, "having other CPUs forget translations, and waiting for them"),
  WAKE_UP("wake-up", Kind.KERNEL, "waking threads that sleep for what others do"),
  COROUTINE_SWITCH(
      "coroutine switch", Kind.RUNTIME, "switching between the coroutines of a thread"),
  MESSAGE(
      "message",
      Kind.KERNEL,
      "what pipes, queues, sockets and signals do besides copying and waking"),
  COPY("copy", Kind.KERNEL, "copying bytes between address spaces"),
  TIMER_TICK("timer tick", Kind.INTERRUPT, "the periodic timer interrupt"),
  INTERRUPT("interrupt", Kind.INTERRUPT, "interrupts of devices and timers"),
  IDLE("idle", Kind.IDLE, "nothing to run");

  /** What sort of time an account holds. */
  public enum Kind {
    BUSY,
    DIRECT,
    INDIRECT,
    MEMORY,
    RUNTIME,
    KERNEL,
    INTERRUPT,
    IDLE
  }

  private final String label;
  private final Kind kind;
  private final String meaning;
  private final boolean switchCost;

  Account(String label, Kind kind, String meaning) {
    this.label = label;
    this.kind = kind;
    this.meaning = meaning;
    this.switchCost = kind == Kind.DIRECT || kind == Kind.INDIRECT;
  }

  /** Returns the account's name as tables print it. */
  public String label() {
    return label;
  }

  public Kind kind() {
    return kind;
  }

  /** Returns what is charged to the account, as part of a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Says whether the account holds kernel time charged on a thread's or CPU's behalf. */
  public boolean isOverhead() {
    return kind != Kind.BUSY && kind != Kind.IDLE;
  }

  /** Says whether the account holds a part of what a context switch costs. */
  public boolean isSwitchCost() {
    return switchCost;
  }
}
