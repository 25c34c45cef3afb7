package org.schedlab.kernel;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The ready threads: one queue for all CPUs, or one for each.
 *
 * <p>With a queue for each, a thread that arrives or wakes goes to the CPU it last ran on if that
 * is idle, else to the CPU with the fewest threads ready or running (the lower number among
 * equals). A thread that leaves its CPU but stays ready stays in that CPU's queue. A CPU with
 * nothing to run steals from the tail of the longest queue (the lower number among equals).
 */
final class RunQueues {
  private final SchedulingPolicy[] queues;

  /** The queue of all CPUs; null where each has its own. */
  private final SchedulingPolicy common;

  private final boolean perCpu;
  private final Core[] cores;
  private int[] home = new int[16];
  private int ready;

  /**
   * Makes empty queues.
   *
   * @param policies makes the policy of a queue, given its number
   */
  RunQueues(Core[] cores, boolean perCpu, IntFunction<SchedulingPolicy> policies) {
    this.cores = cores;
    this.perCpu = perCpu;
    queues = new SchedulingPolicy[perCpu ? cores.length : 1];
    for (int i = 0; i < queues.length; i++) {
      queues[i] = policies.apply(i);
    }
    common = perCpu ? null : queues[0];
  }

  /** Returns the queue of all CPUs; null where each has its own. */
  SchedulingPolicy common() {
    return common;
  }

  int count() {
    return queues.length;
  }

  SchedulingPolicy queue(int index) {
    return queues[index];
  }

  /** Returns the policy that decides for a CPU. */
  SchedulingPolicy of(Core core) {
    return common != null ? common : queues[core.id];
  }

  /** Returns how many threads are ready. */
  int ready() {
    return ready;
  }

  /** Puts a thread that arrives or wakes into the queue that is its place. */
  SchedulingPolicy place(KernelThread thread, SchedulingPolicy.Reason reason) {
    int queue = perCpu ? shortestFor(thread) : 0;
    add(queue, thread, reason);
    return queues[queue];
  }

  /** Puts a thread back that leaves a CPU and stays ready. */
  void putBack(Core core, KernelThread thread, SchedulingPolicy.Reason reason) {
    add(perCpu ? core.id : 0, thread, reason);
  }

  private void add(int queue, KernelThread thread, SchedulingPolicy.Reason reason) {
    ready++;
    if (common != null) {
      common.enqueue(thread, reason);
      return;
    }
    if (thread.slot >= home.length) {
      home = Arrays.copyOf(home, 2 * thread.slot);
    }
    home[thread.slot] = queue;
    queues[queue].enqueue(thread, reason);
  }

  private int shortestFor(KernelThread thread) {
    int lastCpu = thread.lastCpu;
    if (lastCpu >= 0 && load(lastCpu) == 0 && cores[lastCpu].mode == Core.Mode.IDLE) {
      return lastCpu;
    }
    int best = -1;
    for (int i = 0; i < cores.length; i++) {
      if (thread.mayRunOn(i) && (best < 0 || load(i) < load(best))) {
        best = i;
      }
    }
    return best;
  }

  private int load(int cpu) {
    return queues[cpu].size() + (cores[cpu].current == null ? 0 : 1);
  }

  /** Takes a ready thread out that will not run any more. */
  void remove(KernelThread thread) {
    queueOf(thread).dequeue(thread);
    ready--;
  }

  /** Has a ready thread stand where it belongs after a change of it, which is made meanwhile. */
  void requeue(KernelThread thread, SchedulingPolicy.Reason reason, Runnable change) {
    SchedulingPolicy queue = queueOf(thread);
    queue.dequeue(thread);
    change.run();
    queue.enqueue(thread, reason);
  }

  /** Returns the number of the queue in which a ready thread stands, or a stolen one stood. */
  int home(KernelThread thread) {
    return perCpu ? home[thread.slot] : 0;
  }

  /** Returns the queue in which a ready thread stands. */
  SchedulingPolicy queueOf(KernelThread thread) {
    return queues[home(thread)];
  }

  /** Says whether a ready thread could take over a CPU, other CPUs' queues left alone. */
  boolean hasReadyFor(Core core) {
    return ready > 0 && of(core).hasReadyFor(core.id);
  }

  /** Takes out the thread that a CPU is to run, from its own queue; or null. */
  KernelThread pick(Core core) {
    return taken(of(core).pickNext(core.id));
  }

  private KernelThread taken(Task task) {
    if (task != null) {
      ready--;
    }
    return (KernelThread) task;
  }

  /** Takes out the last thread of the longest queue that has one that may run here; or null. */
  KernelThread steal(Core core) {
    boolean[] tried = new boolean[queues.length];
    for (int round = 0; round < queues.length; round++) {
      int longest = -1;
      for (int i = 0; i < queues.length; i++) {
        if (!tried[i]
            && queues[i].size() > 0
            && (longest < 0 || queues[i].size() > queues[longest].size())) {
          longest = i;
        }
      }
      if (longest < 0) {
        return null;
      }
      tried[longest] = true;
      Task stolen = queues[longest].pickTail(core.id);
      if (stolen != null) {
        of(core).adopt(stolen);
        return taken(stolen);
      }
    }
    return null;
  }
}
