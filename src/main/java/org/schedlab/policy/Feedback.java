package org.schedlab.policy;

import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Feedback: queues of falling priority, each served in order. A thread goes one queue down when its
 * quantum ends while another is ready. An arrival does not end a quantum that has begun. A thread
 * that wakes returns to the queue that it left. The policy's word of a thread is its queue.
 *
 * <p>Source: Stallings, Operating Systems, 9th ed., section 9.2 (FB, with q = 1 and q = 2^i).
 */
final class Feedback implements SchedulingPolicy {
  private final FifoQueue[] queues;
  private final long[] quanta;
  private int size;

  Feedback(PolicyParameters parameters) {
    queues = new FifoQueue[parameters.integer("queues")];
    quanta = new long[queues.length];
    long quantum = parameters.duration("quantum");
    for (int i = 0; i < queues.length; i++) {
      queues[i] = new FifoQueue();
      quanta[i] = quantum;
      quantum = saturatedProduct(quantum, parameters.integer("growth"));
    }
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    int level = (int) task.policyWord();
    if (reason == Reason.QUANTUM) {
      // Enqueued at the end of its quantum only when another thread is ready; see renew.
      level = Math.min(level + 1, queues.length - 1);
      task.setPolicyWord(level);
    }
    queues[level].addLast(task);
    size++;
  }

  @Override
  public void dequeue(Task task) {
    queues[(int) task.policyWord()].remove(task);
    size--;
  }

  @Override
  public Task pickNext(int cpu) {
    for (FifoQueue queue : queues) {
      Task task = queue.pollFirst(cpu);
      if (task != null) {
        size--;
        return task;
      }
    }
    return null;
  }

  @Override
  public Task pickTail(int cpu) {
    for (int i = queues.length - 1; i >= 0; i--) {
      Task task = queues[i].pollLast(cpu);
      if (task != null) {
        size--;
        return task;
      }
    }
    return null;
  }

  @Override
  public Task peek(int cpu) {
    for (FifoQueue queue : queues) {
      Task task = queue.peekFirst(cpu);
      if (task != null) {
        return task;
      }
    }
    return null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long timeSlice(Task task) {
    return quanta[(int) task.policyWord()];
  }

  private static long saturatedProduct(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? NO_LIMIT : a * b;
  }

  @Override
  public String keyName() {
    return "queue";
  }

  @Override
  public Key key(Task task) {
    return Key.of("RQ" + task.policyWord());
  }

  @Override
  public String reason(Task picked) {
    return "is the head of the first queue that is not empty";
  }
}
