package org.schedlab.policy;

import org.schedlab.kernel.Task;

/**
 * Least attained service, also called foreground-background: the thread that has had the least CPU
 * time runs. A thread that becomes ready with less than the running one takes the CPU at once;
 * equals share it in turns of a quantum, in order of entry. No burst need be known, and where most
 * are short and a few very long it comes near to shortest remaining time first.
 *
 * <p>Source: Kleinrock, Queueing Systems, volume 2, 1976, section 4.6 (FB); Nuyens and Wierman,
 * "The foreground-background queue: a survey", Performance Evaluation 65, 2008.
 */
final class LeastAttainedService extends HeapPolicy {
  private final long quantum;
  private long entries;

  /**
   * Makes an empty queue.
   *
   * @param quantum in nanoseconds, at least 1
   */
  LeastAttainedService(long quantum) {
    this.quantum = quantum;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    ready.add(task, task.attained(), entries++);
  }

  /** Up to the point where it has had as much as the next one, and then they are equals. */
  @Override
  public long timeSlice(Task task) {
    if (ready.size() == 0) {
      return quantum;
    }
    long lead = ready.rootKey() - task.attained();
    return lead > 0 ? Math.min(lead, quantum) : quantum;
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return ready.attained() < running.attained();
  }

  @Override
  public String keyName() {
    return "attained";
  }

  @Override
  public Key key(Task task) {
    return Key.time(task.attained());
  }

  @Override
  public String reason(Task picked) {
    return "has had the least CPU time";
  }
}
