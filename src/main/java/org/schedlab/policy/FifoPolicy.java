package org.schedlab.policy;

import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/** What first come, first served and round robin have in common: one queue, served in order. */
abstract class FifoPolicy implements SchedulingPolicy {
  private final FifoQueue ready = new FifoQueue();

  @Override
  public final void enqueue(Task task, Reason reason) {
    ready.addLast(task);
  }

  @Override
  public final void dequeue(Task task) {
    ready.remove(task);
  }

  @Override
  public final Task pickNext(int cpu) {
    return ready.pollFirst(cpu);
  }

  @Override
  public final Task pickTail(int cpu) {
    return ready.pollLast(cpu);
  }

  @Override
  public final Task peek(int cpu) {
    return ready.peekFirst(cpu);
  }

  @Override
  public final boolean hasReadyFor(int cpu) {
    return ready.hasFor(cpu);
  }

  @Override
  public final int size() {
    return ready.size();
  }
}
