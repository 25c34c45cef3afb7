package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * The bars of the Gantt chart: who ran where, from when to when, and why it stopped. A bar begins
 * when the thread's own work begins, after the switch to it. Bars of one thread on one CPU that
 * touch are one bar, which ended as the last of them did; empty bars are dropped, but for that of a
 * thread that ends without any other.
 *
 * <p>Above the limit the bars are counted, but no longer kept.
 */
public final class Timeline implements TraceSink {
  private static final Departure[] DEPARTURES = Departure.values();

  // Columns of a bar.
  private static final int CPU = 0;
  private static final int THREAD = 1;
  private static final int START = 2;
  private static final int END = 3;
  private static final int WHY = 4;

  private final int limit;
  private final LongRows kept = new LongRows(5);
  private long bars;

  // Of each CPU: the bar that goes on, or may yet do so because its thread may come right back.
  private final int[] threads;
  private final long[] starts;
  private final long[] ends;
  private final Departure[] whys;
  // Of each CPU: whether and since when its thread's own work goes on.
  private final int[] working;
  private final long[] workingSince;

  /**
   * A stretch of one thread on one CPU.
   *
   * @param why why it ended
   */
  public record Bar(int cpu, int thread, long start, long end, Departure why) {}

  /** The threads that have a bar. */
  private final BitSet shown = new BitSet();

  public Timeline(int cpus, int limit) {
    this.limit = limit;
    threads = new int[cpus];
    starts = new long[cpus];
    ends = new long[cpus];
    whys = new Departure[cpus];
    working = new int[cpus];
    workingSince = new long[cpus];
    Arrays.fill(threads, NONE);
    Arrays.fill(working, NONE);
  }

  @Override
  public void started(long time, int thread, int cpu) {
    working[cpu] = thread;
    workingSince[cpu] = time;
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    leave(time, thread, cpu, why);
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    leave(time, thread, cpu, Departure.BLOCKED);
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    if (cpu == NONE) {
      return;
    }
    leave(time, thread, cpu, Departure.EXIT);
    if (!shown.get(thread) && workingSince[cpu] == time) {
      // All it ever did took no time; a bar without length tells that it was there.
      open(cpu, thread, time, time, Departure.EXIT);
    }
  }

  private void leave(long time, int thread, int cpu, Departure why) {
    if (working[cpu] != thread) {
      return; // It left during the switch to it, before its own work began.
    }
    working[cpu] = NONE;
    long since = workingSince[cpu];
    if (threads[cpu] == thread && ends[cpu] == since) {
      ends[cpu] = time;
      whys[cpu] = why;
    } else if (time > since) {
      open(cpu, thread, since, time, why);
    }
  }

  private void open(int cpu, int thread, long start, long end, Departure why) {
    close(cpu);
    shown.set(thread);
    threads[cpu] = thread;
    starts[cpu] = start;
    ends[cpu] = end;
    whys[cpu] = why;
  }

  /** Puts down the bar that can no longer go on. */
  private void close(int cpu) {
    if (threads[cpu] == NONE) {
      return;
    }
    if (bars++ < limit) {
      int row = kept.append();
      kept.set(row, CPU, cpu);
      kept.set(row, THREAD, threads[cpu]);
      kept.set(row, START, starts[cpu]);
      kept.set(row, END, ends[cpu]);
      kept.set(row, WHY, whys[cpu].ordinal());
    } else if (kept.size() > 0) {
      kept.clear();
    }
    threads[cpu] = NONE;
  }

  @Override
  public void finished(long time) {
    for (int cpu = 0; cpu < threads.length; cpu++) {
      if (working[cpu] != NONE) {
        leave(time, working[cpu], cpu, Departure.END);
      }
      close(cpu);
    }
  }

  /** Returns how many bars there are, kept or not. */
  public long count() {
    return bars;
  }

  /** Says whether there are more bars than are kept; then none is. */
  public boolean isOmitted() {
    return bars > limit;
  }

  /** Returns the bars by start, then by CPU; none if there are too many. */
  public List<Bar> bars() {
    List<Bar> list = new ArrayList<>(kept.size());
    for (int row = 0; row < kept.size(); row++) {
      list.add(
          new Bar(
              (int) kept.get(row, CPU),
              (int) kept.get(row, THREAD),
              kept.get(row, START),
              kept.get(row, END),
              DEPARTURES[(int) kept.get(row, WHY)]));
    }
    list.sort(Comparator.comparingLong(Bar::start).thenComparingInt(Bar::cpu));
    return list;
  }
}
