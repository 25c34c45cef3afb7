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
  private interface Urgency {
    long of(Task task);
  }

  private final Urgency urgency;
  private final String name;
  private long entries;

  private DeadlineScheduling(Urgency urgency, String name) {
    this.urgency = urgency;
    this.name = name;
  }

  static DeadlineScheduling rateMonotonic() {
    return new DeadlineScheduling(Task::period, "period");
  }

  static DeadlineScheduling deadlineMonotonic() {
    return new DeadlineScheduling(Task::relativeDeadline, "relative deadline");
  }

  static DeadlineScheduling earliestDeadlineFirst() {
    return new DeadlineScheduling(Task::absoluteDeadline, "deadline");
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    long first = urgency.of(task);
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
    return urgency.of(ready) < urgency.of(running);
  }

  @Override
  public String keyName() {
    return name;
  }

  @Override
  public Key key(Task task) {
    return Key.time(urgency.of(task));
  }

  @Override
  public String reason(Task picked) {
    return urgency.of(picked) == Long.MAX_VALUE
        ? "is the first, and none of those with a " + name + " is ready"
        : "has the smallest " + name;
  }
}
