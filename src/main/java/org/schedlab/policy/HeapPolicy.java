package org.schedlab.policy;

import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/** What policies have in common that serve ready threads by a key fixed when they become ready. */
abstract class HeapPolicy implements SchedulingPolicy {
  final ReadyHeap ready = new ReadyHeap();

  @Override
  public final void dequeue(Task task) {
    ready.remove(task);
  }

  @Override
  public final Task pickNext(int cpu) {
    return ready.poll(cpu);
  }

  @Override
  public final Task pickTail(int cpu) {
    return ready.pollLast(cpu);
  }

  @Override
  public final Task peek(int cpu) {
    return ready.peek(cpu);
  }

  @Override
  public final int size() {
    return ready.size();
  }
}
