package org.schedlab.policy;

import org.schedlab.kernel.Task;

/**
 * The real-time policies: the ready thread with the smallest key runs, preemptively. Equal keys do
 * not preempt; among them the earlier release goes first, then the order of the file. A thread
 * without a key runs when no other is ready, in order of entry.
 *
 * <p>Rate-monotonic and earliest deadline first: Liu and Layland, "Scheduling algorithms for
 * multiprogramming in a hard-real-time environment", JACM 20(1), 1973. Deadline-monotonic: Leung
 * and Whitehead, "On the complexity of fixed-priority scheduling of periodic, real-time tasks",
 * Performance Evaluation 2(4), 1982.
 */
final class DeadlineScheduling extends HeapPolicy {
  /** What a real-time policy orders by; {@link Long#MAX_VALUE} for a thread that has none. */
  @FunctionalInterface
  private interface Key {
    long of(Task task);
  }

  private final Key key;
  private long entries;

  private DeadlineScheduling(Key key) {
    this.key = key;
  }

  static DeadlineScheduling rateMonotonic() {
    return new DeadlineScheduling(Task::period);
  }

  static DeadlineScheduling deadlineMonotonic() {
    return new DeadlineScheduling(Task::relativeDeadline);
  }

  static DeadlineScheduling earliestDeadlineFirst() {
    return new DeadlineScheduling(Task::absoluteDeadline);
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    long first = key.of(task);
    if (first == Long.MAX_VALUE) {
      ready.add(task, first, entries++, 0);
    } else {
      ready.add(task, first, task.release(), task.order());
    }
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return key.of(ready) < key.of(running);
  }
}
