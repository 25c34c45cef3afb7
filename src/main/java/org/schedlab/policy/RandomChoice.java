package org.schedlab.policy;

import java.util.Arrays;
import org.schedlab.engine.RandomStream;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Random: every quantum one of the ready threads, the running one among them, each as likely as the
 * others. What a policy that knows something is better than, it should be better than this.
 */
final class RandomChoice implements SchedulingPolicy {
  private final RandomStream random;
  private final RandomStream foreseen = new RandomStream(0);
  private final long quantum;
  private Task[] ready = new Task[16];
  private int size;

  /** How many of them may not run on every CPU. */
  private int restricted;

  RandomChoice(Context context, long quantum) {
    this.random = context.random();
    this.quantum = quantum;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    if (size == ready.length) {
      ready = Arrays.copyOf(ready, 2 * size);
    }
    ready[size++] = task;
    restricted += task.mayRunAnywhere() ? 0 : 1;
  }

  @Override
  public void dequeue(Task task) {
    for (int i = 0; i < size; i++) {
      if (ready[i] == task) {
        removeAt(i);
        return;
      }
    }
    throw new IllegalStateException(task.name() + " is not ready");
  }

  @Override
  public Task pickNext(int cpu) {
    int at = draw(cpu, random);
    return at < 0 ? null : removeAt(at);
  }

  @Override
  public Task pickTail(int cpu) {
    for (int i = size - 1; i >= 0; i--) {
      if (ready[i].mayRunOn(cpu)) {
        return removeAt(i);
      }
    }
    return null;
  }

  @Override
  public Task peek(int cpu) {
    foreseen.copyFrom(random);
    int at = draw(cpu, foreseen);
    return at < 0 ? null : ready[at];
  }

  @Override
  public boolean hasReadyFor(int cpu) {
    return eligible(cpu) > 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long timeSlice(Task task) {
    return quantum;
  }

  /** Returns where the winner stands among those that may run on the CPU, or -1. */
  private int draw(int cpu, RandomStream stream) {
    int candidates = eligible(cpu);
    if (candidates == 0) {
      return -1;
    }
    int winner = (int) stream.nextLong(candidates);
    if (candidates == size) {
      return winner;
    }
    int at = -1;
    for (int left = winner; left >= 0; left -= ready[at].mayRunOn(cpu) ? 1 : 0) {
      at++;
    }
    return at;
  }

  private int eligible(int cpu) {
    int count = size;
    if (restricted > 0) {
      count = 0;
      for (int i = 0; i < size; i++) {
        count += ready[i].mayRunOn(cpu) ? 1 : 0;
      }
    }
    return count;
  }

  private Task removeAt(int index) {
    Task removed = ready[index];
    size--;
    ready[index] = ready[size];
    ready[size] = null;
    restricted -= removed.mayRunAnywhere() ? 0 : 1;
    return removed;
  }

  @Override
  public String reason(Task picked) {
    return "was drawn from " + (size + 1) + (size == 0 ? " ready thread" : " ready threads");
  }
}
