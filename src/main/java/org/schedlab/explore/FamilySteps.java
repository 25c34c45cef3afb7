package org.schedlab.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;

/**
 * Steps by which processes make others and wait for their ends, and what their ends close.
 *
 * <p>A state keeps of each process its children of which no wait has learnt yet, two numbers each:
 * the process, and its exit code or {@link #ALIVE}. Those that have ended come first, in the order
 * of their ends.
 */
final class FamilySteps {
  private static final long ALIVE = Long.MIN_VALUE;
  private static final int WORDS = 2;
  private static final long[] NOBODY = {};

  /** What a wait gives where there is no child to wait for. */
  private static final int NO_CHILD = -1;

  private final Machine machine;
  private final Steps steps;

  FamilySteps(Machine machine, Steps steps) {
    this.machine = machine;
    this.steps = steps;
  }

  // --- births

  void spawn(State state, int slot, ThreadState thread) {
    Instruction next = thread.next;
    int count = next.process.count();
    for (int i = 0; i < count; i++) {
      enter(state, slot, machine.births().spawned(slot, thread.children, i, next));
    }
    for (int i = 0; i < count; i++) {
      int child = machine.births().spawned(slot, thread.children, i, next);
      for (int first : machine.process(child).firstThreads) {
        steps.start(state, first);
      }
    }
    steps.goOn(state, slot, new Execution(thread.execution), thread.children + count);
  }

  /** A process begins: it has memory and objects, and its parent knows it. */
  private void enter(State state, int parent, int child) {
    ProcessForm process = machine.process(child);
    int before = state.objectCount();
    state.grow(machine.memoryUpTo(child), process.objectsEnd);
    for (int number = before; number < process.objectsEnd; number++) {
      state.setObject(number, steps.initialObject(number));
    }
    int family = machine.process(machine.thread(parent).process).family;
    long[] children = state.object(family);
    long[] more = Arrays.copyOf(children, children.length + WORDS);
    more[children.length] = child;
    more[children.length + 1] = ALIVE;
    state.setObject(family, more);
  }

  void fork(State state, int slot, ThreadState thread) {
    Instruction next = thread.next;
    int child = machine.births().forked(slot, thread.children, next);
    enter(state, slot, child);
    ProcessForm copy = machine.process(child);
    ProcessForm original = machine.process(machine.thread(slot).process);
    int copySlot = copy.firstThreads[0];
    long[] memory = state.ownMemory();
    System.arraycopy(memory, original.ownCells, memory, copy.ownCells, original.cells);
    for (int i = 0; i < copy.ownObjects.length; i++) {
      int from = original.ownObjects[i];
      int to = copy.ownObjects[i];
      if (from != to) {
        state.setObject(to, copied(machine.object(from), state.object(from), slot, copySlot));
      }
    }
    Execution childs =
        next.child == null
            ? new Execution(thread.execution)
            : new Execution(machine.thread(copySlot).program);
    if (next.child == null) {
      childs.setRegister(next.register, 0);
    }
    steps.goOn(state, copySlot, childs, 0);
    Execution execution = new Execution(thread.execution);
    execution.setRegister(next.register, started(state));
    steps.goOn(state, slot, execution, thread.children + 1);
  }

  /** What the caller holds, its copy holds; who waits there waits at the original. */
  private static long[] copied(SharedObject object, long[] content, int caller, int copy) {
    if (object instanceof SharedObject.Condition || object instanceof SharedObject.Barrier) {
      return NOBODY;
    }
    long[] result = content.clone();
    if (object instanceof SharedObject.Mutex
        || object instanceof SharedObject.ReadersWriterLock && result[0] != 0) {
      result[0] = result[0] == caller + 1 ? copy + 1 : result[0];
    } else if (object instanceof SharedObject.ReadersWriterLock) {
      for (int i = 1; i < result.length; i++) {
        result[i] = result[i] == caller ? copy : result[i];
      }
      Arrays.sort(result, 1, result.length);
    }
    return result;
  }

  /** Returns how many processes there have been: the number of the last, from 1. */
  private int started(State state) {
    int count = 0;
    for (int process = 0; process < machine.processCount(); process++) {
      count += hasStarted(state, process) ? 1 : 0;
    }
    return count;
  }

  // --- ends

  private boolean hasStarted(State state, int process) {
    return state.thread(machine.process(process).firstThreads[0]) != null;
  }

  /** Says whether all threads of a process have ended. */
  private boolean hasEnded(State state, int process) {
    for (int first : machine.process(process).firstThreads) {
      if (state.thread(first) == null) {
        return false;
      }
    }
    for (int slot = 0; slot < state.threads.length; slot++) {
      ThreadState thread = state.threads[slot];
      if (thread != null
          && machine.thread(slot).process == process
          && thread.phase != ThreadState.Phase.ENDED) {
        return false;
      }
    }
    return true;
  }

  /** A thread has ended; where it was the last of its process, the parent can wait for that. */
  void threadEnded(State state, int slot, long code) {
    int process = machine.thread(slot).process;
    if (!hasEnded(state, process)) {
      return;
    }
    if (state.object(machine.process(process).family).length > 0) {
      // Nobody will wait for its children any more.
      state.setObject(machine.process(process).family, NOBODY);
    }
    int parent = machine.process(process).parent;
    if (parent >= 0) {
      int family = machine.process(parent).family;
      state.setObject(family, ended(state.object(family), process, code));
    }
  }

  private static long[] ended(long[] children, int process, long code) {
    long[] result = new long[children.length];
    int at = 0;
    boolean found = false;
    for (int turn = 0; turn < 2; turn++) {
      // First those that had ended, then the others.
      for (int i = 0; i < children.length; i += WORDS) {
        boolean own = children[i] == process;
        found |= own;
        if ((children[i + 1] != ALIVE) == (turn == 0) && !own) {
          result[at++] = children[i];
          result[at++] = children[i + 1];
        }
      }
      if (turn == 0 && found) {
        result[at++] = process;
        result[at++] = code;
      }
    }
    return result;
  }

  /** Says whether nobody has an end of a pipe open any more. */
  boolean isClosed(State state, int pipe, boolean write) {
    if (!machine.isOpenToSeveral(pipe)) {
      return false;
    }
    int end = Machine.end(pipe, write);
    boolean was = false;
    for (int process = 0; process < machine.processCount(); process++) {
      if (machine.process(process).ends.contains(end) && hasStarted(state, process)) {
        was = true;
        if (!hasEnded(state, process)) {
          return false;
        }
      }
    }
    return was || !machine.mayOpen(end);
  }

  /** Returns what a step touches by the threads and processes that end with it. */
  int[] endings(State before, State after) {
    List<Integer> touched = new ArrayList<>(0);
    for (int slot = 0; slot < after.threads.length; slot++) {
      ThreadState thread = after.threads[slot];
      if (thread == null
          || thread.phase != ThreadState.Phase.ENDED
          || before.thread(slot) == thread) {
        continue;
      }
      int process = machine.thread(slot).process;
      touched.add(Footprints.modifying(Footprints.life(process)));
      if (hasEnded(after, process)) {
        for (int end : machine.process(process).ends) {
          touched.add(Footprints.modifying(Footprints.end(end)));
        }
        int parent = machine.process(process).parent;
        if (parent >= 0 && machine.process(parent).ordersEnds) {
          touched.add(Footprints.modifying(Footprints.orderOfEnds(parent)));
        }
      }
    }
    return touched.isEmpty()
        ? Footprints.NOTHING
        : touched.stream().mapToInt(Integer::intValue).toArray();
  }

  // --- waits

  private boolean isAsked(long child, String text) {
    return text.equals(Operation.WaitFor.ANY)
        || text.equals(Operation.WaitFor.ALL)
        || machine.isCalled((int) child, text);
  }

  /** Returns how many children a wait means, of those that have ended or of all. */
  private int asked(long[] children, String text, boolean ended) {
    int asked = 0;
    for (int i = 0; i < children.length; i += WORDS) {
      boolean counts = !ended || children[i + 1] != ALIVE;
      asked += counts && isAsked(children[i], text) ? 1 : 0;
    }
    return asked;
  }

  private long[] children(State state, int slot) {
    return state.object(machine.process(machine.thread(slot).process).family);
  }

  /** Says whether a wait has nothing to wait for. */
  boolean canReap(State state, int slot, Instruction wait) {
    long[] children = children(state, slot);
    int asked = asked(children, wait.text, false);
    int ended = asked(children, wait.text, true);
    return asked == 0 || (wait.text.equals(Operation.WaitFor.ANY) ? ended > 0 : ended == asked);
  }

  /** Returns the children of whose ends a wait learns, in the order in which they ended. */
  List<Integer> reaped(State state, int slot, Instruction wait) {
    List<Integer> reaped = new ArrayList<>();
    long[] children = children(state, slot);
    for (int i = 0; i < children.length; i += WORDS) {
      if (children[i + 1] != ALIVE && isAsked(children[i], wait.text)) {
        reaped.add((int) children[i]);
        if (wait.text.equals(Operation.WaitFor.ANY)) {
          break;
        }
      }
    }
    return reaped;
  }

  void reap(State state, int slot, ThreadState thread) {
    Instruction wait = thread.next;
    List<Integer> reaped = reaped(state, slot, wait);
    long[] children = children(state, slot);
    long[] left = new long[children.length - WORDS * reaped.size()];
    long code = NO_CHILD;
    int at = 0;
    for (int i = 0; i < children.length; i += WORDS) {
      if (reaped.contains((int) children[i])) {
        code = children[i + 1];
      } else {
        left[at++] = children[i];
        left[at++] = children[i + 1];
      }
    }
    state.setObject(machine.process(machine.thread(slot).process).family, left);
    Execution execution = new Execution(thread.execution);
    execution.setRegister(wait.register, code);
    steps.goOn(state, slot, execution, thread.children);
  }

  // --- what steps touch

  int[] footprint(State state, int slot, Instruction next) {
    int process = machine.thread(slot).process;
    int children = Footprints.modifying(Footprints.children(process));
    int numbering = Footprints.modifying(Footprints.numbering());
    switch (next.opcode) {
      case SPAWN -> {
        return machine.hasForks() ? new int[] {children, numbering} : new int[] {children};
      }
      case FORK -> {
        ProcessForm original = machine.process(process);
        int[] touched = new int[2 + original.cells + original.ownObjects.length];
        touched[0] = children;
        touched[1] = numbering;
        int at = 2;
        for (int i = 0; i < original.cells; i++) {
          touched[at++] = Footprints.reading(original.ownCells + i);
        }
        for (int object : original.ownObjects) {
          touched[at++] = Footprints.reading(Footprints.object(object));
        }
        return touched;
      }
      default -> {
        boolean several = asked(children(state, slot), next.text, false) > 1;
        int order = Footprints.reading(Footprints.orderOfEnds(process));
        return several ? new int[] {children, order} : new int[] {children};
      }
    }
  }
}
