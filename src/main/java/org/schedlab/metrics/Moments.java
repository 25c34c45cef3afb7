package org.schedlab.metrics;

import java.util.Arrays;
import java.util.BitSet;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.Departure;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

/**
 * The moments that a chart marks. Missed deadlines, failed asserts, faults and deadlocks are kept
 * up to a limit of their own; of the others all or, above the limit, none.
 */
public final class Moments implements TraceSink {
  /** What happened to a thread at a moment. */
  public enum Kind {
    ARRIVAL,
    WAKE,
    /** It was preempted, or its quantum expired. */
    PREEMPTION,
    EXIT,
    /** Nothing more will come by a channel: all who could send have closed it. */
    END_OF_FILE,
    MISSED_DEADLINE,
    FAILED_ASSERT,
    FAULT,
    /** It accessed a variable, and nothing orders that after another thread's access. */
    RACE,
    /** Its store overwrote an update that it had not seen. */
    LOST_UPDATE,
    /** An operation reported an error. */
    FAILED_OPERATION,
    /** It is one of a circle of threads that wait for each other. */
    DEADLOCK
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int FAILURES = 1_000;

  // Columns of a moment.
  private static final int TIME = 0;
  private static final int THREAD = 1;
  private static final int KIND = 2;

  private final int limit;
  private final LongRows ordinary = new LongRows(3);
  private final LongRows failures = new LongRows(3);
  private boolean omitted;
  private JobQueue[] jobs = new JobQueue[0];

  /** The channels that have messages: one of no bytes is no end of file. */
  private final BitSet queues = new BitSet();

  public Moments(int limit) {
    this.limit = limit;
  }

  @Override
  public void madeReady(long time, int thread) {
    add(time, thread, Kind.ARRIVAL);
  }

  @Override
  public void woken(long time, int thread, int waker) {
    add(time, thread, Kind.WAKE);
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    if (why != Departure.YIELDED) {
      add(time, thread, Kind.PREEMPTION);
    }
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    add(time, thread, Kind.EXIT);
  }

  @Override
  public void jobReleased(long time, int thread, long absoluteDeadline) {
    if (thread >= jobs.length) {
      jobs = Arrays.copyOf(jobs, Math.max(thread + 1, jobs.length * 2));
    }
    if (jobs[thread] == null) {
      jobs[thread] = new JobQueue();
    }
    jobs[thread].add(time, absoluteDeadline);
  }

  @Override
  public void jobCompleted(long time, int thread) {
    if (time > jobs[thread].deadline(0)) {
      addFailure(jobs[thread].deadline(0), thread, Kind.MISSED_DEADLINE);
    }
    jobs[thread].removeFirst();
  }

  @Override
  public void assertionFailed(long time, int thread, String text, int line, int column) {
    addFailure(time, thread, Kind.FAILED_ASSERT);
  }

  @Override
  public void faulted(long time, int thread, Fault fault, String detail, int line, int column) {
    addFailure(time, thread, Kind.FAULT);
  }

  /** A wait whose time was up is no failure: the program asked for that. */
  @Override
  public void operationFailed(
      long time, int thread, int object, String error, String detail, int line, int column) {
    if (!error.equals(LockUse.TIMED_OUT)) {
      addFailure(time, thread, Kind.FAILED_OPERATION);
    }
  }

  @Override
  public void channelMade(
      long time, int channel, ChannelKind kind, String name, int process, long capacity) {
    queues.set(channel, kind == ChannelKind.MESSAGE_QUEUE);
  }

  @Override
  public void received(long time, int thread, int channel, long bytes) {
    if (bytes == 0 && !queues.get(channel)) {
      add(time, thread, Kind.END_OF_FILE);
    }
  }

  @Override
  public void deadlocked(long time, Deadlock deadlock) {
    for (Deadlock.Link link : deadlock.links()) {
      addFailure(time, link.thread(), Kind.DEADLOCK);
    }
  }

  @Override
  public void finished(long time) {
    for (int thread = 0; thread < jobs.length; thread++) {
      for (int i = 0; jobs[thread] != null && i < jobs[thread].size(); i++) {
        if (jobs[thread].deadline(i) <= time) {
          addFailure(jobs[thread].deadline(i), thread, Kind.MISSED_DEADLINE);
        }
      }
    }
  }

  private void add(long time, int thread, Kind kind) {
    if (omitted) {
      return;
    }
    if (ordinary.size() == limit) {
      omitted = true;
      ordinary.clear();
      return;
    }
    put(ordinary, time, thread, kind);
  }

  /** Marks what others have found out. */
  void mark(long time, int thread, Kind kind) {
    addFailure(time, thread, kind);
  }

  private void addFailure(long time, int thread, Kind kind) {
    if (failures.size() < FAILURES) {
      put(failures, time, thread, kind);
    }
  }

  private static void put(LongRows rows, long time, int thread, Kind kind) {
    int row = rows.append();
    rows.set(row, TIME, time);
    rows.set(row, THREAD, thread);
    rows.set(row, KIND, kind.ordinal());
  }

  /** Returns how many moments are kept. */
  public int count() {
    return ordinary.size() + failures.size();
  }

  public long time(int index) {
    return cell(index, TIME);
  }

  public int thread(int index) {
    return (int) cell(index, THREAD);
  }

  public Kind kind(int index) {
    return KINDS[(int) cell(index, KIND)];
  }

  private long cell(int index, int column) {
    int of = ordinary.size();
    return index < of ? ordinary.get(index, column) : failures.get(index - of, column);
  }
}
