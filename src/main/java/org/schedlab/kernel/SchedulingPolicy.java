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

  /** Says whether {@link #pickNext} would give a thread. */
  default boolean hasReadyFor(int cpu) {
    return peek(cpu) != null;
  }

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

  /**
   * The slice of a running thread is over and no other ready one may run on its CPU: says whether
   * it keeps the CPU. A policy that holds threads back answers false for one that has used up what
   * it may; {@link #enqueue} follows then, and {@link #renew} otherwise.
   */
  default boolean keepsCpu(Task running) {
    return true;
  }

  /** A running thread has another priority now, for the sake of a lock. */
  default void priorityChanged(Task running) {}

  /** A running thread has used the CPU for {@code ran} nanoseconds since it was last charged. */
  default void charge(Task task, long ran) {}

  /** A running thread's CPU burst is over: it blocks or ends. */
  default void burstEnded(Task task) {}

  /** A running thread sleeps; {@link Task#sliceLeft} says what it leaves of its slice. */
  default void blocked(Task task) {}

  /** A thread that another queue had runs on a CPU of this one, which has stolen it. */
  default void adopt(Task running) {}

  /** Says whether {@link #waitsFor} is to be told. */
  default boolean tracksWaiting() {
    return false;
  }

  /**
   * A sleeping thread waits for a mutex from now on, or that mutex has another holder. Told to one
   * instance only, whatever queue has the two.
   *
   * @param holder who holds the mutex; null when the thread waits no more
   */
  default void waitsFor(Task sleeper, Task holder) {}

  /** Returns the forecast of the thread's next burst, or -1 when the policy makes none. */
  default long estimate(Task task) {
    return -1;
  }

  /**
   * The thread has ended: forget it. Its slot may be used again, and the same object may come again
   * for a later thread, with nothing in {@link Task#policyWord} and {@link Task#policyState}.
   */
  default void retire(Task task) {}

  /** Returns when {@link #onTimer} is to be called next, or {@link #NO_LIMIT} for never. */
  default long nextTimer() {
    return NO_LIMIT;
  }

  /** The time that {@link #nextTimer} named has come. Runs after quanta have expired. */
  default void onTimer(long now) {}

  /** Says, after {@link #onTimer}, whether the slice of a running thread begins anew. */
  default boolean restartsSlice(Task running) {
    return false;
  }

  /** Says whether quanta end before the wakes and arrivals of the same instant (as in MLFQ). */
  default boolean quantumEndsFirst() {
    return false;
  }

  /**
   * The run is over: all threads have ended, none can go on, or the horizon is reached. The last
   * call that a policy gets, told to each instance.
   */
  default void finished(long now) {}

  // --- asked only where decisions are explained

  /** Returns by what ready threads are compared, in a word or two. */
  default String keyName() {
    return "ready since";
  }

  /** Returns what a ready thread is compared by, as a number of {@link #keyName}'s kind. */
  default Key key(Task ready) {
    return Key.time(ready.readySince());
  }

  /** Returns, in a short sentence, by which rule a thread has just been picked. */
  default String reason(Task picked) {
    return "is the head of the queue";
  }

  /**
   * What a thread is compared by.
   *
   * @param nanos a time, or null where {@code text} says it all
   * @param text the number or words; empty for a time
   */
  record Key(Long nanos, String text) {
    /** Returns a time or duration in nanoseconds; {@link #NO_LIMIT} is none. */
    public static Key time(long nanos) {
      return nanos == NO_LIMIT ? none() : new Key(nanos, "");
    }

    /** Returns a number without a unit. */
    public static Key number(long number) {
      return new Key(null, Long.toString(number));
    }

    public static Key of(String text) {
      return new Key(null, text);
    }

    /** Returns what a thread has that nothing compares. */
    public static Key none() {
      return new Key(null, "none");
    }
  }
}
