package org.schedlab.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * Where the time of each thread went. For every thread that has arrived,
 *
 * <pre>finish − arrival = running + waiting + blocked + overhead</pre>
 *
 * exactly, with the end of the run in place of a finish it has not reached; {@link #finished}
 * checks it against the ledger's stretches, from which running and overhead come.
 *
 * <p>Called several times per dispatch: one row of primitives for each thread, so that what a
 * dispatch touches lies in two cache lines, and nothing is allocated but when threads are created.
 */
public final class TaskTimes implements TraceSink {
  /** Stands for a time that has not come: of a start, a finish or an arrival. */
  public static final long NEVER = -1;

  // The states of TraceSink's diagram; the first four also are the columns of the time spent so.
  private static final int NEW = 0;
  private static final int READY = 1;
  private static final int RUNNING = 2;
  private static final int BLOCKED = 3;
  private static final int ENDED = 4;

  // Further columns. Nothing is added to that of ENDED.
  private static final int STATE = 5;
  private static final int SINCE = 6;
  private static final int OWN_WORK = 7;
  private static final int OVERHEAD = 8;
  private static final int VOLUNTARY = 9;
  private static final int INVOLUNTARY = 10;
  private static final int SYSTEM_CALLS = 11;
  private static final int ARRIVAL = 12;
  private static final int START = 13;
  private static final int FINISH = 14;
  private static final int EXIT_CODE = 15;

  /** A row has so many columns, as a power of two. */
  private static final int SHIFT = 4;

  private int count;
  private String[] names = new String[16];
  private int[] processes = new int[16];
  private long[] rows = new long[16 << SHIFT];
  private JobTimes[] jobs = new JobTimes[0];
  private String[] processNames = new String[16];

  @Override
  public void processStarted(long time, int process, String name) {
    if (process >= processNames.length) {
      processNames = Arrays.copyOf(processNames, Math.max(process + 1, processNames.length * 2));
    }
    processNames[process] = name;
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    if (thread >= names.length) {
      grow(Math.max(thread + 1, names.length * 2));
    }
    count = Math.max(count, thread + 1);
    int row = thread << SHIFT;
    if (rows[row + STATE] == ENDED) {
      forget(thread);
    }
    names[thread] = name;
    processes[thread] = process;
    rows[row + SINCE] = time;
    rows[row + ARRIVAL] = NEVER;
    rows[row + START] = NEVER;
    rows[row + FINISH] = NEVER;
  }

  /** A job of a workload gets the id of one that has ended; system calls are added up. */
  private void forget(int thread) {
    int row = thread << SHIFT;
    checkBooks(thread, rows[row + SINCE]);
    long calls = rows[row + SYSTEM_CALLS];
    Arrays.fill(rows, row, row + (1 << SHIFT), 0);
    rows[row + SYSTEM_CALLS] = calls;
    if (thread < jobs.length) {
      jobs[thread] = null;
    }
  }

  private void grow(int capacity) {
    names = Arrays.copyOf(names, capacity);
    processes = Arrays.copyOf(processes, capacity);
    rows = Arrays.copyOf(rows, Math.multiplyExact(capacity, 1 << SHIFT));
  }

  private long cell(int thread, int column) {
    return rows[(thread << SHIFT) + column];
  }

  private void enter(int thread, long time, int state) {
    move(thread, time, (int) cell(thread, STATE), state);
  }

  /** Where the diagram knows the state left behind, there is one dependent look-up less. */
  private void move(int thread, long time, int from, int to) {
    int row = thread << SHIFT;
    rows[row + from] += time - rows[row + SINCE];
    rows[row + STATE] = to;
    rows[row + SINCE] = time;
  }

  @Override
  public void systemCall(long time, int thread) {
    rows[(thread << SHIFT) + SYSTEM_CALLS]++;
  }

  @Override
  public void madeReady(long time, int thread) {
    rows[(thread << SHIFT) + ARRIVAL] = time;
    enter(thread, time, READY);
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    move(thread, time, READY, RUNNING);
  }

  @Override
  public void started(long time, int thread, int cpu) {
    int start = (thread << SHIFT) + START;
    if (rows[start] == NEVER) {
      rows[start] = time;
    }
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    move(thread, time, RUNNING, READY);
  }

  @Override
  public void handedOver(long time, int cpu, int from, int to, Departure why) {
    move(from, time, RUNNING, READY);
    move(to, time, READY, RUNNING);
    if (from != to) {
      switched(time, cpu, from, to, why.isVoluntary());
    }
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    move(thread, time, RUNNING, BLOCKED);
  }

  @Override
  public void woken(long time, int thread, int waker) {
    move(thread, time, BLOCKED, READY);
  }

  @Override
  public void suspended(long time, int thread) {
    enter(thread, time, BLOCKED);
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    int row = thread << SHIFT;
    if (rows[row + ARRIVAL] == NEVER) {
      // Its process ended before it could begin: it came and went at once.
      rows[row + ARRIVAL] = time;
    }
    enter(thread, time, ENDED);
    rows[row + FINISH] = time;
    rows[row + EXIT_CODE] = code;
  }

  @Override
  public void switched(long time, int cpu, int from, int to, boolean wasVoluntary) {
    if (from != NONE) {
      rows[(from << SHIFT) + (wasVoluntary ? VOLUNTARY : INVOLUNTARY)]++;
    }
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    if (thread != NONE) {
      int column = account == Account.OWN_WORK ? OWN_WORK : OVERHEAD;
      rows[(thread << SHIFT) + column] += to - from;
    }
  }

  @Override
  public void jobReleased(long time, int thread, long absoluteDeadline) {
    if (thread >= jobs.length) {
      jobs = Arrays.copyOf(jobs, Math.max(thread + 1, jobs.length * 2));
    }
    if (jobs[thread] == null) {
      jobs[thread] = new JobTimes();
    }
    jobs[thread].release(time, absoluteDeadline);
  }

  @Override
  public void jobCompleted(long time, int thread) {
    jobs[thread].complete(time);
  }

  /**
   * Closes the times of the threads that have not ended.
   *
   * @throws IllegalStateException if a thread's time on CPUs is not what was charged to it
   */
  @Override
  public void finished(long time) {
    for (int thread = 0; thread < count; thread++) {
      if (names[thread] == null) {
        continue;
      }
      if (cell(thread, STATE) != ENDED) {
        enter(thread, time, (int) cell(thread, STATE));
      }
      checkBooks(thread, time);
    }
    for (JobTimes of : jobs) {
      if (of != null) {
        of.finish(time);
      }
    }
  }

  private void checkBooks(int thread, long time) {
    long onCpus = cell(thread, RUNNING);
    long ownWork = cell(thread, OWN_WORK);
    long overhead = cell(thread, OVERHEAD);
    if (onCpus != ownWork + overhead) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "books of %s do not balance at %d ns: %d ns on CPUs, but %d of own work and %d of"
                  + " overhead were charged",
              names[thread],
              time,
              onCpus,
              ownWork,
              overhead));
    }
  }

  /** Returns how many threads there were; their ids are below. */
  public int count() {
    return count;
  }

  /** Returns the full task name, such as {@code server/worker[0]}. */
  public String name(int thread) {
    return names[thread];
  }

  /** Returns the id of the thread's process. */
  public int process(int thread) {
    return processes[thread];
  }

  /** Returns the name of the thread's process. */
  public String processName(int thread) {
    return processNames[processes[thread]];
  }

  /** Returns when the thread first became ready, or {@link #NEVER}. */
  public long arrival(int thread) {
    return cell(thread, ARRIVAL);
  }

  /** Returns when its own work began, or {@link #NEVER}. */
  public long start(int thread) {
    return cell(thread, START);
  }

  /** Returns when it ended, or {@link #NEVER}. */
  public long finish(int thread) {
    return cell(thread, FINISH);
  }

  public boolean hasEnded(int thread) {
    return cell(thread, FINISH) != NEVER;
  }

  /** Returns finish − arrival, or {@link #NEVER} if the thread has not ended. */
  public long turnaround(int thread) {
    return hasEnded(thread) ? cell(thread, FINISH) - cell(thread, ARRIVAL) : NEVER;
  }

  /** Returns start − arrival, or {@link #NEVER} if the thread has not run. */
  public long response(int thread) {
    return cell(thread, START) == NEVER ? NEVER : cell(thread, START) - cell(thread, ARRIVAL);
  }

  /** Returns the CPU time of its own operations. */
  public long running(int thread) {
    return cell(thread, OWN_WORK);
  }

  /** Returns the time ready but not running. */
  public long waiting(int thread) {
    return cell(thread, READY);
  }

  /** Returns the time asleep. */
  public long blocked(int thread) {
    return cell(thread, BLOCKED);
  }

  /** Returns the kernel time charged on its behalf. */
  public long overhead(int thread) {
    return cell(thread, OVERHEAD);
  }

  /** Returns how often a CPU went to another thread because this one left of its own accord. */
  public long voluntarySwitches(int thread) {
    return cell(thread, VOLUNTARY);
  }

  /** Returns how often a CPU went to another thread because this one had to leave. */
  public long involuntarySwitches(int thread) {
    return cell(thread, INVOLUNTARY);
  }

  /** Returns how many system calls it made. */
  public long systemCalls(int thread) {
    return cell(thread, SYSTEM_CALLS);
  }

  /** Returns how many system calls all threads made. */
  public long systemCalls() {
    return IntStream.range(0, count).mapToLong(this::systemCalls).sum();
  }

  /** Returns the exit code; meaningless before the thread {@link #hasEnded}. */
  public int exitCode(int thread) {
    return (int) cell(thread, EXIT_CODE);
  }

  /** Says whether the thread has jobs: whether it is periodic or has a deadline. */
  public boolean hasJobs(int thread) {
    return thread < jobs.length && jobs[thread] != null;
  }

  /** Returns what became of its jobs; only where {@link #hasJobs}. */
  public JobTimes jobs(int thread) {
    return jobs[thread];
  }
}
