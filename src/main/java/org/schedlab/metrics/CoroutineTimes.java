package org.schedlab.metrics;

import java.util.Arrays;
import java.util.Locale;
import org.schedlab.trace.AwaitCause;

/**
 * Where the time of a coroutine went. As for a thread,
 *
 * <pre>finish − arrival = running + waiting + blocked + overhead</pre>
 *
 * exactly, with the end of the run in place of a finish it has not reached. It has its turn from
 * the moment it is resumed until it suspends or ends, and what the thread does meanwhile it does
 * for the coroutine:
 *
 * <ul>
 *   <li>running: own work of the thread, while the coroutine has its turn
 *   <li>overhead: all else that is charged to the thread meanwhile, system calls and switches to
 *       the thread among it; switching between coroutines comes before a turn and is the loop's
 *   <li>waiting: ready and not resumed; or its turn, while the thread is ready and has no CPU
 *   <li>blocked: suspended in an await; or its turn, while the thread sleeps in a system call that
 *       the coroutine made, which holds all others up: {@link #blockedThread}
 * </ul>
 */
public final class CoroutineTimes {
  /** What it does; ENDED comes last, for no time is spent in it. */
  enum Activity {
    READY,
    /** It has its turn and the thread a CPU. */
    RUNNING,
    /** It has its turn, but the thread has no CPU. */
    PREEMPTED,
    /** It has its turn, but the thread sleeps. */
    BLOCKED,
    AWAITING,
    ENDED
  }

  /** How a coroutine ended. */
  public enum End {
    RETURNED("returned"),
    /** By an error. */
    FAILED("failed"),
    /** By being cancelled. */
    CANCELED("cancelled"),
    /** Its thread ended before it did. */
    WITH_THREAD("with its thread");

    private final String label;

    End(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** The error of a coroutine that has been cancelled. */
  private static final String CANCELED = "ECANCELED";

  private final int id;
  private int thread;
  private final String name;
  private final long made;
  private final long[] spent = new long[Activity.ENDED.ordinal()];
  private Activity activity = Activity.READY;
  private long since;
  private long due;
  private long firstResumed = TaskTimes.NEVER;
  private long ended = TaskTimes.NEVER;
  private long own;
  private long overhead;
  private int resumes;
  private int steals;
  private long reserved;
  private long resident;
  private int yields;

  /** What it has awaited, and how often; most coroutines await one sort of thing only. */
  private AwaitCause awaited;

  private int awaits;

  /** By cause, what it has awaited besides; null for nothing. */
  private int[] otherAwaits;

  private End end;
  private String error;

  CoroutineTimes(int id, int thread, String name, long made) {
    this.id = id;
    this.thread = thread;
    this.name = name;
    this.made = made;
    this.since = made;
  }

  // --- what happens to it

  void enter(long time, Activity next) {
    if (activity != Activity.ENDED) {
      spent[activity.ordinal()] += time - since;
    }
    activity = next;
    since = time;
  }

  void resume(long time) {
    if (firstResumed == TaskTimes.NEVER) {
      firstResumed = time;
    }
    resumes++;
    enter(time, Activity.RUNNING);
  }

  /** Another thread is to run it. */
  void moveTo(int another) {
    thread = another;
  }

  void countSteal() {
    steals++;
  }

  /** It keeps so much memory from now on. */
  void setMemory(long reservedBytes, long residentBytes) {
    reserved = reservedBytes;
    resident = residentBytes;
  }

  void suspend(long time, AwaitCause cause) {
    if (cause == null) {
      yields++;
    } else {
      countAwait(cause);
    }
    enter(time, Activity.AWAITING);
  }

  private void countAwait(AwaitCause cause) {
    awaited = awaited == null ? cause : awaited;
    if (cause == awaited) {
      awaits++;
      return;
    }
    if (otherAwaits == null) {
      otherAwaits = new int[AwaitCause.values().length];
    }
    otherAwaits[cause.ordinal()]++;
  }

  void end(long time, String by) {
    end = by == null ? End.RETURNED : by.equals(CANCELED) ? End.CANCELED : End.FAILED;
    error = by;
    ended = time;
    enter(time, Activity.ENDED);
  }

  void endWithThread(long time) {
    end = End.WITH_THREAD;
    ended = time;
    enter(time, Activity.ENDED);
  }

  void charge(boolean isOwnWork, long nanos) {
    if (isOwnWork) {
      own += nanos;
    } else {
      overhead += nanos;
    }
  }

  /**
   * Closes the times of one that has not ended.
   *
   * @throws IllegalStateException if its time on CPUs is not what was charged to its thread then
   */
  void finish(long time) {
    enter(time, activity);
    long onCpus = onCpus();
    if (onCpus != own + overhead) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "books of %s do not balance at %d ns: %d ns on CPUs, but %d of own work and %d of"
                  + " overhead were charged",
              name,
              time,
              onCpus,
              own,
              overhead));
    }
  }

  /** Says whether it has its turn in its thread. */
  boolean hasTurn() {
    return activity == Activity.RUNNING
        || activity == Activity.PREEMPTED
        || activity == Activity.BLOCKED;
  }

  Activity activity() {
    return activity;
  }

  /** Returns since when it does what it does. */
  long since() {
    return since;
  }

  /** Takes note since when it could have gone on. */
  void setDue(long time) {
    due = time;
  }

  /** Returns since when it could go on, where it has been suspended before. */
  long due() {
    return due;
  }

  /** Returns the time that it had both its turn and a CPU, up to the last change. */
  long onCpus() {
    return spent[Activity.RUNNING.ordinal()];
  }

  // --- what came of it

  /** Returns its id: all coroutines of a run count from 0. */
  public int id() {
    return id;
  }

  /** Returns how often a thread took it out of another's queue. */
  public long steals() {
    return steals;
  }

  /** Returns the bytes of address space that it kept in the end. */
  public long reserved() {
    return reserved;
  }

  /** Returns the bytes that it kept in memory in the end. */
  public long resident() {
    return resident;
  }

  /** Returns the thread that runs it, the last one where several did. */
  public int thread() {
    return thread;
  }

  /** Returns its full name, such as {@code server/loop/first}. */
  public String name() {
    return name;
  }

  /** Returns its name within its thread; no name has a slash. */
  public String shortName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Returns when it was made. */
  public long arrival() {
    return made;
  }

  /** Returns when it was first resumed, or {@link TaskTimes#NEVER}. */
  public long start() {
    return firstResumed;
  }

  /** Returns when it or its thread ended, or {@link TaskTimes#NEVER}. */
  public long finish() {
    return ended;
  }

  public boolean hasEnded() {
    return ended != TaskTimes.NEVER;
  }

  /** Returns finish − arrival, or {@link TaskTimes#NEVER} if it has not ended. */
  public long turnaround() {
    return hasEnded() ? ended - made : TaskTimes.NEVER;
  }

  /** Returns start − arrival, or {@link TaskTimes#NEVER} if it was never resumed. */
  public long response() {
    return firstResumed == TaskTimes.NEVER ? TaskTimes.NEVER : firstResumed - made;
  }

  public long running() {
    return own;
  }

  public long waiting() {
    return spent[Activity.READY.ordinal()] + spent[Activity.PREEMPTED.ordinal()];
  }

  public long blocked() {
    return spent[Activity.AWAITING.ordinal()] + blockedThread();
  }

  /** Returns how much of {@link #blocked} its thread slept: in a call that blocks, or stopped. */
  public long blockedThread() {
    return spent[Activity.BLOCKED.ordinal()];
  }

  public long overhead() {
    return overhead;
  }

  /** Returns how often it had its turn. */
  public long resumes() {
    return resumes;
  }

  /** Returns how often it let others come before. */
  public long yields() {
    return yields;
  }

  /** Returns how often it suspended for such a cause. */
  public long awaits(AwaitCause cause) {
    if (cause == awaited) {
      return awaits;
    }
    return otherAwaits == null ? 0 : otherAwaits[cause.ordinal()];
  }

  /** Returns how often it suspended because what it awaited was not there. */
  public long awaits() {
    return awaits + (otherAwaits == null ? 0L : Arrays.stream(otherAwaits).sum());
  }

  /** Returns how it ended; null if it did not. */
  public End end() {
    return end;
  }

  /** Returns the error by which it ended, or null. */
  public String error() {
    return error;
  }
}
