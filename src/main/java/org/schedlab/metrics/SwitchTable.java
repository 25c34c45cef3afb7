package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.Account;
import org.schedlab.trace.TraceSink;

/**
 * The context switches by kind, with what they cost. To a switch belong the stretches of switch
 * cost that follow it on its CPU, up to the first stretch of anything else.
 */
public final class SwitchTable implements TraceSink {
  /** The kinds of context switches; the last is for costs of switching that no switch caused. */
  public enum Kind {
    THREAD_VOLUNTARY("thread to thread of one process", "voluntary"),
    THREAD_INVOLUNTARY("thread to thread of one process", "involuntary"),
    PROCESS_VOLUNTARY("process to process", "voluntary"),
    PROCESS_INVOLUNTARY("process to process", "involuntary"),
    /** Starting the first thread of a CPU, or resuming the one it ran last. */
    NO_SWITCH("first or same thread", "no switch");

    private final String between;
    private final String manner;

    Kind(String between, String manner) {
      this.between = between;
      this.manner = manner;
    }

    /** Returns what was switched between, as tables print it. */
    public String between() {
      return between;
    }

    /** Returns {@code voluntary} or {@code involuntary}. */
    public String manner() {
      return manner;
    }
  }

  private static final int KINDS = Kind.values().length;
  private static final int NO_SWITCH = Kind.NO_SWITCH.ordinal();

  private final int[] current;
  private int[] processes = new int[16];
  private final long[] counts = new long[KINDS];
  private final long[] direct = new long[KINDS];
  private final long[] indirect = new long[KINDS];

  public SwitchTable(int cpus) {
    current = new int[cpus];
    Arrays.fill(current, NO_SWITCH);
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    if (thread >= processes.length) {
      processes = Arrays.copyOf(processes, Math.max(thread + 1, processes.length * 2));
    }
    processes[thread] = process;
  }

  @Override
  public void switched(long time, int cpu, int from, int to, boolean voluntary) {
    if (from == NONE) {
      return;
    }
    // The order of the constants: two for threads of one process, then two for processes.
    int kind = (processes[from] == processes[to] ? 0 : 2) + (voluntary ? 0 : 1);
    current[cpu] = kind;
    counts[kind]++;
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    if (account.isSwitchCost()) {
      long[] costs = account.kind() == Account.Kind.DIRECT ? direct : indirect;
      costs[current[cpu]] += to - from;
    } else {
      current[cpu] = NO_SWITCH;
    }
  }

  /** Returns how many switches there were of a kind. */
  public long count(Kind kind) {
    return counts[kind.ordinal()];
  }

  /** Returns the time for saving, choosing and restoring. */
  public long direct(Kind kind) {
    return direct[kind.ordinal()];
  }

  /** Returns the time for refilling caches and the TLB. */
  public long indirect(Kind kind) {
    return indirect[kind.ordinal()];
  }

  /** Returns the time for everything. */
  public long total(Kind kind) {
    return direct(kind) + indirect(kind);
  }

  /** Returns how many switches there were of all kinds. */
  public long count() {
    return Arrays.stream(counts).sum();
  }
}
