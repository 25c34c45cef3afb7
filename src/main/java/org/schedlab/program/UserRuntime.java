package org.schedlab.program;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What schedules the coroutines of a thread, in user space. The kernel knows the thread alone: it
 * asks for one instruction after the other and carries it out, whoever's it is.
 */
public interface UserRuntime {
  /** Makes runtimes. */
  @FunctionalInterface
  interface Factory {
    /**
     * Makes the runtime of a thread.
     *
     * @param taskName the full name of the thread
     */
    UserRuntime create(int thread, String taskName, Instruction.LoopSeed seed, Host host);
  }

  /** What a runtime is given by the thread that it runs in. */
  interface Host extends Execution.AssertionListener {
    /**
     * Wakes the thread, if it sleeps for events.
     *
     * @param waker whose thread does it; null where an interrupt does
     */
    void wake(Host waker);

    /**
     * Has the clock wake the thread, which sleeps for events, unless it wakes before.
     *
     * @param time when, in place of a time told before; {@link Long#MAX_VALUE} for never
     */
    void setAlarm(long time);

    /** Returns the simulated time in nanoseconds. */
    long now();

    /** Returns the random numbers of a coroutine. */
    RandomGenerator random(String taskName);

    /** Returns the name of a device. */
    String device(int id);

    /** Returns an object that the thread's process sees, as programs count them. */
    SharedObject object(int index);
  }

  /**
   * Returns the next instruction of the thread: of the coroutine that has its turn, or of the
   * runtime itself. What coroutines do among themselves happens within.
   */
  Instruction next();

  /** Returns where the coroutine stands whose turn it is. */
  Execution current();

  /** Returns the random numbers of that coroutine. */
  RandomGenerator random();

  /** Returns what the runtime's own instruction takes, in nanoseconds. */
  long cost();

  /** Says whether there is room on the coroutine's stack for so many bytes of calls. */
  boolean hasStackFor(long bytes);

  /** A request to a device has been made for the coroutine; returns what stands for it. */
  Object request();

  /** A request has been served. */
  void served(Object request);

  /** Says whether there is a coroutine that can go on, or could by now. */
  boolean hasEvents();

  /** Its thread sleeps for events from now on. */
  void slept();

  /** Its thread does not sleep for events any more. */
  void woken();

  /** Wakes another thread that runs the same coroutines. */
  void wakeOther();

  /** Returns where a coroutine stands or ended, or null. */
  Execution execution(String taskName);

  /** Says of each coroutine that waits what it waits for, as {@code NAME waits for WHAT}. */
  List<String> waits();

  /** Its thread has ended. */
  void closed();
}
