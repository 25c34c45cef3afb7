package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * A chart of a run of any length in bounded memory: for each CPU, and for each of the first
 * threads, how much of each of {@value #BINS} equal bins of time went to what. When a run outgrows
 * its bins, two become one; a bin's width is a power of two, so that finding it is a shift.
 */
public final class Occupancy implements TraceSink {
  /** How many bins a lane has. */
  public static final int BINS = 1024;

  /** How many threads have a lane; those with the smallest ids. */
  public static final int THREADS = 40;

  /** What a bin's time is divided into; what is left is idle (a CPU) or not there (a thread). */
  public enum Share {
    RUNNING,
    OVERHEAD,
    READY,
    BLOCKED
  }

  private static final int SHARES = Share.values().length;

  // The shares' places in a bin; the last two also are the states of threads.
  private static final byte RUNNING = 0;
  private static final byte OVERHEAD = 1;
  private static final byte READY = 2;
  private static final byte BLOCKED = 3;
  private static final byte NEITHER = -1;

  private final int cpus;
  // Lanes: the CPUs, then the threads. A lane's bins are SHARES cells each.
  private final long[][] lanes;
  private final byte[] states = new byte[THREADS];
  private final long[] since = new long[THREADS];
  private int threads;
  private int shift;

  /** Behind so many bins nothing has been put. */
  private int filled = 1;

  public Occupancy(int cpus) {
    this.cpus = cpus;
    lanes = new long[cpus + THREADS][];
    Arrays.fill(states, NEITHER);
    for (int cpu = 0; cpu < cpus; cpu++) {
      lanes[cpu] = new long[BINS * SHARES];
    }
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    if (thread < THREADS && lanes[cpus + thread] == null) {
      lanes[cpus + thread] = new long[BINS * SHARES];
      threads = Math.max(threads, thread + 1);
    }
  }

  @Override
  public void madeReady(long time, int thread) {
    enter(time, thread, READY);
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    enter(time, thread, NEITHER);
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    enter(time, thread, READY);
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    enter(time, thread, BLOCKED);
  }

  @Override
  public void suspended(long time, int thread) {
    enter(time, thread, BLOCKED);
  }

  @Override
  public void woken(long time, int thread, int waker) {
    enter(time, thread, READY);
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    enter(time, thread, NEITHER);
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    if (account == Account.IDLE) {
      return;
    }
    // A stall of the thread's own references is a part of its running.
    boolean running = account == Account.OWN_WORK || account == Account.TLB_MISS;
    int share = running ? RUNNING : OVERHEAD;
    add(lanes[cpu], share, from, to);
    if (thread < THREADS && thread != NONE) {
      add(lanes[cpus + thread], share, from, to);
    }
  }

  @Override
  public void finished(long time) {
    for (int thread = 0; thread < threads; thread++) {
      enter(time, thread, NEITHER);
    }
  }

  private void enter(long time, int thread, byte state) {
    if (thread >= THREADS) {
      return;
    }
    if (states[thread] != NEITHER && time > since[thread]) {
      add(lanes[cpus + thread], states[thread], since[thread], time);
    }
    states[thread] = state;
    since[thread] = time;
  }

  private void add(long[] lane, int share, long from, long to) {
    long last = (to - 1) >> shift;
    if (last >= BINS) {
      widen(to);
      last = (to - 1) >> shift;
    }
    if (last >= filled) {
      filled = (int) last + 1;
    }
    int bin = (int) (from >> shift);
    if (bin == last) {
      lane[bin * SHARES + share] += to - from;
      return;
    }
    for (; bin <= last; bin++) {
      lane[bin * SHARES + share] += overlap(bin, from, to);
    }
  }

  private long overlap(int bin, long from, long to) {
    long start = (long) bin << shift;
    return Math.min(to, start + (1L << shift)) - Math.max(from, start);
  }

  /** Widens the bins until the last of them reaches {@code time}. */
  private void widen(long time) {
    int wider = shift;
    while ((time - 1) >> wider >= BINS) {
      wider++;
    }
    for (long[] lane : lanes) {
      if (lane != null) {
        merge(lane, wider - shift);
      }
    }
    filled = ((filled - 1) >> (wider - shift)) + 1;
    shift = wider;
  }

  /** Makes one bin of each 2^{@code steps}: short runs outgrow their first bins many times over. */
  private void merge(long[] lane, int steps) {
    for (int bin = 0; bin < filled; bin++) {
      int target = (bin >> steps) * SHARES;
      for (int share = 0; share < SHARES; share++) {
        long time = lane[bin * SHARES + share];
        lane[bin * SHARES + share] = 0;
        lane[target + share] += time;
      }
    }
  }

  /** Returns how many nanoseconds a bin is wide. */
  public long binWidth() {
    return 1L << shift;
  }

  /** Returns how many threads have a lane. */
  public int threads() {
    return threads;
  }

  /** Returns how much of a bin a CPU spent on something; READY and BLOCKED are 0. */
  public long ofCpu(int cpu, int bin, Share share) {
    return lanes[cpu][bin * SHARES + share.ordinal()];
  }

  /** Returns how much of a bin a thread spent so; only for threads that have a lane. */
  public long ofThread(int thread, int bin, Share share) {
    return lanes[cpus + thread][bin * SHARES + share.ordinal()];
  }
}
