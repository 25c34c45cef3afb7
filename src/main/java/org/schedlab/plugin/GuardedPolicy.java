package org.schedlab.plugin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.schedlab.kernel.RunStopped;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Hands every call on to a policy and checks that it keeps the contract of {@link
 * SchedulingPolicy}. The first breach stops the run with a message that says what the policy did,
 * in which callback and at what simulated time. A policy that keeps the contract decides exactly as
 * without it.
 */
final class GuardedPolicy implements SchedulingPolicy {
  /** A timer that rings so often in a row, while nothing else happens, never leads anywhere. */
  private static final int TIMERS_IN_A_ROW = 1_000_000;

  private static final int TIMERS_AT_AN_INSTANT = 1_000;

  private final UserPolicy source;
  private final SchedulingPolicy policy;
  private final PolicyWatch watch;
  private final PolicyWatch.Call call;
  private final Clock clock;
  private final PreemptionChain chain;

  /** The threads that the policy has, by slot. */
  private Task[] owned = new Task[16];

  private int size;

  /** What peek gave last, while nothing has changed since. */
  private Task peeked;

  private int peekedCpu;
  private long peekedAt;

  /** By CPU, when pickNext last gave nobody; -1 where it gave somebody since. */
  private long[] idleSince = new long[4];

  /** Who has just lost its CPU to one that is still to be picked; null for nobody. */
  private Task gaveWay;

  private int timersInARow;
  private int timersAtAnInstant;
  private long lastTimer = -1;

  GuardedPolicy(UserPolicy source, SchedulingPolicy policy, Context context) {
    this.source = source;
    this.policy = policy;
    this.watch = source.watch();
    this.call = watch.own();
    this.clock = context.clock();
    this.chain = new PreemptionChain(context.cpus());
    Arrays.fill(idleSince, -1);
  }

  private <T> T ask(Callback callback, Object argument, Supplier<T> answer) {
    watch.enter(call, source, callback, clock.now());
    try {
      return answer.get();
    } catch (Throwable e) {
      throw source.thrown(callback, moment(callback, argument), e);
    } finally {
      watch.leave(call);
    }
  }

  private void tell(Callback callback, Object argument, Runnable what) {
    ask(
        callback,
        argument,
        () -> {
          what.run();
          return null;
        });
  }

  private String moment(Callback callback, Object argument) {
    String text = argument instanceof Task task ? task.name() : String.valueOf(argument);
    String arguments = argument == null ? "" : "(" + text + ")";
    return callback.label() + arguments + " at " + PolicyWatch.text(clock.now());
  }

  private RunStopped broken(Callback callback, Object argument, String rule, String did) {
    return source.broken(callback, rule, moment(callback, argument) + " " + did);
  }

  // --- whose thread it is

  private boolean owns(Task task) {
    return task.slot() < owned.length && owned[task.slot()] == task;
  }

  private void checkSize(Callback callback, Object argument) {
    int told = ask(Callback.SIZE, null, policy::size);
    if (told != size) {
      throw broken(
          callback, argument, "size", "left size() at " + told + "; ready are " + names(size));
    }
  }

  private String names(int count) {
    List<String> names = new ArrayList<>();
    Arrays.stream(owned)
        .filter(task -> task != null)
        .sorted(Comparator.comparingInt(Task::order))
        .limit(5)
        .forEach(task -> names.add(task.name()));
    String rest = count > names.size() ? ", …" : "";
    return count == 0 ? "none" : count + ": " + String.join(", ", names) + rest;
  }

  private void changed() {
    peeked = null;
    gaveWay = null;
    timersInARow = 0;
  }

  private void checkGiven(Callback callback, int cpu, Task task) {
    if (!owned(task)) {
      throw broken(
          callback,
          cpu,
          "foreign",
          "returned "
              + name(task)
              + ", which is not ready in this queue; ready are "
              + names(size));
    }
    if (!task.mayRunOn(cpu)) {
      throw broken(
          callback, cpu, "affinity", "returned " + name(task) + ", which may not run on that CPU");
    }
  }

  /** Says whether the policy has the thread, which may be no thread of the kernel's at all. */
  private boolean owned(Task task) {
    return ask(Callback.PICK_NEXT, null, () -> task.slot() >= 0 && owns(task));
  }

  private String name(Task task) {
    return ask(Callback.PICK_NEXT, null, task::name);
  }

  private Task taken(Callback callback, int cpu, Task task) {
    checkGiven(callback, cpu, task);
    owned[task.slot()] = null;
    size--;
    changed();
    checkSize(callback, cpu);
    return task;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    tell(Callback.ENQUEUE, task, () -> policy.enqueue(task, reason));
    if (task.slot() >= owned.length) {
      owned = Arrays.copyOf(owned, 2 * task.slot());
    }
    if (reason == Reason.PREEMPTED) {
      if (chain.isEndless(size)) {
        throw noStrictOrder(task, "CPUs change hands without end");
      }
      peeked = null;
      gaveWay = task;
    } else {
      chain.clear();
      changed();
    }
    owned[task.slot()] = task;
    size++;
    checkSize(Callback.ENQUEUE, task);
  }

  @Override
  public void dequeue(Task task) {
    tell(Callback.DEQUEUE, task, () -> policy.dequeue(task));
    owned[task.slot()] = null;
    size--;
    chain.clear();
    changed();
    checkSize(Callback.DEQUEUE, task);
  }

  @Override
  public Task pickNext(int cpu) {
    Task expected = peeked;
    Task task = ask(Callback.PICK_NEXT, cpu, () -> policy.pickNext(cpu));
    if (cpu >= idleSince.length) {
      int before = idleSince.length;
      idleSince = Arrays.copyOf(idleSince, 2 * cpu);
      Arrays.fill(idleSince, before, idleSince.length, -1);
    }
    boolean promised = expected != null && peekedCpu == cpu && peekedAt == clock.now();
    if (promised && task != expected) {
      String given = task == null ? "null" : name(task);
      throw broken(
          Callback.PICK_NEXT,
          cpu,
          "peek",
          "returned " + given + " right after peek(" + cpu + ") had given " + name(expected));
    }
    if (gaveWay != null && (task == null || task == gaveWay)) {
      throw broken(
          Callback.PICK_NEXT,
          cpu,
          "preempted for nobody",
          "returned "
              + (task == null ? "null" : task.name())
              + " after preempts() had "
              + gaveWay.name()
              + " give way to a more urgent one");
    }
    gaveWay = null;
    idleSince[cpu] = task == null ? clock.now() : -1;
    return task == null ? null : taken(Callback.PICK_NEXT, cpu, task);
  }

  @Override
  public Task pickTail(int cpu) {
    Task task = ask(Callback.PICK_TAIL, cpu, () -> policy.pickTail(cpu));
    return task == null ? null : taken(Callback.PICK_TAIL, cpu, task);
  }

  @Override
  public Task peek(int cpu) {
    Task task = ask(Callback.PEEK, cpu, () -> policy.peek(cpu));
    if (task != null) {
      checkGiven(Callback.PEEK, cpu, task);
      peeked = task;
      peekedCpu = cpu;
      peekedAt = clock.now();
    }
    return task;
  }

  @Override
  public boolean hasReadyFor(int cpu) {
    boolean has = ask(Callback.HAS_READY_FOR, cpu, () -> policy.hasReadyFor(cpu));
    if (has && size == 0) {
      throw broken(Callback.HAS_READY_FOR, cpu, "empty", "returned true while no thread is ready");
    }
    return has;
  }

  @Override
  public int size() {
    checkSize(Callback.SIZE, null);
    return size;
  }

  @Override
  public long timeSlice(Task task) {
    long slice = ask(Callback.TIME_SLICE, task, () -> policy.timeSlice(task));
    if (slice <= 0) {
      throw broken(
          Callback.TIME_SLICE,
          task,
          "slice",
          "returned " + slice + " ns; a slice is at least 1 ns, or NO_LIMIT");
    }
    return slice;
  }

  @Override
  public boolean isPreemptive() {
    return ask(Callback.IS_PREEMPTIVE, null, policy::isPreemptive);
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    boolean first = ask(Callback.PREEMPTS, ready, () -> policy.preempts(ready, running));
    if (first) {
      boolean second = ask(Callback.PREEMPTS, running, () -> policy.preempts(running, ready));
      if (second) {
        throw noStrictOrder(
            ready, ready.name() + " and " + running.name() + " each would take the other's CPU");
      }
      List<Task> circle = chain.preempts(ready, running, clock.now());
      if (!circle.isEmpty()) {
        throw noStrictOrder(
            ready,
            "at one instant each would take the next one's CPU: "
                + String.join(", ", circle.stream().map(Task::name).toList()));
      }
    }
    return first;
  }

  private RunStopped noStrictOrder(Task ready, String why) {
    return broken(Callback.PREEMPTS, ready, "order", "is no strict order: " + why);
  }

  // --- what a running thread does

  @Override
  public void renew(Task running) {
    chain.clear();
    changed();
    tell(Callback.RENEW, running, () -> policy.renew(running));
  }

  @Override
  public boolean keepsCpu(Task running) {
    return ask(Callback.KEEPS_CPU, running, () -> policy.keepsCpu(running));
  }

  @Override
  public void priorityChanged(Task running) {
    chain.clear();
    changed();
    tell(Callback.PRIORITY_CHANGED, running, () -> policy.priorityChanged(running));
  }

  @Override
  public void charge(Task task, long ran) {
    peeked = null;
    tell(Callback.CHARGE, task, () -> policy.charge(task, ran));
  }

  @Override
  public void burstEnded(Task task) {
    chain.clear();
    changed();
    tell(Callback.BURST_ENDED, task, () -> policy.burstEnded(task));
  }

  @Override
  public void blocked(Task task) {
    chain.clear();
    changed();
    tell(Callback.BLOCKED, task, () -> policy.blocked(task));
  }

  @Override
  public void adopt(Task running) {
    changed();
    tell(Callback.ADOPT, running, () -> policy.adopt(running));
  }

  @Override
  public boolean tracksWaiting() {
    return ask(Callback.TRACKS_WAITING, null, policy::tracksWaiting);
  }

  @Override
  public void waitsFor(Task sleeper, Task holder) {
    chain.clear();
    changed();
    tell(Callback.WAITS_FOR, sleeper, () -> policy.waitsFor(sleeper, holder));
  }

  @Override
  public long estimate(Task task) {
    return ask(Callback.ESTIMATE, task, () -> policy.estimate(task));
  }

  @Override
  public void retire(Task task) {
    tell(Callback.RETIRE, task, () -> policy.retire(task));
  }

  // --- timers

  @Override
  public long nextTimer() {
    long timer = ask(Callback.NEXT_TIMER, null, policy::nextTimer);
    if (timer < clock.now()) {
      throw broken(
          Callback.NEXT_TIMER,
          null,
          "past",
          "returned " + timer + " ns, which is over; a timer is set for now or later");
    }
    return timer;
  }

  @Override
  public void onTimer(long now) {
    timersAtAnInstant = now == lastTimer ? timersAtAnInstant + 1 : 0;
    lastTimer = now;
    timersInARow++;
    if (timersAtAnInstant > TIMERS_AT_AN_INSTANT) {
      throw broken(
          Callback.NEXT_TIMER, null, "instant", "sets the timer for the same instant for ever");
    }
    if (timersInARow > TIMERS_IN_A_ROW && size > 0) {
      throw broken(
          Callback.ON_TIMER,
          null,
          "withheld",
          "has been called " + TIMERS_IN_A_ROW + " times while threads wait, " + names(size));
    }
    chain.clear();
    peeked = null;
    tell(Callback.ON_TIMER, null, () -> policy.onTimer(now));
  }

  @Override
  public boolean restartsSlice(Task running) {
    return ask(Callback.RESTARTS_SLICE, running, () -> policy.restartsSlice(running));
  }

  @Override
  public boolean quantumEndsFirst() {
    return ask(Callback.QUANTUM_ENDS_FIRST, null, policy::quantumEndsFirst);
  }

  @Override
  public void finished(long now) {
    tell(Callback.FINISHED, null, () -> policy.finished(now));
    if (ask(Callback.NEXT_TIMER, null, policy::nextTimer) != NO_LIMIT) {
      return;
    }
    for (Task task : owned) {
      for (int cpu = 0; task != null && cpu < idleSince.length; cpu++) {
        // At the horizon nobody is asked any more: who became ready then is not held back.
        long idle = idleSince[cpu];
        if (idle >= 0 && task.mayRunOn(cpu) && idle >= task.readySince()) {
          throw source.broken(
              Callback.PICK_NEXT,
              "withheld",
              "pickNext("
                  + cpu
                  + ") at "
                  + PolicyWatch.text(idle)
                  + " returned null for good: "
                  + task.name()
                  + " has been ready since "
                  + PolicyWatch.text(task.readySince())
                  + " and may run on CPU "
                  + cpu
                  + ", no timer is set, and the run ended at "
                  + PolicyWatch.text(now));
        }
      }
    }
  }

  // --- explanations

  @Override
  public String keyName() {
    return told(Callback.KEY_NAME, null, ask(Callback.KEY_NAME, null, policy::keyName));
  }

  @Override
  public Key key(Task ready) {
    return told(Callback.KEY, ready, ask(Callback.KEY, ready, () -> policy.key(ready)));
  }

  @Override
  public String reason(Task picked) {
    return told(Callback.REASON, picked, ask(Callback.REASON, picked, () -> policy.reason(picked)));
  }

  private <T> T told(Callback callback, Object argument, T answer) {
    if (answer == null) {
      throw broken(callback, argument, "null", "returned null");
    }
    return answer;
  }
}
