package org.schedlab.policy;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Several policies, one above the other: a thread belongs to one of them, and those of a lower one
 * run when no thread of a higher one can. Each thread's own policy decides everything else.
 */
final class LayeredPolicy implements SchedulingPolicy {
  private final SchedulingPolicy[] layers;
  private final String[] names;
  private final ToIntFunction<Task> layerOf;
  private final boolean preemptive;

  /** By slot: the layer in which a ready or running thread stands. */
  private byte[] standing = new byte[16];

  /**
   * Stacks policies.
   *
   * @param names of the layers, the highest first
   * @param preemptive whether a thread of a higher layer takes the CPU of a lower one's at once
   */
  LayeredPolicy(
      SchedulingPolicy[] layers, String[] names, ToIntFunction<Task> layerOf, boolean preemptive) {
    this.layers = layers;
    this.names = names;
    this.layerOf = layerOf;
    this.preemptive = preemptive;
  }

  private SchedulingPolicy of(Task task) {
    return layers[standing[task.slot()]];
  }

  /** Puts a thread where it belongs now. */
  private SchedulingPolicy settle(Task task) {
    int slot = task.slot();
    if (slot >= standing.length) {
      standing = Arrays.copyOf(standing, 2 * slot);
    }
    standing[slot] = (byte) layerOf.applyAsInt(task);
    return layers[standing[slot]];
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    switch (reason) {
      case PREEMPTED, QUANTUM, YIELD -> of(task).enqueue(task, reason);
      default -> settle(task).enqueue(task, reason);
    }
  }

  @Override
  public void dequeue(Task task) {
    of(task).dequeue(task);
  }

  @Override
  public Task pickNext(int cpu) {
    for (SchedulingPolicy layer : layers) {
      if (layer.size() > 0) {
        Task task = layer.pickNext(cpu);
        if (task != null) {
          return task;
        }
      }
    }
    return null;
  }

  @Override
  public Task pickTail(int cpu) {
    for (int i = layers.length - 1; i >= 0; i--) {
      Task task = layers[i].pickTail(cpu);
      if (task != null) {
        return task;
      }
    }
    return null;
  }

  @Override
  public void adopt(Task running) {
    settle(running).adopt(running);
  }

  @Override
  public Task peek(int cpu) {
    for (SchedulingPolicy layer : layers) {
      Task task = layer.size() > 0 ? layer.peek(cpu) : null;
      if (task != null) {
        return task;
      }
    }
    return null;
  }

  @Override
  public boolean hasReadyFor(int cpu) {
    for (SchedulingPolicy layer : layers) {
      if (layer.size() > 0 && layer.hasReadyFor(cpu)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int size() {
    int size = 0;
    for (SchedulingPolicy layer : layers) {
      size += layer.size();
    }
    return size;
  }

  @Override
  public long timeSlice(Task task) {
    return of(task).timeSlice(task);
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    byte a = standing[ready.slot()];
    byte b = standing[running.slot()];
    if (a != b) {
      return preemptive && a < b;
    }
    return layers[a].isPreemptive() && layers[a].preempts(ready, running);
  }

  @Override
  public void renew(Task running) {
    of(running).renew(running);
  }

  @Override
  public boolean keepsCpu(Task running) {
    return of(running).keepsCpu(running);
  }

  /** A lock may lift a thread into another layer, and back. */
  @Override
  public void priorityChanged(Task running) {
    SchedulingPolicy before = of(running);
    SchedulingPolicy now = settle(running);
    if (before == now) {
      now.priorityChanged(running);
    } else {
      before.blocked(running);
      now.adopt(running);
    }
  }

  @Override
  public void charge(Task task, long ran) {
    of(task).charge(task, ran);
  }

  @Override
  public void burstEnded(Task task) {
    of(task).burstEnded(task);
  }

  @Override
  public void blocked(Task task) {
    of(task).blocked(task);
  }

  @Override
  public long estimate(Task task) {
    return layers[layerOf.applyAsInt(task)].estimate(task);
  }

  @Override
  public void retire(Task task) {
    for (SchedulingPolicy layer : layers) {
      layer.retire(task);
    }
  }

  @Override
  public long nextTimer() {
    long next = NO_LIMIT;
    for (SchedulingPolicy layer : layers) {
      next = Math.min(next, layer.nextTimer());
    }
    return next;
  }

  @Override
  public void onTimer(long now) {
    for (SchedulingPolicy layer : layers) {
      if (layer.nextTimer() <= now) {
        layer.onTimer(now);
      }
    }
  }

  @Override
  public String keyName() {
    return "class and its key";
  }

  @Override
  public Key key(Task task) {
    int layer = standing[task.slot()];
    Key key = layers[layer].key(task);
    String text = key.text().isEmpty() ? "" : " " + key.text();
    return new Key(key.nanos(), names[layer] + text);
  }

  @Override
  public String reason(Task picked) {
    int layer = standing[picked.slot()];
    return layers[layer].reason(picked) + ", in class " + names[layer];
  }
}
