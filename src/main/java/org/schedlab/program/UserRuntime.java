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

  /** A request to a device has been made for the coroutine; returns the number of the request. */
  int request();

  /** A request has been served. */
  void served(int request);

  /** Says whether a coroutine can go on, or will at a time that has come. */
  boolean hasEvents();

  /** Returns when the next timer is due; {@link Long#MAX_VALUE} for none. */
  long nextTimer();

  /** Returns where a coroutine stands or ended, or null. */
  Execution execution(String taskName);

  /** Says of each coroutine that waits what it waits for, as {@code NAME waits for WHAT}. */
  List<String> waits();

  /** Its thread has ended. */
  void closed();
}
