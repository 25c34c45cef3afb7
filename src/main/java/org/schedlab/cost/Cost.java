package org.schedlab.cost;

import java.util.Locale;

/**
 * The parameters of the cost model. Each constant carries its sentence, its source and its value in
 * every {@link Profile}; scenario files name it by {@link #key}.
 */
public enum Cost {
  SYSCALL(Unit.NANOSECONDS, 0, 80, 3000, 0, "entering and leaving the kernel", "GMS"),
  SYSCALL_MITIGATION(Unit.NANOSECONDS, 0, 150, 0, 0, "extra for mitigations", "GMS"),
  FUNCTION_CALL(Unit.NANOSECONDS, 0, 1, 0, 0, "calling a function", "measured"),
  INSTRUCTION(Unit.NANOSECONDS, 0, 1, 0, 0, "one load or store", ""),
  ATOMIC(Unit.NANOSECONDS, 0, 5, 0, 0, "one atomic operation", ""),
  CONTEXT_SWITCH(Unit.NANOSECONDS, 0, 0, 0, 0, "fixed part of every switch", ""),
  THREAD_SWITCH(Unit.NANOSECONDS, 0, 700, 0, 4325, "save, restore, run queue", ""),
  BLOCK_WAKE(Unit.NANOSECONDS, 0, 600, 14500, 0, "block and wake path", ""),
  ADDRESS_SPACE_SWITCH(Unit.NANOSECONDS, 0, 100, 0, 8050, "other page tables", ""),
  ASID_SLOTS(
      Unit.COUNT,
      Profile.UNLIMITED,
      6,
      0,
      Profile.UNLIMITED,
      "address spaces the TLB tells apart",
      ""),
  ASID_MISS(Unit.NANOSECONDS, 0, 600, 0, 0, "address space not in a slot", ""),
  EXTRA_TASKS(Unit.NANOSECONDS, 0, 0, 0, 0, "ring of four or more", ""),
  REMOTE_WAKE(Unit.NANOSECONDS, 0, 3000, 0, 0, "wake on another CPU", ""),
  L2_CACHE(
      Unit.BYTES,
      Profile.UNLIMITED,
      1 << 20,
      256 << 10,
      Profile.UNLIMITED,
      "size of a CPU's cache",
      ""),
  CACHE_LINE(Unit.BYTES, 64, 64, 32, 32, "bytes of a cache line", ""),
  CACHE_REFILL_LINE(Unit.NANOSECONDS, 0, 4, 180, 0, "fetching a line again", ""),
  INDIRECT_MAX(Unit.NANOSECONDS, 0, 30_000, 361_000, 0, "most a refill costs", ""),
  THREAD_CREATE(Unit.NANOSECONDS, 0, 15_000, 0, 8325, "creating a thread", ""),
  TIMER_TICK(Unit.NANOSECONDS, 0, 2000, 10_000, 4233, "one timer tick", ""),
  TIMER_HZ(Unit.PER_SECOND, 0, 250, 100, 1000, "timer ticks a second", ""),
  TIMER_SLACK(Unit.NANOSECONDS, 0, 50_000, 0, 0, "how late a sleep ends", ""),
  INTERRUPT(Unit.NANOSECONDS, 0, 2000, 10_000, 4233, "one device interrupt", ""),
  MIGRATION(Unit.NANOSECONDS, 0, 5000, 0, 0, "moving a thread", "");

  /** What a parameter is counted in. */
  public enum Unit {
    NANOSECONDS,
    BYTES,
    COUNT,
    PER_SECOND
  }

  private final Unit unit;
  private final long[] values;
  private final String meaning;
  private final String source;

  Cost(
      Unit unit,
      long textbook,
      long linux,
      long pentium,
      long cortexM4,
      String meaning,
      String source) {
    this.unit = unit;
    this.values = new long[] {textbook, linux, pentium, cortexM4};
    this.meaning = meaning;
    this.source = source;
  }

  /** Returns the name that scenario files use: {@code thread_switch}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Unit unit() {
    return unit;
  }

  /** Returns the value in a profile, in {@link #unit}s. */
  public long in(Profile profile) {
    return values[profile.ordinal()];
  }

  public String meaning() {
    return meaning;
  }

  public String source() {
    return source;
  }
}
