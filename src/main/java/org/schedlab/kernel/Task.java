package org.schedlab.kernel;

/** What a scheduling policy sees of a thread. Times are nanoseconds. */
public interface Task {
  /**
   * Returns the thread's place in the order of the scenario file (threads made during the run come
   * after, in order of creation): the last tie-break of several policies.
   */
  int order();

  /**
   * Returns a small number that no other living thread has, for arrays of a policy's own data. It
   * is used again after the thread has ended.
   */
  int slot();

  /** Returns the full task name. */
  String name();

  /** Returns the urgency: a smaller number is more urgent, whatever the scenario's order. */
  long priority();

  int nice();

  int tickets();

  /** Returns the currency of its tickets; empty for the base. */
  String currency();

  /** Returns the slice that the thread asks for, or 0 for the policy's own. */
  long slice();

  /** Returns the class that the scenario puts the thread in, or the empty text. */
  String schedulingClass();

  /** Returns how much CPU time is reserved for it in each {@link #reservedPeriod}; 0 for none. */
  long reservedRuntime();

  /** Returns the period of its reservation; 0 where it has none. */
  long reservedPeriod();

  /** Returns the relative deadline of its reservation; 0 where it has none. */
  long reservedDeadline();

  /** Returns the period of a periodic thread, or {@link Long#MAX_VALUE}. */
  long period();

  /** Returns the relative deadline, or {@link Long#MAX_VALUE} for a thread without one. */
  long relativeDeadline();

  /** Returns the current job's deadline, or {@link Long#MAX_VALUE} for a thread without one. */
  long absoluteDeadline();

  /** Returns when the current job was released (the arrival, for a thread without a period). */
  long release();

  /** Returns when the thread last became ready. Meaningful while it is ready. */
  long readySince();

  /** Returns the CPU time of its own operations so far. */
  long attained();

  /**
   * Returns the length of the CPU burst that the thread is in or about to begin: the sum of its
   * compute operations up to the next one that can block.
   */
  long burst();

  /** Returns how much of {@link #burst} is still to be computed, now. */
  long remainingBurst();

  /** Returns the CPU time of the burst so far. */
  long burstSoFar();

  /**
   * Returns what was left of the time slice when the thread was last preempted by another or went
   * to sleep; 0 when it left its CPU in any other way, and once it has been woken.
   */
  long sliceLeft();

  /** Says whether the thread may run on a CPU. */
  boolean mayRunOn(int cpu);

  /** Says whether the thread may run on every CPU. */
  boolean mayRunAnywhere();

  /** Returns a number that belongs to the policy and stays with the thread; 0 at first. */
  long policyWord();

  /** Sets the policy's number. */
  void setPolicyWord(long word);

  /** Returns an object that belongs to the policy and stays with the thread; null at first. */
  Object policyState();

  /** Sets the policy's object. */
  void setPolicyState(Object state);
}
