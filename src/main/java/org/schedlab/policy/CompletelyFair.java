package org.schedlab.policy;

import java.util.function.ToLongFunction;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Linux's completely fair scheduler of 2007 to 2023: the thread with the smallest virtual run time
 * runs for its share of the latency, by weight.
 *
 * <p>A thread that wakes has at most half a latency of credit, and takes the CPU at once when it is
 * behind the running one by more than the wake-up granularity. A thread that yields falls in behind
 * the next one.
 *
 * <p>Source: Linux 6.5, kernel/sched/fair.c; Arpaci-Dusseau and Arpaci-Dusseau, Operating Systems:
 * Three Easy Pieces, chapter 9.
 */
final class CompletelyFair implements SchedulingPolicy {
  private final long latency;
  private final long minGranularity;
  private final long wakeupGranularity;
  private final int cpus;
  private final ToLongFunction<Task> weightOf;

  private final ReadyHeap ready = new ReadyHeap();
  private final RunningTasks running = new RunningTasks();
  private long entries;

  /** The weights of all runnable threads. */
  private long load;

  /** The smallest virtual run time so far of those that were runnable; it never falls. */
  private long smallest;

  CompletelyFair(Context context, PolicyParameters parameters, ToLongFunction<Task> weightOf) {
    this.latency = parameters.duration("latency");
    this.minGranularity = parameters.duration("min_granularity");
    this.wakeupGranularity = parameters.duration("wakeup_granularity");
    this.cpus = context.cpus();
    this.weightOf = weightOf;
  }

  private VirtualTime of(Task task) {
    VirtualTime time = (VirtualTime) task.policyState();
    if (time == null) {
      time = new VirtualTime(task, weightOf.applyAsLong(task));
      task.setPolicyState(time);
    }
    return time;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    VirtualTime time = of(task);
    if (time.running) {
      time.count();
      running.remove(task);
      time.running = false;
      if (reason == Reason.YIELD && ready.size() > 0) {
        time.now = Math.max(time.now, ready.rootKey());
      }
    } else {
      if (reason != Reason.RAISED && reason != Reason.LOWERED) {
        place(time, reason);
      }
      load += time.weight;
    }
    ready.add(task, time.now, entries++);
    advance();
  }

  /** A thread becomes runnable: it has missed nothing, apart from half a latency of credit. */
  private void place(VirtualTime time, Reason reason) {
    advance();
    boolean slept = time.home != null && reason != Reason.ARRIVAL;
    if (slept && time.home != this) {
      time.now += smallest - ((CompletelyFair) time.home).smallest;
    }
    time.now = slept ? Math.max(time.now, smallest - latency / 2) : smallest;
    time.home = this;
  }

  private void advance() {
    long first = ready.size() == 0 ? Long.MAX_VALUE : ready.rootKey();
    for (int i = 0; i < running.size(); i++) {
      VirtualTime time = of(running.get(i));
      time.count();
      first = Math.min(first, time.now);
    }
    if (first != Long.MAX_VALUE) {
      smallest = Math.max(smallest, first);
    }
  }

  @Override
  public void blocked(Task task) {
    leave(task);
  }

  @Override
  public void retire(Task task) {
    leave(task);
  }

  private void leave(Task task) {
    if (running.remove(task)) {
      VirtualTime time = of(task);
      time.count();
      time.running = false;
      load -= time.weight;
      advance();
    }
  }

  @Override
  public void dequeue(Task task) {
    ready.remove(task);
    load -= of(task).weight;
  }

  @Override
  public Task pickNext(int cpu) {
    Task task = ready.poll(cpu);
    if (task != null) {
      run(task);
    }
    return task;
  }

  private void run(Task task) {
    of(task).running = true;
    running.add(task);
  }

  @Override
  public Task pickTail(int cpu) {
    Task task = ready.pollLast(cpu);
    if (task != null) {
      load -= of(task).weight;
    }
    return task;
  }

  @Override
  public void adopt(Task task) {
    VirtualTime time = of(task);
    advance();
    if (time.home instanceof CompletelyFair other && other != this) {
      time.now += smallest - other.smallest;
    } else {
      time.now = Math.max(time.now, smallest);
    }
    time.home = this;
    load += time.weight;
    run(task);
  }

  @Override
  public Task peek(int cpu) {
    return ready.peek(cpu);
  }

  @Override
  public int size() {
    return ready.size();
  }

  /** A thread's share of the time in which each of them runs once. */
  @Override
  public long timeSlice(Task task) {
    long threads = (ready.size() + running.size() + cpus - 1L) / cpus;
    long period = Math.max(latency, Exact.productOver(threads, minGranularity, 1));
    long share = Exact.productOver(period, of(task).weight * cpus, Math.max(1, load));
    return Math.max(1, Math.max(minGranularity, Math.min(period, share)));
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    VirtualTime waker = of(ready);
    VirtualTime current = of(running);
    if (current.running) {
      current.count();
    }
    return current.now - waker.now > waker.virtual(wakeupGranularity);
  }

  @Override
  public String keyName() {
    return "vruntime";
  }

  @Override
  public Key key(Task task) {
    return Key.time(of(task).now);
  }

  @Override
  public String reason(Task picked) {
    return "has the smallest virtual run time";
  }
}
