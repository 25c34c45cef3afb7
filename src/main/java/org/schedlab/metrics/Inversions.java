package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/**
 * Priority inversions: while a thread waits for a mutex whose holder is ready, another one runs
 * that is less urgent than the waiter and more urgent than the holder, and so keeps both from going
 * on (Lampson and Redell, "Experience with processes and monitors in Mesa", Communications of the
 * ACM 1980). Where the holder waits for a mutex itself, it is the thread at the end of the chain
 * that must be ready. What counts are effective priorities.
 *
 * <p>Only time that passes is counted, so that it does not matter in which order the events of one
 * instant are told. As long as nobody waits for a mutex, an event costs a few array writes.
 */
public final class Inversions implements TraceSink {
  /** How many different ones are kept. */
  public static final int LIMIT = 1_000;

  private static final long UNKNOWN = Long.MAX_VALUE;

  // Columns of an inversion.
  private static final int WAITER = 0;
  private static final int HOLDER = 1;
  private static final int OBJECT = 2;
  private static final int RUNNER = 3;
  private static final int COUNT = 4;
  private static final int TIME = 5;
  private static final int UNTIL = 6;
  private static final int NEXT = 7;

  private final LongRows rows = new LongRows(8);
  private final InvertedStretches stretches;
  private boolean omitted;
  private long last;

  private final int[] running;

  // By thread.
  private long[] urgency = new long[0];
  private boolean[] ready = new boolean[0];
  private int[] waitsAt = new int[0];
  private int[] nextWaiter = new int[0];
  private int[] firstRow = new int[0];

  // By object: who holds it and how often it has locked it, and the first of its waiters.
  private int[] holder = new int[0];
  private long[] depth = new long[0];
  private int[] firstWaiter = new int[0];

  /** The mutexes that have waiters. */
  private int[] contended = new int[4];

  private int contendedCount;

  /**
   * @param stretchLimit above so many stretches of waiting none is kept
   */
  public Inversions(int cpus, int stretchLimit) {
    running = new int[cpus];
    Arrays.fill(running, NONE);
    stretches = new InvertedStretches(stretchLimit);
  }

  @Override
  public void syncObjectMade(long time, int object, SyncKind kind, String name, int process) {
    holder = LockUse.grown(holder, object);
    firstWaiter = LockUse.grown(firstWaiter, object);
    depth = Arrays.copyOf(depth, holder.length);
  }

  @Override
  public void priorityEffective(long time, int thread, long effective, int lender) {
    advance(time);
    if (thread >= urgency.length) {
      int known = urgency.length;
      urgency = Arrays.copyOf(urgency, Math.max(thread + 1, known * 2));
      Arrays.fill(urgency, known, urgency.length, UNKNOWN);
      ready = Arrays.copyOf(ready, urgency.length);
      waitsAt = LockUse.grown(waitsAt, urgency.length - 1);
      nextWaiter = LockUse.grown(nextWaiter, urgency.length - 1);
      firstRow = LockUse.grown(firstRow, urgency.length - 1);
    }
    urgency[thread] = effective;
  }

  @Override
  public void madeReady(long time, int thread) {
    enter(time, thread, true);
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    enter(time, thread, false);
    running[cpu] = thread;
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    enter(time, thread, true);
    running[cpu] = NONE;
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    enter(time, thread, false);
    running[cpu] = NONE;
    if (cause == BlockCause.MUTEX && thread < waitsAt.length) {
      if (firstWaiter[object] == NONE) {
        contended = LockUse.grown(contended, contendedCount);
        contended[contendedCount++] = object;
      }
      nextWaiter[thread] = firstWaiter[object];
      firstWaiter[object] = thread;
      waitsAt[thread] = object;
    }
  }

  @Override
  public void woken(long time, int thread, int waker) {
    enter(time, thread, true);
    leave(thread);
  }

  @Override
  public void suspended(long time, int thread) {
    enter(time, thread, false);
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    enter(time, thread, false);
    leave(thread);
    if (cpu != NONE) {
      running[cpu] = NONE;
    }
  }

  @Override
  public void acquired(
      long time, int thread, int object, LockMode mode, Acquisition how, int line) {
    advance(time);
    leave(thread);
    if (mode == LockMode.EXCLUSIVE) {
      depth[object] = holder[object] == thread ? depth[object] + 1 : 1;
      holder[object] = thread;
    }
  }

  @Override
  public void released(long time, int thread, int object) {
    advance(time);
    if (holder[object] == thread && --depth[object] == 0) {
      holder[object] = NONE;
    }
  }

  @Override
  public void finished(long time) {
    advance(time);
  }

  private void enter(long time, int thread, boolean isReady) {
    if (thread < ready.length) {
      advance(time);
      ready[thread] = isReady;
    }
  }

  private void leave(int thread) {
    int object = thread < waitsAt.length ? waitsAt[thread] : NONE;
    if (object == NONE) {
      return;
    }
    waitsAt[thread] = NONE;
    if (firstWaiter[object] == thread) {
      firstWaiter[object] = nextWaiter[thread];
    } else {
      int ahead = firstWaiter[object];
      while (nextWaiter[ahead] != thread) {
        ahead = nextWaiter[ahead];
      }
      nextWaiter[ahead] = nextWaiter[thread];
    }
    if (firstWaiter[object] == NONE) {
      int at = 0;
      while (contended[at] != object) {
        at++;
      }
      contended[at] = contended[--contendedCount];
    }
  }

  private long urgency(int thread) {
    return thread < urgency.length ? urgency[thread] : UNKNOWN;
  }

  /** Counts the time since the last event: until now everything was as it stands. */
  private void advance(long time) {
    if (time == last) {
      return;
    }
    for (int i = 0; i < contendedCount; i++) {
      int needed = neededFor(contended[i]);
      if (needed != NONE && needed < ready.length && ready[needed]) {
        count(contended[i], needed, time);
      }
    }
    last = time;
  }

  /** Returns the thread at the end of the chain of holders, or NONE where it ends in a circle. */
  private int neededFor(int object) {
    int thread = holder[object];
    for (int steps = 0; thread != NONE; steps++) {
      int next = thread < waitsAt.length ? waitsAt[thread] : NONE;
      if (next == NONE || steps > contendedCount) {
        return next == NONE ? thread : NONE;
      }
      thread = holder[next];
    }
    return NONE;
  }

  private void count(int object, int needed, long time) {
    for (int runner : running) {
      if (runner == NONE || urgency(runner) >= urgency(needed) || urgency(needed) == UNKNOWN) {
        continue;
      }
      for (int waiter = firstWaiter[object]; waiter != NONE; waiter = nextWaiter[waiter]) {
        if (urgency(waiter) < urgency(runner)) {
          add(waiter, needed, object, runner, time);
          stretches.add(waiter, last, time);
        }
      }
    }
  }

  private void add(int waiter, int needed, int object, int runner, long time) {
    int row = firstRow[waiter];
    while (row != NONE
        && !(rows.get(row, HOLDER) == needed
            && rows.get(row, OBJECT) == object
            && rows.get(row, RUNNER) == runner)) {
      row = (int) rows.get(row, NEXT);
    }
    if (row == NONE) {
      if (rows.size() == LIMIT) {
        omitted = true;
        return;
      }
      row = rows.append();
      rows.set(row, WAITER, waiter);
      rows.set(row, HOLDER, needed);
      rows.set(row, OBJECT, object);
      rows.set(row, RUNNER, runner);
      rows.set(row, UNTIL, NONE);
      rows.set(row, NEXT, firstRow[waiter]);
      firstRow[waiter] = row;
    }
    if (rows.get(row, UNTIL) != last) {
      rows.set(row, COUNT, rows.get(row, COUNT) + 1);
    }
    rows.set(row, TIME, rows.get(row, TIME) + time - last);
    rows.set(row, UNTIL, time);
  }

  /**
   * One sort of inversion.
   *
   * @param waiter who waited
   * @param holder for whom
   * @param object the mutex that it waited for
   * @param runner who ran meanwhile
   * @param count how many stretches of time it was
   * @param time how long in all, in nanoseconds
   */
  public record Inversion(int waiter, int holder, int object, int runner, long count, long time) {}

  /** Returns how many are kept, in the order in which they first came about. */
  public int count() {
    return rows.size();
  }

  public Inversion get(int index) {
    return new Inversion(
        (int) rows.get(index, WAITER),
        (int) rows.get(index, HOLDER),
        (int) rows.get(index, OBJECT),
        (int) rows.get(index, RUNNER),
        rows.get(index, COUNT),
        rows.get(index, TIME));
  }

  /** Says whether there were more sorts than are kept. */
  public boolean isOmitted() {
    return omitted;
  }

  /** Returns when threads waited so. */
  public InvertedStretches stretches() {
    return stretches;
  }
}
