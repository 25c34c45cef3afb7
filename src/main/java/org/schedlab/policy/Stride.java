package org.schedlab.policy;

import java.math.BigInteger;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Stride: the thread with the smallest pass runs a quantum, and its pass grows by its stride, 2^20
 * over its tickets; ties as the file lists them. So each gets its share with an error of less than
 * a quantum towards any other, where a lottery's error grows. A thread that leaves the CPU before
 * its quantum ends has its pass grow by the part that it used.
 *
 * <p>A thread joins at the smallest pass of the runnable ones. One that has slept keeps its own
 * pass where that is larger, so that it gains nothing by sleeping.
 *
 * <p>Source: Waldspurger and Weihl, "Stride scheduling: deterministic proportional-share resource
 * management", MIT/LCS/TM-528, 1995. Passes are exact rationals, so nothing drifts.
 */
final class Stride implements SchedulingPolicy {
  private static final long STRIDE_OF_ONE_TICKET = 1 << 20;

  /** What stays with a thread. */
  private static final class Standing extends ReadyTree.Node {
    private Pass pass = Pass.ZERO;

    /** The pass before it last grew. */
    private Pass before = Pass.ZERO;

    /** Whose runnable thread it is. */
    private Stride home;

    private boolean running;

    /** What it had computed when its quantum began. */
    private long attained;

    Standing(Task task) {
      super(task);
    }
  }

  /** In order of pass, then of the file. */
  private static final class ByPass extends ReadyTree {
    @Override
    boolean before(Node a, Node b) {
      int order = ((Standing) a).pass.compareTo(((Standing) b).pass);
      return order != 0 ? order < 0 : a.task.order() < b.task.order();
    }
  }

  private final long quantum;
  private final boolean startAtStride;
  private final ByPass ready = new ByPass();

  private final RunningTasks running = new RunningTasks();

  /** The smallest pass when there was somebody last. */
  private Pass last = Pass.ZERO;

  /** What that thread's pass was before it last grew. */
  private Pass lastBefore = Pass.ZERO;

  /** How many ready threads may not run on every CPU. */
  private int restricted;

  Stride(PolicyParameters parameters) {
    this.quantum = parameters.duration("quantum");
    this.startAtStride = parameters.flag("start_at_stride");
  }

  private static Standing of(Task task) {
    Standing standing = (Standing) task.policyState();
    if (standing == null) {
      standing = new Standing(task);
      task.setPolicyState(standing);
    }
    return standing;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    Standing standing = of(task);
    if (standing.running) {
      standing.pass = after(standing, reason == Reason.QUANTUM);
      running.remove(task);
      standing.running = false;
    } else if (reason != Reason.RAISED && reason != Reason.LOWERED) {
      join(standing);
    }
    ready.add(standing);
    restricted += task.mayRunAnywhere() ? 0 : 1;
  }

  /** A thread becomes runnable here. */
  private void join(Standing standing) {
    Pass smallest = smallest();
    boolean behind = standing.home != this || standing.pass.compareTo(smallest) < 0;
    if (behind) {
      boolean grown = startAtStride && standing.home == null;
      standing.before = grown ? lastBefore : smallest;
      standing.pass =
          grown ? lastBefore.plus(STRIDE_OF_ONE_TICKET, standing.task.tickets()) : standing.before;
    }
    standing.home = this;
  }

  /** Returns the smallest pass of the runnable threads. */
  private Pass smallest() {
    Standing first = ready.size() == 0 ? null : (Standing) ready.first();
    for (int i = 0; i < running.size(); i++) {
      Standing other = of(running.get(i));
      if (first == null || other.pass.compareTo(first.pass) < 0) {
        first = other;
      }
    }
    if (first != null) {
      last = first.pass;
      lastBefore = first.before;
    }
    return last;
  }

  /** Returns the pass of a running thread after what it has used of its quantum. */
  private Pass after(Standing standing, boolean wholeQuantum) {
    long tickets = standing.task.tickets();
    long used = wholeQuantum ? quantum : standing.task.attained() - standing.attained;
    standing.attained = standing.task.attained();
    standing.before = standing.pass;
    if (used == quantum) {
      return standing.pass.plus(STRIDE_OF_ONE_TICKET, tickets);
    }
    return used == 0
        ? standing.pass
        : standing.pass.plus(
            BigInteger.valueOf(used).shiftLeft(20),
            BigInteger.valueOf(tickets).multiply(BigInteger.valueOf(quantum)));
  }

  @Override
  public void renew(Task task) {
    Standing standing = of(task);
    standing.pass = after(standing, true);
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
      Standing standing = of(task);
      standing.pass = after(standing, false);
      standing.running = false;
      if (ready.size() + running.size() == 0) {
        last = standing.pass;
        lastBefore = standing.pass;
      }
    }
  }

  private Task taken(Standing standing) {
    ready.remove(standing);
    restricted -= standing.task.mayRunAnywhere() ? 0 : 1;
    return standing.task;
  }

  @Override
  public void dequeue(Task task) {
    taken(of(task));
  }

  private Standing best(int cpu) {
    return (Standing)
        (restricted == 0 ? ready.first() : ready.firstWhere(node -> node.task.mayRunOn(cpu)));
  }

  @Override
  public Task pickNext(int cpu) {
    Standing best = best(cpu);
    return best == null ? null : run(best);
  }

  private Task run(Standing standing) {
    Task task = taken(standing);
    standing.running = true;
    running.add(task);
    return task;
  }

  @Override
  public Task pickTail(int cpu) {
    Standing tail = (Standing) ready.lastFor(cpu);
    return tail == null ? null : taken(tail);
  }

  @Override
  public void adopt(Task task) {
    Standing standing = of(task);
    join(standing);
    standing.running = true;
    running.add(task);
  }

  @Override
  public Task peek(int cpu) {
    Standing best = best(cpu);
    return best == null ? null : best.task;
  }

  @Override
  public int size() {
    return ready.size();
  }

  @Override
  public long timeSlice(Task task) {
    of(task).attained = task.attained();
    return quantum;
  }

  @Override
  public String keyName() {
    return "pass";
  }

  @Override
  public Key key(Task task) {
    return Key.of(of(task).pass.toString());
  }

  @Override
  public String reason(Task picked) {
    return "has the smallest pass";
  }
}
