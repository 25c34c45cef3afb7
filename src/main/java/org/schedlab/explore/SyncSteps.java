package org.schedlab.explore;

import java.util.Arrays;
import org.schedlab.program.Errno;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.program.SharedObject;

/**
 * Steps at mutexes, semaphores, condition variables, barriers and readers-writer locks.
 *
 * <p>What an object keeps in a state: a mutex its holder plus 1 and how often that has locked it, a
 * semaphore its count, a condition variable and a barrier who waits there in order, a
 * readers-writer lock its writer plus 1 and then its readers, ascending.
 */
final class SyncSteps {
  private static final long[] NOTHING = {};

  private final Machine machine;
  private final Steps steps;

  SyncSteps(Machine machine, Steps steps) {
    this.machine = machine;
    this.steps = steps;
  }

  /** Returns what an object keeps in the beginning. */
  long[] initial(SharedObject object) {
    if (object instanceof SharedObject.Mutex) {
      return new long[2];
    }
    if (object instanceof SharedObject.Semaphore semaphore) {
      return new long[] {semaphore.value()};
    }
    return object instanceof SharedObject.ReadersWriterLock ? new long[1] : NOTHING;
  }

  private int object(int slot, int target) {
    return machine.object(machine.thread(slot).process, target);
  }

  /** Says whether nobody holds a mutex. */
  boolean isFree(State state, int slot, int target) {
    return state.object(object(slot, target))[0] == 0;
  }

  private SharedObject.MutexKind kind(int mutex) {
    return ((SharedObject.Mutex) machine.object(mutex)).kind();
  }

  /** Says whether an operation that waits has nothing to wait for. */
  boolean isReady(State state, int slot, Instruction next) {
    int object = object(slot, next.target);
    long[] content = state.object(object);
    return switch (next.opcode) {
      case LOCK ->
          content[0] == 0
              || content[0] == slot + 1
                  && (kind(object) == SharedObject.MutexKind.RECURSIVE
                      || kind(object) == SharedObject.MutexKind.ERROR_CHECKING);
      case SEM_WAIT -> content[0] > 0;
      case RW_LOCK ->
          isLockedAgain(content, slot, next.flag)
              || content[0] == 0 && (!next.flag || content.length == 1);
      default -> true;
    };
  }

  /** Says whether an operation, as things stand, gets what it wants. */
  private boolean succeeds(State state, int slot, Instruction next) {
    int object = object(slot, next.target);
    long[] content = state.object(object);
    return switch (next.opcode) {
      case LOCK ->
          content[0] == 0
              || content[0] == slot + 1 && kind(object) == SharedObject.MutexKind.RECURSIVE;
      case UNLOCK -> content[0] == slot + 1;
      case RW_LOCK -> !isLockedAgain(content, slot, next.flag) && isReady(state, slot, next);
      case RW_UNLOCK -> holds(state, slot, next.target);
      case COND_WAIT -> state.object(object(slot, next.mutex))[0] == slot + 1;
      default -> isReady(state, slot, next);
    };
  }

  /** Says whether a thread holds a readers-writer lock, to read or to write. */
  boolean holds(State state, int slot, int target) {
    long[] content = state.object(object(slot, target));
    return content[0] == slot + 1 || indexOf(content, 1, slot) > 0;
  }

  /** Says whether the holder of a readers-writer lock would wait for itself: it is told instead. */
  private static boolean isLockedAgain(long[] content, int slot, boolean write) {
    boolean reads = indexOf(content, 1, slot) > 0;
    return content[0] == slot + 1 || write && reads;
  }

  private static int indexOf(long[] content, int from, long value) {
    for (int i = from; i < content.length; i++) {
      if (content[i] == value) {
        return i;
      }
    }
    return -1;
  }

  // --- what steps touch

  int[] footprint(State state, int slot, ThreadState thread) {
    Instruction next = thread.next;
    int object = object(slot, next.target);
    int thing = steps.thing(object);
    boolean waits = !next.shared && next.opcode.canBlock();
    switch (next.opcode) {
      case COND_WAIT -> {
        int mutex = steps.object(slot, next.mutex);
        return succeeds(state, slot, next)
            ? new int[] {Footprints.modifying(mutex), Footprints.modifying(thing)}
            : new int[] {Footprints.reading(mutex)};
      }
      case COND_SIGNAL -> {
        return waking(thing, next.flag, state.object(object));
      }
      case BARRIER_WAIT -> {
        boolean opens = opens(object, state.object(object));
        return opens
            ? waking(thing, true, state.object(object))
            : new int[] {Footprints.modifying(thing)};
      }
      case RW_LOCK, RW_UNLOCK -> {
        boolean locks = next.opcode == Opcode.RW_LOCK;
        boolean reads = locks && !next.flag;
        reads |= locks && isLockedAgain(state.object(object), slot, next.flag);
        reads |= next.opcode == Opcode.RW_UNLOCK && state.object(object)[0] != slot + 1;
        // Readers do not keep each other out.
        return new int[] {reads ? Footprints.reading(thing) : Footprints.modifying(thing)};
      }
      default -> {
        boolean held = state.object(object)[0] == slot + 1;
        boolean modifies = waits && !held || succeeds(state, slot, next);
        return new int[] {modifies ? Footprints.modifying(thing) : Footprints.reading(thing)};
      }
    }
  }

  private int[] waking(int thing, boolean all, long[] waiters) {
    int woken = all ? waiters.length : Math.min(1, waiters.length);
    int[] touched = new int[1 + woken];
    touched[0] = Footprints.modifying(thing);
    for (int i = 0; i < woken; i++) {
      touched[i + 1] = Footprints.modifying(steps.wake((int) waiters[i]));
    }
    return touched;
  }

  private boolean opens(int barrier, long[] waiters) {
    return waiters.length + 1 >= ((SharedObject.Barrier) machine.object(barrier)).parties();
  }

  // --- what they do

  void perform(State state, int slot, ThreadState thread) {
    Instruction next = thread.next;
    int object = object(slot, next.target);
    if (thread.phase == ThreadState.Phase.REACQUIRING) {
      state.setObject(object(slot, next.mutex), slot + 1, 1);
      finish(state, slot, thread, 1, 0);
      return;
    }
    if (!succeeds(state, slot, next)) {
      finish(state, slot, thread, 0, error(state, slot, next).number());
      return;
    }
    long[] content = state.object(object);
    switch (next.opcode) {
      case LOCK -> state.setObject(object, slot + 1, content[1] + 1);
      case UNLOCK -> state.setObject(object, content[1] == 1 ? 0 : slot + 1, content[1] - 1);
      case SEM_WAIT -> state.setObject(object, content[0] - 1);
      case SEM_POST -> state.setObject(object, content[0] + 1);
      case COND_WAIT -> {
        state.setObject(object(slot, next.mutex), 0, 0);
        state.setObject(object, with(content, slot));
        state.setThread(slot, thread.in(ThreadState.Phase.QUEUED));
        return;
      }
      case COND_SIGNAL -> signal(state, object, next.flag);
      case BARRIER_WAIT -> {
        arrive(state, slot, thread, object);
        return;
      }
      case RW_LOCK -> {
        if (next.flag) {
          state.setObject(object, slot + 1);
        } else {
          long[] readers = with(content, slot);
          Arrays.sort(readers, 1, readers.length);
          state.setObject(object, readers);
        }
      }
      case RW_UNLOCK -> {
        if (content[0] == slot + 1) {
          state.setObject(object, 0);
        } else {
          state.setObject(object, without(content, indexOf(content, 1, slot)));
        }
      }
      default ->
          throw new UnexplorableException("explore does not follow this operation", next.location);
    }
    finish(state, slot, thread, 1, 0);
  }

  private Errno error(State state, int slot, Instruction next) {
    boolean own = state.object(object(slot, next.target)).length > 0;
    return switch (next.opcode) {
      case LOCK -> {
        int mutex = object(slot, next.target);
        boolean again = own && state.object(mutex)[0] == slot + 1;
        boolean checks = kind(mutex) == SharedObject.MutexKind.ERROR_CHECKING;
        yield again && checks ? Errno.EDEADLK : Errno.EBUSY;
      }
      case RW_LOCK ->
          isLockedAgain(state.object(object(slot, next.target)), slot, next.flag)
              ? Errno.EDEADLK
              : Errno.EBUSY;
      case SEM_WAIT -> Errno.EAGAIN;
      default -> Errno.EPERM;
    };
  }

  private void finish(State state, int slot, ThreadState thread, int into, int error) {
    Execution execution = new Execution(thread.execution);
    execution.setRegister(thread.next.register, into);
    execution.setRegister(thread.next.error, error);
    steps.goOn(state, slot, execution, thread.children);
  }

  private static long[] with(long[] content, long value) {
    long[] more = Arrays.copyOf(content, content.length + 1);
    more[content.length] = value;
    return more;
  }

  private static long[] without(long[] content, int index) {
    long[] fewer = new long[content.length - 1];
    System.arraycopy(content, 0, fewer, 0, index);
    System.arraycopy(content, index + 1, fewer, index, fewer.length - index);
    return fewer;
  }

  private void signal(State state, int condition, boolean all) {
    long[] waiters = state.object(condition);
    int woken = all ? waiters.length : Math.min(1, waiters.length);
    for (int i = 0; i < woken; i++) {
      int waiter = (int) waiters[i];
      state.setThread(waiter, state.thread(waiter).in(ThreadState.Phase.REACQUIRING));
    }
    state.setObject(condition, Arrays.copyOfRange(waiters, woken, waiters.length));
  }

  private void arrive(State state, int slot, ThreadState thread, int barrier) {
    long[] waiters = state.object(barrier);
    if (!opens(barrier, waiters)) {
      state.setObject(barrier, with(waiters, slot));
      state.setThread(slot, thread.in(ThreadState.Phase.AT_BARRIER));
      return;
    }
    state.setObject(barrier, NOTHING);
    for (long waiter : waiters) {
      // Only the last one to come is told 1, as POSIX's serial thread.
      finish(state, (int) waiter, state.thread((int) waiter), 0, 0);
    }
    finish(state, slot, thread, 1, 0);
  }
}
