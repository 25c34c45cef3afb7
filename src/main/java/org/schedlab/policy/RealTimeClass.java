package org.schedlab.policy;

import org.schedlab.kernel.Task;

/**
 * Linux's SCHED_FIFO and SCHED_RR: the most urgent thread runs; equals in order of entry, those of
 * class {@code rr} for a quantum each. A preempted thread stays at the head of its priority and
 * keeps the rest of its quantum.
 *
 * <p>Source: sched(7); IEEE Std 1003.1, section 2.8.4.
 */
final class RealTimeClass extends HeapPolicy {
  static final String ROUND_ROBIN = "rr";

  private final long quantum;

  /** Counts up for entries at the tail of a priority, down for entries at its head. */
  private long tail;

  private long head = -1;

  RealTimeClass(long quantum) {
    this.quantum = quantum;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    boolean toHead = reason == Reason.LOWERED || reason == Reason.PREEMPTED;
    ready.add(task, task.priority(), toHead ? head-- : tail++);
  }

  @Override
  public long timeSlice(Task task) {
    if (!task.schedulingClass().equals(ROUND_ROBIN)) {
      return NO_LIMIT;
    }
    return task.sliceLeft() > 0 ? task.sliceLeft() : quantum;
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return ready.priority() < running.priority();
  }

  @Override
  public String keyName() {
    return "priority";
  }

  @Override
  public Key key(Task task) {
    return Key.number(-task.priority());
  }

  @Override
  public String reason(Task picked) {
    return "has the highest priority";
  }
}
