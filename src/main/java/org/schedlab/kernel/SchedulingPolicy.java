package org.schedlab.kernel;

import org.schedlab.engine.RandomStream;

/**
 * Decides which ready thread runs next and for how long. The kernel calls the policy, never the
 * reverse. Between {@link #enqueue} and the {@link #pickNext}, {@link #pickTail} or {@link
 * #dequeue} that takes it out, a ready thread belongs to the policy; a running thread does not.
 *
 * <p>There is one instance for each ready queue: one in all, or one per CPU. The shape is that of
 * Linux's {@code sched_class}: enqueue and dequeue, pick, check for preemption, account.
 */
public interface SchedulingPolicy {
  /** How long a slice lasts that only blocking or a more urgent thread ends. */
  long NO_LIMIT = Long.MAX_VALUE;

  /** Why a thread comes to stand in the ready queue. */
  enum Reason {
    /** It is new. */
    ARRIVAL,
    /** What it waited for has happened. */
    WAKE,
    /** A job of a periodic thread begins, at its release or at the end of the job before. */
    RELEASE,
    /** A more urgent thread took its CPU. */
    PREEMPTED,
    /** Its slice is over. */
    QUANTUM,
    /** It gave the CPU up and stays ready. */
    YIELD,
    /** Its priority has risen while it was ready: it goes to the tail of its new one. */
    RAISED,
    /** Its priority has dropped while it was ready: it goes to the head of its new one. */
    LOWERED
  }

  /** Tells the time. */
  @FunctionalInterface
  interface Clock {
    /** Returns the simulated time in nanoseconds. */
    long now();
  }

  /**
   * What a policy may use.
   *
   * @param clock the simulated time
   * @param cpus how many CPUs the queue serves
   * @param random the policy's own stream of random numbers
   */
  record Context(Clock clock, int cpus, RandomStream random) {}

  /** Takes charge of a ready thread. */
  void enqueue(Task task, Reason reason);

  /** Gives a ready thread back that will not run, because its process ends. */
  void dequeue(Task task);

  /**
   * Chooses the thread that runs next on a CPU and gives it back, or null when no ready one may run
   * there.
   */
  Task pickNext(int cpu);

  /** Gives back the thread that another CPU may steal: the last in line that may run there. */
  Task pickTail(int cpu);

  /** Returns what {@link #pickNext} would, and keeps it. */
  Task peek(int cpu);

  /** Returns how many threads are ready. */
  int size();

  /**
   * Returns how long the thread, just picked, may run before {@link Reason#QUANTUM}; at least 1
   * nanosecond.
   */
  default long timeSlice(Task task) {
    return NO_LIMIT;
  }

  /** Says whether {@link #preempts} can ever be true; if not, it is not asked. */
  default boolean isPreemptive() {
    return false;
  }

  /** Says whether a ready thread takes the CPU of a running one at once. Must be a strict order. */
  default boolean preempts(Task ready, Task running) {
    return false;
  }

  /**
   * The slice of a running thread is over and no other ready one may run on its CPU: it keeps the
   * CPU with a fresh slice. Most policies have nothing to remember.
   */
  default void renew(Task running) {}

  /** A running thread has another priority now, for the sake of a lock. */
  default void priorityChanged(Task running) {}

  /** A running thread has used the CPU for {@code ran} nanoseconds since it was last charged. */
  default void charge(Task task, long ran) {}

  /** A running thread's CPU burst is over: it blocks or ends. */
  default void burstEnded(Task task) {}

  /** Returns the forecast of the thread's next burst, or -1 when the policy makes none. */
  default long estimate(Task task) {
    return -1;
  }

  /** The thread has ended; its slot may be used again. */
  default void retire(Task task) {}

  /** Returns when {@link #onTimer} is to be called next, or {@link #NO_LIMIT} for never. */
  default long nextTimer() {
    return NO_LIMIT;
  }

  /** The time that {@link #nextTimer} named has come. Runs after quanta have expired. */
  default void onTimer(long now) {}

  /** Says whether quanta end before the wakes and arrivals of the same instant (as in MLFQ). */
  default boolean quantumEndsFirst() {
    return false;
  }
}
