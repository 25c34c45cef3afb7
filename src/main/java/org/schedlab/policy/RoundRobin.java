package org.schedlab.policy;

import org.schedlab.kernel.Task;

/**
 * Round robin: one first-in-first-out queue; a thread runs at most one quantum at a time. Whoever
 * arrives or wakes at the instant a quantum ends stands ahead of the thread whose quantum ended.
 *
 * <p>Source: Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., section 5.3.3.
 */
final class RoundRobin extends FifoPolicy {
  private final long quantum;

  /**
   * Makes an empty queue.
   *
   * @param quantum in nanoseconds, at least 1
   */
  RoundRobin(long quantum) {
    this.quantum = quantum;
  }

  @Override
  public long timeSlice(Task task) {
    return quantum;
  }
}
