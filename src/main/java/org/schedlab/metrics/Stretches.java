package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * What a chart shows beside the bars of {@link Timeline}: when threads were ready and blocked, and
 * when CPUs were in the kernel or threads switched between coroutines. Stretches of one kind that
 * touch are one; above the limit nothing is kept.
 */
public final class Stretches implements TraceSink {
  /** What went on during a stretch. */
  public enum Kind {
    READY,
    BLOCKED,
    /** A CPU switches to the thread. */
    SWITCH,
    /** A CPU is in the kernel or serves an interrupt, on the thread's behalf or nobody's. */
    KERNEL,
    /** The thread switches to one of its coroutines, in user space. */
    COROUTINE_SWITCH
  }

  private static final Kind[] KINDS = Kind.values();
  private static final BlockCause[] CAUSES = BlockCause.values();

  // Columns of a stretch.
  private static final int KIND = 0;
  private static final int THREAD = 1;
  private static final int CPU = 2;
  private static final int FROM = 3;
  private static final int TO = 4;
  private static final int CAUSE = 5;
  private static final int OBJECT = 6;

  private final int limit;
  private final LongRows kept = new LongRows(7);
  private boolean omitted;
  private long[] since = new long[16];
  private BlockCause[] causes = new BlockCause[16];
  private int[] objects = new int[16];
  private byte[] states = new byte[16];
  private final int[] lastOfCpu;

  private static final byte NEITHER = 0;
  private static final byte READY = 1;
  private static final byte BLOCKED = 2;

  /**
   * @param limit how many stretches are kept at most
   */
  public Stretches(int cpus, int limit) {
    this.limit = limit;
    lastOfCpu = new int[cpus];
    Arrays.fill(lastOfCpu, NONE);
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    if (omitted || thread < since.length) {
      return;
    }
    int capacity = Math.max(thread + 1, since.length * 2);
    since = Arrays.copyOf(since, capacity);
    causes = Arrays.copyOf(causes, capacity);
    objects = Arrays.copyOf(objects, capacity);
    states = Arrays.copyOf(states, capacity);
  }

  @Override
  public void madeReady(long time, int thread) {
    enter(time, thread, READY, null);
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    enter(time, thread, NEITHER, null);
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    enter(time, thread, READY, null);
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    enter(time, thread, BLOCKED, cause);
    if (!omitted) {
      objects[thread] = object;
    }
  }

  @Override
  public void suspended(long time, int thread) {
    enter(time, thread, BLOCKED, BlockCause.STOPPED);
    if (!omitted) {
      objects[thread] = NONE;
    }
  }

  @Override
  public void woken(long time, int thread, int waker) {
    enter(time, thread, READY, null);
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    enter(time, thread, NEITHER, null);
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    // A stall of the thread's own references is a part of its running.
    if (omitted || !account.isOverhead() || account == Account.TLB_MISS) {
      return;
    }
    Kind kind = kind(account);
    int last = lastOfCpu[cpu];
    if (last != NONE
        && kept.get(last, TO) == from
        && kept.get(last, THREAD) == thread
        && kept.get(last, KIND) == kind.ordinal()) {
      kept.set(last, TO, to);
    } else {
      lastOfCpu[cpu] = add(kind, thread, cpu, from, to, null);
    }
  }

  private static Kind kind(Account account) {
    if (account.isSwitchCost()) {
      return Kind.SWITCH;
    }
    return account == Account.COROUTINE_SWITCH ? Kind.COROUTINE_SWITCH : Kind.KERNEL;
  }

  @Override
  public void finished(long time) {
    for (int thread = 0; thread < states.length; thread++) {
      enter(time, thread, NEITHER, null);
    }
  }

  private void enter(long time, int thread, byte state, BlockCause cause) {
    if (omitted) {
      return;
    }
    if (states[thread] != NEITHER && time > since[thread]) {
      Kind kind = states[thread] == READY ? Kind.READY : Kind.BLOCKED;
      int row = add(kind, thread, NONE, since[thread], time, causes[thread]);
      if (row != NONE) {
        kept.set(row, OBJECT, objects[thread]);
      }
    }
    states[thread] = state;
    since[thread] = time;
    causes[thread] = cause;
  }

  private int add(Kind kind, int thread, int cpu, long from, long to, BlockCause cause) {
    if (kept.size() == limit) {
      omitted = true;
      kept.clear();
      return NONE;
    }
    int row = kept.append();
    kept.set(row, KIND, kind.ordinal());
    kept.set(row, THREAD, thread);
    kept.set(row, CPU, cpu);
    kept.set(row, FROM, from);
    kept.set(row, TO, to);
    kept.set(row, CAUSE, cause == null ? NONE : cause.ordinal());
    return row;
  }

  /** Says whether there were more stretches than are kept; then none is. */
  public boolean isOmitted() {
    return omitted;
  }

  /** Returns how many stretches are kept. Those of one thread or CPU are in order of time. */
  public int count() {
    return kept.size();
  }

  public Kind kind(int index) {
    return KINDS[(int) kept.get(index, KIND)];
  }

  /** Returns the thread, or {@link #NONE} where a CPU worked on nobody's behalf. */
  public int thread(int index) {
    return (int) kept.get(index, THREAD);
  }

  /** Returns the CPU, or {@link #NONE} where the thread was ready or blocked. */
  public int cpu(int index) {
    return (int) kept.get(index, CPU);
  }

  public long from(int index) {
    return kept.get(index, FROM);
  }

  public long to(int index) {
    return kept.get(index, TO);
  }

  /** Returns what a blocked thread waited for; only where the kind is {@link Kind#BLOCKED}. */
  public BlockCause cause(int index) {
    return CAUSES[(int) kept.get(index, CAUSE)];
  }

  /** Returns what it waited for, as the cause says; only where the kind is {@link Kind#BLOCKED}. */
  public int object(int index) {
    return (int) kept.get(index, OBJECT);
  }
}
