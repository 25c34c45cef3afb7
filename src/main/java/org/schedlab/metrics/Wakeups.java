package org.schedlab.metrics;

import java.util.Arrays;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.TraceSink;

/** Who woke whom, when, and from what wait. The first {@value #LIMIT} are kept, others counted. */
public final class Wakeups implements TraceSink {
  /** How many are kept. */
  public static final int LIMIT = 100_000;

  private static final BlockCause[] CAUSES = BlockCause.values();

  // Columns of a wake-up.
  private static final int TIME = 0;
  private static final int WAKER = 1;
  private static final int WOKEN = 2;
  private static final int CAUSE = 3;
  private static final int OBJECT = 4;

  private final LongRows kept = new LongRows(5);
  private long count;

  // By thread: what it waits for.
  private BlockCause[] causes = new BlockCause[0];
  private int[] objects = new int[0];

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    if (thread >= objects.length) {
      objects = LockUse.grown(objects, thread);
      causes = Arrays.copyOf(causes, objects.length);
    }
    causes[thread] = cause;
    objects[thread] = object;
  }

  @Override
  public void suspended(long time, int thread) {
    blocked(time, thread, NONE, BlockCause.STOPPED, NONE);
  }

  @Override
  public void woken(long time, int thread, int waker) {
    if (count++ >= LIMIT) {
      return;
    }
    int row = kept.append();
    kept.set(row, TIME, time);
    kept.set(row, WAKER, waker);
    kept.set(row, WOKEN, thread);
    kept.set(row, CAUSE, causes[thread].ordinal());
    kept.set(row, OBJECT, objects[thread]);
  }

  /** Returns how many there were in all. */
  public long count() {
    return count;
  }

  /** Returns how many are kept, in order of time. */
  public int kept() {
    return kept.size();
  }

  public long time(int index) {
    return kept.get(index, TIME);
  }

  /** Returns whose operation or end ended the wait; NONE for a device or a timer. */
  public int waker(int index) {
    return (int) kept.get(index, WAKER);
  }

  public int woken(int index) {
    return (int) kept.get(index, WOKEN);
  }

  /** Returns what the thread had waited for. */
  public BlockCause cause(int index) {
    return CAUSES[(int) kept.get(index, CAUSE)];
  }

  /** Returns what of that sort, as the cause says. */
  public int object(int index) {
    return (int) kept.get(index, OBJECT);
  }
}
