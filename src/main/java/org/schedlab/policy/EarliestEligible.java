package org.schedlab.policy;

import java.util.function.ToLongFunction;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Earliest eligible virtual deadline first, Linux's fair scheduler since 2023: of the threads that
 * have not had more than their share, the one runs whose request has the earliest virtual deadline.
 *
 * <p>Virtual time V is the mean of the runnable threads' virtual times, by weight. A thread's lag
 * is what it has had too little of: weight × (V − its virtual time); it is eligible while that is
 * not negative. It requests a slice at a time, due when its virtual time will have passed that
 * slice. A thread that sleeps keeps its lag, but no more than that of two slices, and comes back
 * with it; a debt is worked off meanwhile, as V goes on. A new thread has no lag.
 *
 * <p>Source: Stoica and Abdel-Wahab, "Earliest eligible virtual deadline first", TR 95-22, Old
 * Dominion University, 1995; Linux 6.6, kernel/sched/fair.c, with the debt of sleepers as in 6.12.
 */
final class EarliestEligible implements SchedulingPolicy {
  private static final long LARGE = 1L << 50;

  /** What stays with a thread. */
  private static final class Request extends VirtualTime {
    /** CPU time that the request still has to get. */
    private long left;

    /** When it left: V less its virtual time. */
    private long lag;

    /** What V was without it then. */
    private long leftAt;

    Request(Task task, long weight) {
      super(task, weight);
    }
  }

  private final long baseSlice;
  private final ToLongFunction<Task> weightOf;
  private final ReadyTree ready = new ReadyTree();
  private final RunningTasks running = new RunningTasks();
  private long entries;

  /** How many ready threads may not run on every CPU. */
  private int restricted;

  // Of all runnable threads: the sum of weights, and of weight × (virtual time − base).
  private long load;
  private long moment;
  private long base;

  EarliestEligible(long baseSlice, ToLongFunction<Task> weightOf) {
    this.baseSlice = baseSlice;
    this.weightOf = weightOf;
  }

  private Request of(Task task) {
    Request request = (Request) task.policyState();
    if (request == null) {
      request = new Request(task, weightOf.applyAsLong(task));
      task.setPolicyState(request);
    }
    return request;
  }

  private long slice(Task task) {
    return task.slice() > 0 ? task.slice() : baseSlice;
  }

  /** Returns V, rounded down; a whole number is at most V where it is at most this. */
  private long virtualNow() {
    return load == 0 ? base : base + Math.floorDiv(moment, load);
  }

  private void include(Request request) {
    load += request.weight;
    moment += request.weight * (request.now - base);
    if (Math.abs(moment) > LARGE) {
      long shift = Math.floorDiv(moment, load);
      base += shift;
      moment -= shift * load;
    }
  }

  private void exclude(Request request) {
    load -= request.weight;
    moment -= request.weight * (request.now - base);
    if (load == 0) {
      base = request.now;
      moment = 0;
    }
  }

  /** Counts what the running threads have computed meanwhile. */
  private void settle() {
    for (int i = 0; i < running.size(); i++) {
      count(of(running.get(i)));
    }
  }

  private void count(Request request) {
    long before = request.now;
    request.left -= request.count();
    moment += request.weight * (request.now - before);
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    Request request = of(task);
    if (request.running) {
      count(request);
      running.remove(task);
      request.running = false;
      if (reason == Reason.QUANTUM || request.left <= 0) {
        renewRequest(request);
      } else if (reason == Reason.YIELD) {
        // It gives up this request, and its next one is due a slice later.
        request.first += request.virtual(slice(task));
      }
    } else if (reason == Reason.RAISED || reason == Reason.LOWERED) {
      include(request);
    } else {
      place(request);
    }
    request.second = entries++;
    request.value = request.now;
    ready.add(request);
    restricted += task.mayRunAnywhere() ? 0 : 1;
  }

  /** A thread becomes runnable: with the lag that it left with, in a queue that now has it, too. */
  private void place(Request request) {
    request.count();
    settle();
    long lag = load == 0 ? 0 : lagNow(request);
    // Its coming moves V towards it; so much further away it has to stand.
    long distance =
        Long.signum(lag)
            * Exact.productOver(Math.abs(lag), load + request.weight, Math.max(1, load));
    request.now = virtualNow() - distance;
    request.lag = 0;
    request.home = this;
    include(request);
    renewRequest(request);
  }

  /** Returns the lag with which a thread comes back: a debt is worked off while it sleeps. */
  private long lagNow(Request request) {
    long gone = request.home == this ? virtualNow() - request.leftAt : 0;
    return request.lag < 0 ? Math.min(0, request.lag + Math.max(0, gone)) : request.lag;
  }

  private void renewRequest(Request request) {
    request.left = slice(request.task);
    request.first = request.now + request.virtual(request.left);
  }

  @Override
  public void renew(Task task) {
    Request request = of(task);
    count(request);
    renewRequest(request);
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
      settle();
      Request request = of(task);
      count(request);
      request.running = false;
      depart(request);
    }
  }

  /** A thread is runnable here no more; it remembers its lag. */
  private void depart(Request request) {
    long most = request.virtual(Exact.productOver(2, slice(request.task), 1));
    long lag = virtualNow() - request.now;
    request.lag = Math.max(-most, Math.min(most, lag));
    exclude(request);
    request.leftAt = virtualNow();
  }

  private Task taken(Request request) {
    ready.remove(request);
    restricted -= request.task.mayRunAnywhere() ? 0 : 1;
    return request.task;
  }

  @Override
  public void dequeue(Task task) {
    Request request = of(task);
    taken(request);
    settle();
    exclude(request);
  }

  private Request best(int cpu) {
    if (ready.size() == 0) {
      return null;
    }
    settle();
    long now = virtualNow();
    ReadyTree.Node best =
        restricted == 0
            ? ready.firstUpTo(now)
            : ready.firstWhere(node -> node.value <= now && node.task.mayRunOn(cpu));
    if (best == null) {
      // Those with too little all run on other CPUs.
      best = restricted == 0 ? ready.first() : ready.firstWhere(n -> n.task.mayRunOn(cpu));
    }
    return (Request) best;
  }

  @Override
  public Task pickNext(int cpu) {
    Request best = best(cpu);
    return best == null ? null : run(taken(best));
  }

  private Task run(Task task) {
    of(task).running = true;
    running.add(task);
    return task;
  }

  @Override
  public Task pickTail(int cpu) {
    Request tail = (Request) ready.lastFor(cpu);
    if (tail == null) {
      return null;
    }
    taken(tail);
    settle();
    depart(tail);
    return tail.task;
  }

  @Override
  public void adopt(Task task) {
    place(of(task));
    run(task);
  }

  @Override
  public Task peek(int cpu) {
    Request best = best(cpu);
    return best == null ? null : best.task;
  }

  @Override
  public boolean hasReadyFor(int cpu) {
    return restricted == 0
        ? ready.size() > 0
        : ready.firstWhere(node -> node.task.mayRunOn(cpu)) != null;
  }

  @Override
  public int size() {
    return ready.size();
  }

  @Override
  public long timeSlice(Task task) {
    return Math.max(1, of(task).left);
  }

  @Override
  public boolean isPreemptive() {
    return true;
  }

  /** An eligible thread with an earlier virtual deadline takes the CPU at once. */
  @Override
  public boolean preempts(Task ready, Task running) {
    settle();
    Request waker = of(ready);
    return waker.now <= virtualNow() && waker.first < of(running).first;
  }

  @Override
  public String keyName() {
    return "virtual deadline";
  }

  @Override
  public Key key(Task task) {
    settle();
    Request request = of(task);
    return new Key(request.first, request.now <= virtualNow() ? "" : "not eligible");
  }

  @Override
  public String reason(Task picked) {
    return "is eligible and has the earliest virtual deadline";
  }
}
