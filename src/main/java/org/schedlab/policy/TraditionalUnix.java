package org.schedlab.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * The scheduler of traditional UNIX: every so often each thread's priority becomes recent / 2 +
 * base + nice, where recent is how many ticks of CPU time it has had since the last time. The
 * smallest number runs; equals in turns of a quantum. So who has used the CPU gives way to who has
 * not, and all is forgotten at the next recalculation.
 *
 * <p>Source: Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., exercise 5.14;
 * Bach, The Design of the UNIX Operating System, 1986, section 8.1.
 */
final class TraditionalUnix implements SchedulingPolicy {
  /** What stays with a thread. */
  private static final class Standing {
    private long priority;

    /** What it had computed at the last recalculation that it was told of. */
    private long attained;

    private long recalculation;
  }

  private final long quantum;
  private final long every;
  private final long tick;
  private final long base;
  private final Clock clock;
  private final ReadyHeap ready = new ReadyHeap();
  private final RunningTasks running = new RunningTasks();
  private long entries;
  private long recalculations;

  TraditionalUnix(Context context, PolicyParameters parameters) {
    this.clock = context.clock();
    this.quantum = parameters.duration("quantum");
    this.every = parameters.duration("recalculate");
    this.tick = parameters.duration("tick");
    this.base = parameters.integer("base");
  }

  /** Returns how the thread stands, all recalculations so far included. */
  private Standing of(Task task) {
    Standing standing = (Standing) task.policyState();
    if (standing == null) {
      standing = new Standing();
      standing.priority = base + task.nice();
      standing.attained = task.attained();
      standing.recalculation = recalculations;
      task.setPolicyState(standing);
    }
    long missed = recalculations - standing.recalculation;
    if (missed > 0) {
      // It slept through all of them but the first.
      long recent = missed == 1 ? (task.attained() - standing.attained) / tick : 0;
      standing.priority = recent / 2 + base + task.nice();
      standing.attained = task.attained();
      standing.recalculation = recalculations;
    }
    return standing;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    running.remove(task);
    ready.add(task, of(task).priority, entries++);
  }

  @Override
  public void dequeue(Task task) {
    ready.remove(task);
  }

  @Override
  public void blocked(Task task) {
    running.remove(task);
  }

  @Override
  public void retire(Task task) {
    running.remove(task);
  }

  @Override
  public Task pickNext(int cpu) {
    Task task = ready.poll(cpu);
    if (task != null) {
      running.add(task);
    }
    return task;
  }

  @Override
  public Task pickTail(int cpu) {
    return ready.pollLast(cpu);
  }

  @Override
  public void adopt(Task task) {
    running.add(task);
  }

  @Override
  public Task peek(int cpu) {
    return ready.peek(cpu);
  }

  @Override
  public int size() {
    return ready.size();
  }

  @Override
  public long timeSlice(Task task) {
    return quantum;
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return of(ready).priority < of(running).priority;
  }

  @Override
  public long nextTimer() {
    return (clock.now() / every + 1) * every;
  }

  /** Priorities are recalculated; equals keep their order of entry. */
  @Override
  public void onTimer(long now) {
    List<Task> inOrder = new ArrayList<>(ready.size());
    while (ready.size() > 0) {
      inOrder.add(ready.pollRoot());
    }
    recalculations = now / every;
    for (int i = 0; i < running.size(); i++) {
      of(running.get(i));
    }
    inOrder.sort(Comparator.comparingLong(task -> of(task).priority));
    inOrder.forEach(task -> ready.add(task, of(task).priority, entries++));
  }

  @Override
  public String keyName() {
    return "priority";
  }

  @Override
  public Key key(Task task) {
    return Key.number(of(task).priority);
  }

  @Override
  public String reason(Task picked) {
    return "has the smallest priority number";
  }
}
