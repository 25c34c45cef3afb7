package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Instruction;

/**
 * Follows a {@link Script}. A thread stands before its next step until its turn comes, and then
 * makes that step and what follows it that others cannot notice. Locks are handed to nobody: a
 * thread that is signalled stays asleep until its turn, and takes its mutex then.
 *
 * <p>Behind the last step nobody can make another. Threads that are left try all the same, so that
 * they go to sleep where they wait; only those that read the same again and again are left
 * standing.
 */
final class Replay implements SchedulingPolicy {
  private final Script script;
  private final List<KernelThread> ready = new ArrayList<>();
  private final Map<String, KernelThread> threads = new HashMap<>();

  /** Those that are signalled and do not have their mutex yet, in order. */
  private final List<KernelThread> returning = new ArrayList<>();

  private Synchronizer synchronizer;
  private int made;

  Replay(Script script) {
    this.script = script;
  }

  void setSynchronizer(Synchronizer locks) {
    synchronizer = locks;
  }

  long stepNanos() {
    return script.stepNanos();
  }

  private boolean isOver() {
    return made == script.tasks().size();
  }

  /**
   * Nothing happens any more.
   *
   * @throws IllegalStateException if the schedule is not over: a bug
   */
  void checkOver() {
    if (!isOver()) {
      throw new IllegalStateException(
          "step "
              + (made + 1)
              + " of the schedule, of "
              + script.tasks().get(made)
              + ", never came");
    }
  }

  /** A thread has been made. */
  void add(KernelThread thread) {
    threads.put(thread.name(), thread);
  }

  /** Says whether a thread, with its next instruction fetched, may go on. */
  boolean mayGoOn(KernelThread thread) {
    if (!thread.instruction.opcode.isStep()) {
      return true;
    }
    return isOver()
        ? !script.spinning().contains(thread.name())
        : script.tasks().get(made).equals(thread.name());
  }

  /** Says whether a thread can never go on, though nothing keeps it: it would read the same. */
  boolean spins(KernelThread thread) {
    return thread.state == KernelThread.State.READY && isOver() && !mayGoOn(thread);
  }

  /** Returns how many ready threads can never go on. */
  int spinning() {
    return (int) ready.stream().filter(this::spins).count();
  }

  // --- steps

  /** A thread has made the step that it stood before, or gone to sleep in it. */
  void stepped(KernelThread thread, Instruction step) {
    boolean asleep = thread.state == KernelThread.State.BLOCKED;
    boolean may =
        switch (step.opcode) {
          case COND_WAIT, BARRIER_WAIT, JOIN, WAIT -> true;
          default -> isOver() == asleep;
        };
    if (!may) {
      throw new IllegalStateException(
          thread.name() + " goes another way than was foreseen in line " + step.location.line());
    }
    if (!isOver()) {
      made++;
      begin();
    }
  }

  /** The next turn begins: a sleeper whose turn it is takes its mutex. */
  void begin() {
    if (isOver()) {
      returning.forEach(synchronizer::awaitAgain);
      returning.clear();
      return;
    }
    KernelThread next = threads.get(script.tasks().get(made));
    if (next != null && returning.remove(next)) {
      next.returns = true;
      synchronizer.takeAgain(next);
    }
  }

  /** A thread has been signalled and is to have its mutex back. */
  void signalled(KernelThread thread) {
    returning.add(thread);
  }

  // --- the ready queue

  @Override
  public void enqueue(Task task, Reason reason) {
    KernelThread thread = (KernelThread) task;
    if (thread.instruction == null) {
      // What only the thread itself can notice belongs to the step before.
      thread.instruction = thread.fetch();
    }
    ready.add(thread);
  }

  @Override
  public void dequeue(Task task) {
    ready.remove(task);
  }

  @Override
  public Task pickNext(int cpu) {
    Task next = peek(cpu);
    ready.remove(next);
    return next;
  }

  @Override
  public Task pickTail(int cpu) {
    return pickNext(cpu);
  }

  /** Those first that stand before no step; of those left in the end, in their order. */
  @Override
  public Task peek(int cpu) {
    KernelThread first = null;
    for (KernelThread thread : ready) {
      if (mayGoOn(thread) && thread.mayRunOn(cpu)) {
        if (!thread.instruction.opcode.isStep() || thread.returns) {
          return thread;
        }
        if (first == null || thread.id < first.id) {
          first = thread;
        }
      }
    }
    return first;
  }

  @Override
  public int size() {
    return ready.size();
  }
}
