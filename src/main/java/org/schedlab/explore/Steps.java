package org.schedlab.explore;

import java.util.List;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;

/**
 * What steps do: one operation that other threads can observe, with the thread's own operations
 * that follow it. Locks are handed to nobody: who takes a free one is for the schedule to say.
 */
final class Steps {
  /** So many stretches of operations that nobody observes are an endless loop. */
  private static final int MOST_PAUSES = 1_000;

  private final Machine machine;
  private final SyncSteps sync;
  private final ChannelSteps channels;
  private final FamilySteps family;

  Steps(Machine machine) {
    this.machine = machine;
    this.sync = new SyncSteps(machine, this);
    this.family = new FamilySteps(machine, this);
    this.channels = new ChannelSteps(machine, this, family);
  }

  /** Returns the beginning: every thread stands before its first step. */
  State initial() {
    State state = new State(machine);
    for (int number = 0; number < state.objectCount(); number++) {
      state.setObject(number, initialObject(number));
    }
    for (int slot = 0; slot < machine.initialThreads(); slot++) {
      start(state, slot);
    }
    return state;
  }

  /** Returns what an object keeps in the beginning. */
  long[] initialObject(int number) {
    return sync.initial(machine.object(number));
  }

  void start(State state, int slot) {
    goOn(state, slot, new Execution(machine.thread(slot).program), 0);
  }

  /** Runs what only the thread itself can notice, up to its next step. */
  void goOn(State state, int slot, Execution execution, int children) {
    int pauses = 0;
    while (true) {
      Instruction next = execution.fetch(state::fail);
      if (execution.dividedByZero()) {
        throw new UnexplorableException("a schedule divides by 0 here", next.location);
      }
      switch (next.opcode) {
        case COMPUTE, IO, SLEEP, YIELD -> {}
        case CALL -> {
          if (execution.stackBytes() + next.frameBytes > machine.thread(slot).stackBytes) {
            throw new UnexplorableException("a schedule overflows the stack here", next.location);
          }
          execution.call(next);
        }
        case END -> {
          end(state, slot, execution, children, 0);
          return;
        }
        case EXIT -> {
          if (!machine.isAlone(slot)) {
            throw new UnexplorableException(
                "exit ends the other threads of its process, which explore does not follow;"
                    + " let the program end instead",
                next.location);
          }
          long code = next.value.evaluate(execution);
          if (execution.dividedByZero()) {
            throw new UnexplorableException("a schedule divides by 0 here", next.location);
          }
          end(state, slot, execution, children, code & 0xff);
          return;
        }
        case PAUSE -> {
          if (++pauses > MOST_PAUSES) {
            throw new UnexplorableException(
                "a loop goes on forever without an operation that other threads can observe",
                next.location);
          }
        }
        default -> {
          state.setThread(
              slot, new ThreadState(ThreadState.Phase.RUNNING, execution, next, children));
          return;
        }
      }
    }
  }

  /** A thread ends; where it is the last of its process, with that code. */
  void end(State state, int slot, Execution execution, int children, long code) {
    Execution kept = machine.thread(slot).watched ? execution : null;
    state.setThread(slot, new ThreadState(ThreadState.Phase.ENDED, kept, null, children));
    if (machine.hasFamilies()) {
      family.threadEnded(state, slot, code);
    }
  }

  // --- who can go on

  /** Says whether a thread can make its next step. */
  boolean isEnabled(State state, int slot) {
    ThreadState thread = state.thread(slot);
    if (thread == null) {
      return false;
    }
    return switch (thread.phase) {
      case ENDED, QUEUED, AT_BARRIER -> false;
      case REACQUIRING -> sync.isFree(state, slot, thread.next.mutex);
      case RUNNING -> isReady(state, slot, thread) && !spins(state, slot, thread);
    };
  }

  /** Says whether a thread would only read the same again. */
  boolean spinsHere(State state, int slot) {
    ThreadState thread = state.thread(slot);
    return thread.phase == ThreadState.Phase.RUNNING
        && isReady(state, slot, thread)
        && spins(state, slot, thread);
  }

  private boolean isReady(State state, int slot, ThreadState thread) {
    Instruction next = thread.next;
    return switch (next.opcode) {
      case LOCK, SEM_WAIT, RW_LOCK -> next.shared || sync.isReady(state, slot, next);
      case SEND, RECEIVE -> next.shared || channels.isReady(state, slot, thread);
      case JOIN -> hasEnded(state, slot, next.text);
      case WAIT -> family.canReap(state, slot, next);
      default -> true;
    };
  }

  /** Says whether threads of that name have been started, and all of them have ended. */
  private boolean hasEnded(State state, int slot, String name) {
    boolean made = false;
    int process = machine.thread(slot).process;
    for (int other = 0; other < state.threads.length; other++) {
      ThreadState thread = state.threads[other];
      if (thread != null && machine.isMeant(name, process, other)) {
        made = true;
        if (thread.phase != ThreadState.Phase.ENDED) {
          return false;
        }
      }
    }
    return made;
  }

  /** Says whether a step changes nothing at all: the thread tries the same again and again. */
  private boolean spins(State state, int slot, ThreadState thread) {
    if (!maySpin(slot, thread.next) || Footprints.modifies(footprint(state, slot))) {
      return false;
    }
    return thread.standsAs(step(state, slot).thread(slot));
  }

  private boolean maySpin(int slot, Instruction next) {
    return machine.thread(slot).mayLoop
        && (next.opcode == Opcode.LOAD || next.opcode == Opcode.COMPARE_AND_SWAP || next.shared);
  }

  /** Says whether a thread may be kept from its next step by what others have done. */
  boolean canBeKept(State state, int slot) {
    ThreadState thread = state.thread(slot);
    if (thread.phase != ThreadState.Phase.RUNNING) {
      return true;
    }
    return switch (thread.next.opcode) {
      case LOCK, SEM_WAIT, RW_LOCK, SEND, RECEIVE, JOIN, WAIT -> true;
      default -> maySpin(slot, thread.next);
    };
  }

  /** Says whether a thread holds the readers-writer lock that an instruction of it names. */
  boolean holds(State state, int slot, Instruction instruction) {
    return sync.holds(state, slot, instruction.target);
  }

  // --- what a step touches

  /** Returns what a thread's next step touches, also where it is kept from it. */
  int[] footprint(State state, int slot) {
    int[] own = ownFootprint(state, slot);
    if (!machine.endMatters(machine.thread(slot).process) || !isEnabledOutright(state, slot)) {
      return own;
    }
    return Footprints.plus(own, family.endings(state, step(state, slot)));
  }

  /** Says the same as {@link #isEnabled}, but of one who would only read the same again too. */
  private boolean isEnabledOutright(State state, int slot) {
    ThreadState thread = state.thread(slot);
    return thread.phase == ThreadState.Phase.RUNNING
        ? isReady(state, slot, thread)
        : isEnabled(state, slot);
  }

  /** Says whether a thread's next step touches the same whatever others do. */
  boolean isFixed(State state, int slot) {
    return state.thread(slot).footprint != null
        && !machine.endMatters(machine.thread(slot).process);
  }

  private int[] ownFootprint(State state, int slot) {
    ThreadState thread = state.thread(slot);
    if (thread.footprint != null) {
      return thread.footprint;
    }
    Instruction next = thread.next;
    if (thread.phase == ThreadState.Phase.REACQUIRING) {
      thread.footprint =
          new int[] {
            Footprints.modifying(object(slot, next.mutex)), Footprints.modifying(wake(slot))
          };
      return thread.footprint;
    }
    switch (next.opcode) {
      case LOAD -> thread.footprint = new int[] {Footprints.reading(cell(slot, thread))};
      case STORE, FETCH_ADD, EXCHANGE ->
          thread.footprint = new int[] {Footprints.modifying(cell(slot, thread))};
      case COMPARE_AND_SWAP -> {
        int cell = cell(slot, thread);
        boolean swaps = state.memory(cell) == next.expected.evaluate(thread.execution);
        return new int[] {swaps ? Footprints.modifying(cell) : Footprints.reading(cell)};
      }
      case START_THREAD, JOIN -> thread.footprint = Footprints.NOTHING;
      case SPAWN, FORK, WAIT -> {
        return family.footprint(state, slot, next);
      }
      case SEND, RECEIVE -> {
        return channels.footprint(state, slot, thread);
      }
      default -> {
        return sync.footprint(state, slot, thread);
      }
    }
    return thread.footprint;
  }

  /** Returns the number of the thing that an object is to footprints. */
  int object(int slot, int target) {
    return thing(machine.object(machine.thread(slot).process, target));
  }

  int thing(int object) {
    return Footprints.object(object);
  }

  /** Returns the number of the thing that the waking of a thread is to footprints. */
  int wake(int slot) {
    return Footprints.wake(slot);
  }

  /** Returns the cell that a thread's next step accesses. */
  int cell(int slot, ThreadState thread) {
    int within = thread.execution.cell(thread.next);
    if (within < 0) {
      throw new UnexplorableException(
          "a schedule comes here with an index that the array does not have", thread.next.location);
    }
    return machine.base(machine.thread(slot).process, thread.next.cell) + within;
  }

  // --- steps

  /** Returns the processes whose ends a wait learns of. */
  List<Integer> reaped(State state, int slot) {
    return family.reaped(state, slot, state.thread(slot).next);
  }

  /** Returns what a state becomes by the next step of a thread, which can make it. */
  State step(State before, int slot) {
    State state = new State(before);
    ThreadState thread = before.thread(slot);
    Instruction next = thread.next;
    switch (next.opcode) {
      case LOAD, STORE, FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP -> access(state, slot, thread);
      case START_THREAD -> startThreads(state, slot, thread);
      case JOIN -> goOn(state, slot, new Execution(thread.execution), thread.children);
      case SPAWN -> family.spawn(state, slot, thread);
      case FORK -> family.fork(state, slot, thread);
      case WAIT -> family.reap(state, slot, thread);
      case SEND, RECEIVE -> {
        Execution execution = new Execution(thread.execution);
        if (channels.perform(state, slot, thread, execution)) {
          goOn(state, slot, execution, thread.children);
        }
      }
      default -> sync.perform(state, slot, thread);
    }
    return state;
  }

  private void access(State state, int slot, ThreadState thread) {
    Execution execution = new Execution(thread.execution);
    Instruction next = thread.next;
    int cell = cell(slot, thread);
    long[] memory = next.opcode == Opcode.LOAD ? state.memory() : state.ownMemory();
    execution.access(next, memory, cell);
    if (execution.dividedByZero()) {
      throw new UnexplorableException("a schedule divides by 0 here", next.location);
    }
    goOn(state, slot, execution, thread.children);
  }

  private void startThreads(State state, int slot, ThreadState thread) {
    int count = thread.next.seed.count();
    for (int i = 0; i < count; i++) {
      int child = machine.births().thread(slot, thread.children, i, thread.next);
      start(state, child);
    }
    goOn(state, slot, new Execution(thread.execution), thread.children + count);
  }
}
