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
 * <p>Most threads come out of a recalculation as they went into it: who has neither run nor is to
 * be forgiven. So only the others are looked at, and a recalculation takes as long as what was run
 * since the last one, however many threads are ready.
 *
 * <p>Source: Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., exercise 5.14;
 * Bach, The Design of the UNIX Operating System, 1986, section 8.1.
 */
final class TraditionalUnix implements SchedulingPolicy {
  /** What stays with a thread. */
  private static final class Standing extends ReadyLevels.Node {
    private long priority;

    /** What it had computed at the last recalculation that it was told of. */
    private long attained;

    private long recalculation;

    /** Its index among the {@link #unsettled}, or -1. */
    private int unsettledAt = -1;

    Standing(Task task) {
      super(task);
    }
  }

  private final long quantum;
  private final long every;
  private final long tick;
  private final long base;
  private final Clock clock;
  private final ReadyLevels ready = new ReadyLevels();
  private final RunningTasks running = new RunningTasks();

  /** Ready threads to which a recalculation can give another priority, in no particular order. */
  private final List<Standing> unsettled = new ArrayList<>();

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
      standing = new Standing(task);
      standing.priority = base + task.nice();
      standing.attained = task.attained();
      standing.recalculation = recalculations;
      task.setPolicyState(standing);
    }
    long missed = recalculations - standing.recalculation;
    if (missed > 0) {
      // Through all of them but the first it slept, or stood in line with nothing to be forgotten.
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
    Standing standing = of(task);
    ready.addLast(standing, standing.priority);
    if (!isSettled(standing)) {
      standing.unsettledAt = unsettled.size();
      unsettled.add(standing);
    }
  }

  /** Says whether a ready thread's priority stays as it is at the next recalculation. */
  private boolean isSettled(Standing standing) {
    Task task = standing.task;
    return standing.priority == base + task.nice() && standing.attained == task.attained();
  }

  private void settle(Standing standing) {
    Standing last = unsettled.remove(unsettled.size() - 1);
    if (last != standing) {
      unsettled.set(standing.unsettledAt, last);
      last.unsettledAt = standing.unsettledAt;
    }
    standing.unsettledAt = -1;
  }

  /** Takes a thread out, with all recalculations noted down before it goes on. */
  private Task taken(Standing standing) {
    ready.remove(standing);
    if (standing.unsettledAt >= 0) {
      settle(standing);
    }
    of(standing.task);
    return standing.task;
  }

  @Override
  public void dequeue(Task task) {
    taken(of(task));
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
    Standing first = (Standing) ready.first(cpu);
    if (first == null) {
      return null;
    }
    running.add(first.task);
    return taken(first);
  }

  @Override
  public Task pickTail(int cpu) {
    Standing last = (Standing) ready.last(cpu);
    return last == null ? null : taken(last);
  }

  @Override
  public void adopt(Task task) {
    running.add(task);
  }

  @Override
  public Task peek(int cpu) {
    ReadyLevels.Node first = ready.first(cpu);
    return first == null ? null : first.task;
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

  /**
   * Priorities are recalculated. Equals keep their order, that is the one before: whoever comes to
   * a priority from a more urgent one goes to its head, from a less urgent one to its tail.
   */
  @Override
  public void onTimer(long now) {
    recalculations = now / every;
    for (int i = 0; i < running.size(); i++) {
      of(running.get(i));
    }
    List<Standing> moving = new ArrayList<>();
    // From the end, because settle fills a gap with the last one.
    for (int i = unsettled.size() - 1; i >= 0; i--) {
      Standing standing = of(unsettled.get(i).task);
      if (standing.priority != standing.level()) {
        moving.add(standing);
      }
      if (isSettled(standing)) {
        settle(standing);
      }
    }
    moving.sort(Comparator.comparingLong(Standing::level).thenComparingLong(Standing::place));
    List<Standing> toTheHead = new ArrayList<>();
    for (Standing standing : moving) {
      boolean toHead = standing.priority > standing.level();
      ready.remove(standing);
      if (toHead) {
        toTheHead.add(standing);
      } else {
        ready.addLast(standing, standing.priority);
      }
    }
    for (int i = toTheHead.size() - 1; i >= 0; i--) {
      ready.addFirst(toTheHead.get(i), toTheHead.get(i).priority);
    }
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
