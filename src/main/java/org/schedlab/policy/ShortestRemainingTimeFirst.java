package org.schedlab.policy;

import org.schedlab.kernel.Task;

/**
 * Shortest remaining time first, the preemptive form of shortest job first: a thread that becomes
 * ready takes the CPU at once when its burst is strictly shorter than what is left of the running
 * one's; ties in order of entry.
 *
 * <p>Source: Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., section 5.3.2.
 */
final class ShortestRemainingTimeFirst extends HeapPolicy {
  private long entries;

  @Override
  public void enqueue(Task task, Reason reason) {
    ready.add(task, task.remainingBurst(), entries++);
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return ready.remainingBurst() < running.remainingBurst();
  }

  @Override
  public String keyName() {
    return "remaining burst";
  }

  @Override
  public Key key(Task task) {
    return Key.time(task.remainingBurst());
  }

  @Override
  public String reason(Task picked) {
    return "has the shortest remaining burst";
  }
}
