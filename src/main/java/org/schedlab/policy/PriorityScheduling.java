package org.schedlab.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.schedlab.kernel.SchedulingPolicy;
import org.schedlab.kernel.Task;

/**
 * Priority scheduling: the most urgent ready thread runs. Equal priorities run in order of entry,
 * or in turn when there is a quantum. A thread preempted by a more urgent one goes to the head of
 * its priority and keeps the rest of its quantum (POSIX), or to the tail with a fresh quantum, as
 * some textbooks have it.
 *
 * <p>Aging raises a ready thread by one for every stretch of waiting, to the tail of its new
 * priority. It runs at the priority it has reached and falls back to its own when it leaves the
 * CPU: a raise that ended with the dispatch would be undone by the very thread it passed. The
 * policy's word of a thread is the priority it has reached.
 *
 * <p>Source: Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., section 5.3.4;
 * IEEE Std 1003.1, section 2.8.4 (SCHED_FIFO and SCHED_RR).
 */
final class PriorityScheduling implements SchedulingPolicy {
  private static final int MOST_STALE = 64;

  private final ReadyHeap ready = new ReadyHeap();
  private final boolean preemptive;
  private final long quantum;
  private final long aging;
  private final boolean preemptedToHead;
  private final Clock clock;

  /** Counts up for entries at the tail of a priority, down for entries at its head. */
  private long tail;

  private long head = -1;

  /** Raises to come, ordered by time; an entry whose ticket is no longer its thread's is stale. */
  private final ReadyHeap raises = new ReadyHeap();

  private long[] ticket = new long[16];
  private long[] due = new long[16];
  private long tickets;

  PriorityScheduling(Context context, PolicyParameters parameters) {
    this.clock = context.clock();
    this.preemptive = parameters.flag("preemptive");
    this.quantum = parameters.optionalDuration("quantum").orElse(NO_LIMIT);
    this.aging = parameters.optionalDuration("aging").orElse(NO_LIMIT);
    this.preemptedToHead = parameters.choice("preempted_to").equals("head");
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    int slot = task.slot();
    if (slot >= ticket.length) {
      ticket = Arrays.copyOf(ticket, 2 * slot);
      due = Arrays.copyOf(due, 2 * slot);
    }
    task.setPolicyWord(task.priority());
    boolean toHead = reason == Reason.LOWERED || (reason == Reason.PREEMPTED && preemptedToHead);
    ready.add(task, task.priority(), toHead ? head-- : tail++);
    scheduleRaise(task);
    if (raises.size() > 2 * ready.size() + MOST_STALE) {
      dropAllStaleRaises();
    }
  }

  @Override
  public void dequeue(Task task) {
    ready.remove(task);
    forgetRaise(task);
  }

  @Override
  public Task pickNext(int cpu) {
    return taken(ready.poll(cpu));
  }

  @Override
  public Task pickTail(int cpu) {
    return taken(ready.pollLast(cpu));
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
    return preemptedToHead && task.sliceLeft() > 0 ? task.sliceLeft() : quantum;
  }

  @Override
  public boolean isPreemptive() {
    return preemptive;
  }

  @Override
  public boolean preempts(Task ready, Task running) {
    return ready.policyWord() < running.policyWord();
  }

  @Override
  public void priorityChanged(Task running) {
    running.setPolicyWord(running.priority());
  }

  @Override
  public long nextTimer() {
    dropStaleRaises();
    return raises.size() == 0 ? NO_LIMIT : raises.rootKey();
  }

  @Override
  public void onTimer(long now) {
    List<Task> raised = new ArrayList<>();
    dropStaleRaises();
    while (raises.size() > 0 && raises.rootKey() <= now) {
      raised.add(raises.pollRoot());
      dropStaleRaises();
    }
    for (Task task : raised) {
      ready.remove(task);
      task.setPolicyWord(task.policyWord() - 1);
      ready.add(task, task.policyWord(), tail++);
      scheduleRaise(task);
    }
  }

  private Task taken(Task task) {
    if (task != null) {
      forgetRaise(task);
    }
    return task;
  }

  private void scheduleRaise(Task task) {
    if (aging != NO_LIMIT) {
      long mine = ++tickets;
      ticket[task.slot()] = mine;
      due[task.slot()] = clock.now() + aging;
      raises.add(task, due[task.slot()], mine);
    }
  }

  /** A dispatch leaves its raise behind; without this they would pile up until their time comes. */
  private void dropAllStaleRaises() {
    raises.clear();
    for (int i = 0; i < ready.size(); i++) {
      Task task = ready.at(i);
      raises.add(task, due[task.slot()], ticket[task.slot()]);
    }
  }

  private void forgetRaise(Task task) {
    ticket[task.slot()] = 0;
  }

  private void dropStaleRaises() {
    while (raises.size() > 0 && raises.rootSecondKey() != ticket[raises.root().slot()]) {
      raises.pollRoot();
    }
  }

  @Override
  public String keyName() {
    return "urgency";
  }

  @Override
  public Key key(Task task) {
    return Key.number(task.policyWord());
  }

  @Override
  public String reason(Task picked) {
    return "is the first of the most urgent";
  }
}
