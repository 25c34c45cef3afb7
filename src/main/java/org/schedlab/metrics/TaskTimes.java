package org.schedlab.metrics;

import java.util.Arrays;
import java.util.Locale;
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
 * <p>Called several times per dispatch: columns of primitives indexed by thread id, and nothing is
 * allocated but when threads are created.
 */
public final class TaskTimes implements TraceSink {
  /** Stands for a time that has not come: of a start, a finish or an arrival. */
  public static final long NEVER = -1;

  // The states of TraceSink's diagram; the first four also number the cells of `spent`.
  private static final byte NEW = 0;
  private static final byte READY = 1;
  private static final byte RUNNING = 2;
  private static final byte BLOCKED = 3;
  private static final byte ENDED = 4;

  private int count;
  private String[] names = new String[16];
  private int[] processes = new int[16];
  private byte[] states = new byte[16];
  private long[] since = new long[16];
  private long[] spent = new long[16 << 2];
  private long[] arrivals = new long[16];
  private long[] starts = new long[16];
  private long[] finishes = new long[16];
  private long[] ownWork = new long[16];
  private long[] overheads = new long[16];
  private long[] voluntary = new long[16];
  private long[] involuntary = new long[16];
  private long[] systemCalls = new long[16];
  private int[] exitCodes = new int[16];
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
    if (states[thread] == ENDED) {
      forget(thread);
    }
    names[thread] = name;
    processes[thread] = process;
    since[thread] = time;
    arrivals[thread] = NEVER;
    starts[thread] = NEVER;
    finishes[thread] = NEVER;
  }

  /** A job of a workload gets the id of one that has ended. */
  private void forget(int thread) {
    checkBooks(thread, since[thread]);
    states[thread] = NEW;
    Arrays.fill(spent, thread << 2, (thread << 2) + 4, 0);
    ownWork[thread] = 0;
    overheads[thread] = 0;
    voluntary[thread] = 0;
    involuntary[thread] = 0;
    if (thread < jobs.length) {
      jobs[thread] = null;
    }
  }

  private void grow(int capacity) {
    names = Arrays.copyOf(names, capacity);
    processes = Arrays.copyOf(processes, capacity);
    states = Arrays.copyOf(states, capacity);
    since = Arrays.copyOf(since, capacity);
    spent = Arrays.copyOf(spent, Math.multiplyExact(capacity, 4));
    arrivals = Arrays.copyOf(arrivals, capacity);
    starts = Arrays.copyOf(starts, capacity);
    finishes = Arrays.copyOf(finishes, capacity);
    ownWork = Arrays.copyOf(ownWork, capacity);
    overheads = Arrays.copyOf(overheads, capacity);
    voluntary = Arrays.copyOf(voluntary, capacity);
    involuntary = Arrays.copyOf(involuntary, capacity);
    systemCalls = Arrays.copyOf(systemCalls, capacity);
    exitCodes = Arrays.copyOf(exitCodes, capacity);
  }

  private void enter(int thread, long time, byte state) {
    spent[thread << 2 | states[thread]] += time - since[thread];
    states[thread] = state;
    since[thread] = time;
  }

  @Override
  public void systemCall(long time, int thread) {
    systemCalls[thread]++;
  }

  @Override
  public void madeReady(long time, int thread) {
    arrivals[thread] = time;
    enter(thread, time, READY);
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    enter(thread, time, RUNNING);
  }

  @Override
  public void started(long time, int thread, int cpu) {
    if (starts[thread] == NEVER) {
      starts[thread] = time;
    }
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    enter(thread, time, READY);
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    enter(thread, time, BLOCKED);
  }

  @Override
  public void woken(long time, int thread, int waker) {
    enter(thread, time, READY);
  }

  @Override
  public void suspended(long time, int thread) {
    enter(thread, time, BLOCKED);
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    if (arrivals[thread] == NEVER) {
      // Its process ended before it could begin: it came and went at once.
      arrivals[thread] = time;
    }
    enter(thread, time, ENDED);
    finishes[thread] = time;
    exitCodes[thread] = code;
  }

  @Override
  public void switched(long time, int cpu, int from, int to, boolean wasVoluntary) {
    if (from == NONE) {
      return;
    }
    if (wasVoluntary) {
      voluntary[from]++;
    } else {
      involuntary[from]++;
    }
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    if (thread == NONE) {
      return;
    }
    if (account == Account.OWN_WORK) {
      ownWork[thread] += to - from;
    } else {
      overheads[thread] += to - from;
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
      if (states[thread] != ENDED) {
        enter(thread, time, states[thread]);
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
    long onCpus = spent[thread << 2 | RUNNING];
    if (onCpus != ownWork[thread] + overheads[thread]) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "books of %s do not balance at %d ns: %d ns on CPUs, but %d of own work and %d of"
                  + " overhead were charged",
              names[thread],
              time,
              onCpus,
              ownWork[thread],
              overheads[thread]));
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
    return arrivals[thread];
  }

  /** Returns when its own work began, or {@link #NEVER}. */
  public long start(int thread) {
    return starts[thread];
  }

  /** Returns when it ended, or {@link #NEVER}. */
  public long finish(int thread) {
    return finishes[thread];
  }

  public boolean hasEnded(int thread) {
    return finishes[thread] != NEVER;
  }

  /** Returns finish − arrival, or {@link #NEVER} if the thread has not ended. */
  public long turnaround(int thread) {
    return hasEnded(thread) ? finishes[thread] - arrivals[thread] : NEVER;
  }

  /** Returns start − arrival, or {@link #NEVER} if the thread has not run. */
  public long response(int thread) {
    return starts[thread] == NEVER ? NEVER : starts[thread] - arrivals[thread];
  }

  /** Returns the CPU time of its own operations. */
  public long running(int thread) {
    return ownWork[thread];
  }

  /** Returns the time ready but not running. */
  public long waiting(int thread) {
    return spent[thread << 2 | READY];
  }

  /** Returns the time asleep. */
  public long blocked(int thread) {
    return spent[thread << 2 | BLOCKED];
  }

  /** Returns the kernel time charged on its behalf. */
  public long overhead(int thread) {
    return overheads[thread];
  }

  /** Returns how often a CPU went to another thread because this one left of its own accord. */
  public long voluntarySwitches(int thread) {
    return voluntary[thread];
  }

  /** Returns how often a CPU went to another thread because this one had to leave. */
  public long involuntarySwitches(int thread) {
    return involuntary[thread];
  }

  /** Returns how many system calls it made. */
  public long systemCalls(int thread) {
    return systemCalls[thread];
  }

  /** Returns how many system calls all threads made. */
  public long systemCalls() {
    return Arrays.stream(systemCalls, 0, count).sum();
  }

  /** Returns the exit code; meaningless before the thread {@link #hasEnded}. */
  public int exitCode(int thread) {
    return exitCodes[thread];
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
