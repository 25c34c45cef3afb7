package org.schedlab.kernel;

import java.util.List;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.sync.Mutex;
import org.schedlab.program.Errno;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.TraceSink;

/**
 * Puts locks, semaphores, condition variables and barriers on the clock. As with futexes, what
 * nobody contends for is done in user space and takes no system call; the kernel is entered to
 * sleep, and to wake somebody.
 */
final class Synchronizer {
  private final Kernel kernel;
  private final Clock clock;
  private final TraceSink trace;
  private final WaitGraph graph;
  private final Priorities priorities;
  private final long lock;
  private final long unlock;
  private final long transfer;
  private final long systemCall;
  private final long wake;

  Synchronizer(Kernel kernel, Clock clock, TraceSink trace, CostModel costs) {
    this.kernel = kernel;
    this.clock = clock;
    this.trace = trace;
    this.graph = new WaitGraph(clock, trace);
    this.priorities = new Priorities(kernel);
    long pair = costs.get(Cost.MUTEX_UNCONTENDED);
    this.lock = pair - pair / 2;
    this.unlock = pair / 2;
    this.transfer = costs.get(Cost.CACHE_LINE_TRANSFER);
    this.systemCall = costs.systemCall();
    // The figure for handing a lock over contains the sleeper's switch and way to sleep and back.
    long sleeper = costs.get(Cost.THREAD_SWITCH) + costs.get(Cost.BLOCK_WAKE);
    this.wake = Math.max(0, costs.get(Cost.CONTENDED_HANDOFF) - sleeper - systemCall);
  }

  WaitGraph graph() {
    return graph;
  }

  Priorities priorities() {
    return priorities;
  }

  private static SyncObject object(KernelThread thread, int index) {
    return thread.process.object(index);
  }

  // --- what it takes

  /** Returns what an operation takes in user space. */
  long userTime(Core core, KernelThread thread, Instruction instruction) {
    SyncObject object = object(thread, instruction.target);
    boolean elsewhere = object.lastCpu >= 0 && object.lastCpu != core.id;
    object.lastCpu = core.id;
    boolean releases =
        switch (instruction.opcode) {
          case UNLOCK, RW_UNLOCK, SEM_POST, COND_SIGNAL -> true;
          default -> false;
        };
    return (releases ? unlock : lock) + (elsewhere ? transfer : 0);
  }

  /**
   * Adds the kernel's part of an operation, as things stand, to the core's next section: of going
   * to sleep, or of waking somebody.
   */
  void addKernelPart(Core core, KernelThread thread, Instruction instruction) {
    boolean wakes = wakesSomebody(thread, instruction);
    if (wakes || mustWait(thread, instruction)) {
      core.addPart(Account.MODE_SWITCH, systemCall);
    }
    if (wakes) {
      core.addPart(Account.BLOCK_WAKE, wake);
    }
  }

  private boolean mustWait(KernelThread thread, Instruction instruction) {
    if (instruction.shared) {
      return false;
    }
    SyncObject object = object(thread, instruction.target);
    return switch (instruction.opcode) {
      case LOCK -> !object.spins() && object.mutex.test(thread) == Mutex.Locking.HELD;
      case SEM_WAIT -> !object.semaphore.isAvailable();
      case COND_WAIT -> object(thread, instruction.mutex).mutex.holder() == thread;
      case BARRIER_WAIT -> !object.barrier.opensNext();
      case RW_LOCK ->
          !isLockedAgain(thread, instruction, object) && !object.rwLock.isFreeFor(instruction.flag);
      default -> false;
    };
  }

  private boolean wakesSomebody(KernelThread thread, Instruction instruction) {
    SyncObject object = object(thread, instruction.target);
    return switch (instruction.opcode) {
      case UNLOCK -> object.mutex.holder() == thread && object.mutex.isContended();
      case SEM_POST -> !object.semaphore.waiters().isEmpty();
      case COND_SIGNAL -> !object.condition.isEmpty();
      case BARRIER_WAIT -> object.barrier.opensNext() && !object.barrier.waiters().isEmpty();
      case RW_UNLOCK -> object.rwLock.isHeldBy(thread) && object.rwLock.waiting() > 0;
      default -> false;
    };
  }

  // --- what it does

  /** Carries an operation out. */
  void perform(Core core, KernelThread thread, Instruction instruction) {
    SyncObject object = object(thread, instruction.target);
    switch (instruction.opcode) {
      case LOCK -> lock(core, thread, instruction, object);
      case UNLOCK -> unlock(core, thread, instruction, object);
      case SEM_WAIT -> {
        if (object.semaphore.take()) {
          pass(core, thread, instruction, object, LockMode.PASSED);
        } else {
          waitOrGiveUp(core, thread, instruction, object, BlockCause.SEMAPHORE, Errno.EAGAIN);
        }
      }
      case SEM_POST -> {
        trace.released(clock.now(), thread.id, object.id);
        KernelThread next = object.semaphore.post();
        if (next != null) {
          grant(core, next, object, LockMode.PASSED);
        }
      }
      case COND_WAIT -> condWait(core, thread, instruction, object);
      case COND_SIGNAL -> signal(core, thread, instruction, object);
      case BARRIER_WAIT -> barrierWait(core, thread, instruction, object);
      case RW_LOCK -> rwLock(core, thread, instruction, object);
      case RW_UNLOCK -> rwUnlock(core, thread, instruction, object);
      default -> throw new IllegalStateException(instruction.opcode + " locks nothing");
    }
  }

  private static void answer(KernelThread thread, Instruction instruction, int into, int error) {
    thread.execution.setRegister(instruction.register, into);
    thread.execution.setRegister(instruction.error, error);
  }

  /** The operation succeeded without waiting. */
  private void pass(
      Core core, KernelThread thread, Instruction instruction, SyncObject object, LockMode mode) {
    pass(core, thread, instruction, object, mode, false);
  }

  private void pass(
      Core core,
      KernelThread thread,
      Instruction instruction,
      SyncObject object,
      LockMode mode,
      boolean waited) {
    answer(thread, instruction, 1, 0);
    trace.acquired(clock.now(), thread.id, object.id, mode, waited);
    if (!instruction.shared) {
      kernel.passBlockingPoint(core, thread);
    }
  }

  private void fail(
      KernelThread thread, Instruction instruction, SyncObject object, Errno error, String detail) {
    answer(thread, instruction, 0, error.number());
    trace.operationFailed(
        clock.now(),
        thread.id,
        object.id,
        error.name(),
        detail,
        instruction.location.line(),
        instruction.location.column());
  }

  private void waitOrGiveUp(
      Core core,
      KernelThread thread,
      Instruction instruction,
      SyncObject object,
      BlockCause cause,
      Errno unable) {
    if (instruction.shared) {
      answer(thread, instruction, 0, unable.number());
      return;
    }
    sleepAt(core, thread, instruction, object, cause);
  }

  private void sleepAt(
      Core core,
      KernelThread thread,
      Instruction instruction,
      SyncObject object,
      BlockCause cause) {
    thread.waiting = instruction;
    thread.waitsAt = object;
    thread.systemCallPaid = true;
    kernel.block(core, cause, object.id);
    switch (object.kind) {
      case MUTEX, SPIN_LOCK -> object.mutex.await(thread);
      case SEMAPHORE -> object.semaphore.await(thread);
      case CONDITION -> object.condition.add(thread);
      case BARRIER -> object.barrier.await(thread);
      case RW_LOCK -> object.rwLock.await(thread, instruction.flag);
    }
    if (instruction.time != null) {
      long length = instruction.time.draw(thread.random);
      kernel.wakeAt(thread, clock.after(length, instruction.location));
    }
    priorities.waits(thread, object);
    graph.check(thread);
  }

  /** A waiter has got what it waits for. */
  private void grant(Core core, KernelThread thread, SyncObject object, LockMode mode) {
    answer(thread, thread.waiting, 1, thread.waitError);
    thread.waitError = 0;
    kernel.cancelTimer(thread);
    thread.waiting = null;
    thread.waitsAt = null;
    trace.acquired(clock.now(), thread.id, object.id, mode, true);
    kernel.wakeBy(thread, core == null ? TraceSink.NONE : core.id);
  }

  // --- mutexes

  private void lock(Core core, KernelThread thread, Instruction instruction, SyncObject object) {
    switch (object.mutex.lock(thread)) {
      case LOCKED -> {
        boolean spun = thread.spinsAt != null;
        stopSpinning(thread);
        priorities.locked(thread, object);
        pass(core, thread, instruction, object, LockMode.EXCLUSIVE, spun);
      }
      case HELD_BY_CALLER ->
          fail(thread, instruction, object, Errno.EDEADLK, "locks what it holds already");
      case HELD -> {
        if (object.spins() && !instruction.shared) {
          spin(thread, instruction, object);
        } else {
          waitOrGiveUp(core, thread, instruction, object, BlockCause.MUTEX, Errno.EBUSY);
        }
      }
    }
  }

  /** The thread keeps its CPU and tries again when the lock is free. */
  private void spin(KernelThread thread, Instruction instruction, SyncObject object) {
    // The instruction is not over.
    thread.instruction = instruction;
    if (thread.spinsAt == null) {
      thread.spinsAt = object;
      thread.waiting = instruction;
      thread.blockedSince = clock.now();
      object.spinners.add(thread);
      graph.check(thread);
    }
  }

  private void stopSpinning(KernelThread thread) {
    if (thread.spinsAt != null) {
      thread.spinsAt.spinners.remove(thread);
      thread.spinsAt = null;
      thread.waiting = null;
    }
  }

  private void unlock(Core core, KernelThread thread, Instruction instruction, SyncObject object) {
    if (object.mutex.holder() != thread) {
      fail(thread, instruction, object, Errno.EPERM, "unlocks what it does not hold");
      return;
    }
    answer(thread, instruction, 1, 0);
    release(core, thread, object);
  }

  /** The holder gives one lock of a mutex up; the next waiter may have it. */
  private void release(Core core, KernelThread thread, SyncObject object) {
    trace.released(clock.now(), thread.id, object.id);
    KernelThread next = object.mutex.unlock(thread);
    if (object.mutex.holder() != thread) {
      priorities.unlocked(thread, object);
    }
    if (next != null) {
      priorities.locked(next, object);
      grant(core, next, object, LockMode.EXCLUSIVE);
    } else if (object.mutex.holder() == null && object.spins()) {
      object.spinners.stream()
          .filter(spinner -> spinner.core != null)
          .findFirst()
          .ifPresent(kernel::endSpin);
    }
  }

  // --- condition variables

  private void condWait(
      Core core, KernelThread thread, Instruction instruction, SyncObject condition) {
    SyncObject mutex = object(thread, instruction.mutex);
    if (mutex.mutex.holder() != thread) {
      fail(thread, instruction, mutex, Errno.EPERM, "waits without holding " + mutex.label());
      return;
    }
    sleepAt(core, thread, instruction, condition, BlockCause.CONDITION);
    release(core, thread, mutex);
  }

  private void signal(
      Core core, KernelThread thread, Instruction instruction, SyncObject condition) {
    int woken = 0;
    while (!condition.condition.isEmpty() && (woken == 0 || instruction.flag)) {
      KernelThread next = condition.condition.take();
      woken++;
      kernel.cancelTimer(next);
      reacquire(core, next);
    }
    trace.signalled(clock.now(), thread.id, condition.id, woken);
  }

  /** A thread comes back from a condition variable: it needs its mutex before it goes on. */
  private void reacquire(Core core, KernelThread thread) {
    SyncObject mutex = object(thread, thread.waiting.mutex);
    if (mutex.mutex.lock(thread) == Mutex.Locking.LOCKED) {
      priorities.locked(thread, mutex);
      grant(core, thread, mutex, LockMode.EXCLUSIVE);
      return;
    }
    thread.waitsAt = mutex;
    thread.cause = BlockCause.MUTEX;
    mutex.mutex.await(thread);
    priorities.waits(thread, mutex);
    graph.check(thread);
  }

  // --- barriers and readers-writer locks

  private void barrierWait(
      Core core, KernelThread thread, Instruction instruction, SyncObject object) {
    if (!object.barrier.opensNext()) {
      waitOrGiveUp(core, thread, instruction, object, BlockCause.BARRIER, Errno.EAGAIN);
      return;
    }
    for (KernelThread waiter : object.barrier.open()) {
      Instruction waited = waiter.waiting;
      grant(core, waiter, object, LockMode.PASSED);
      // Only the last one to come is told 1, as POSIX's serial thread.
      waiter.execution.setRegister(waited.register, 0);
    }
    pass(core, thread, instruction, object, LockMode.PASSED);
  }

  private void rwLock(Core core, KernelThread thread, Instruction instruction, SyncObject object) {
    boolean write = instruction.flag;
    if (isLockedAgain(thread, instruction, object)) {
      fail(thread, instruction, object, Errno.EDEADLK, "locks what it holds already");
    } else if (object.rwLock.isFreeFor(write)) {
      object.rwLock.lock(thread, write);
      pass(core, thread, instruction, object, write ? LockMode.EXCLUSIVE : LockMode.SHARED);
    } else {
      BlockCause cause = write ? BlockCause.WRITE_LOCK : BlockCause.READ_LOCK;
      waitOrGiveUp(core, thread, instruction, object, cause, Errno.EBUSY);
    }
  }

  /** Readers may read twice; all else would wait for itself. */
  private static boolean isLockedAgain(
      KernelThread thread, Instruction instruction, SyncObject object) {
    return object.rwLock.isHeldBy(thread) && (instruction.flag || object.rwLock.isWriteLocked());
  }

  private void rwUnlock(
      Core core, KernelThread thread, Instruction instruction, SyncObject object) {
    if (!object.rwLock.isHeldBy(thread)) {
      fail(thread, instruction, object, Errno.EPERM, "unlocks what it does not hold");
      return;
    }
    answer(thread, instruction, 1, 0);
    trace.released(clock.now(), thread.id, object.id);
    object.rwLock.unlock(thread);
    admit(core, object);
  }

  private void admit(Core core, SyncObject object) {
    List<KernelThread> admitted = object.rwLock.admit();
    for (KernelThread next : admitted) {
      boolean write = next.waiting.flag;
      grant(core, next, object, write ? LockMode.EXCLUSIVE : LockMode.SHARED);
    }
  }

  // --- waits that end otherwise

  /**
   * The time of a wait is up.
   *
   * @return whether the thread goes on; else it waits for its mutex first
   */
  void timedOut(KernelThread thread) {
    Instruction instruction = thread.waiting;
    SyncObject object = thread.waitsAt;
    leave(thread);
    trace.operationFailed(
        clock.now(),
        thread.id,
        object.id,
        Errno.ETIMEDOUT.name(),
        "has waited as long as it was to",
        instruction.location.line(),
        instruction.location.column());
    if (instruction.opcode == Opcode.COND_WAIT) {
      thread.waitError = Errno.ETIMEDOUT.number();
      thread.waiting = instruction;
      reacquire(null, thread);
      return;
    }
    answer(thread, instruction, 0, Errno.ETIMEDOUT.number());
    kernel.wakeBy(thread, thread.lastCpu);
  }

  /** A thread that waits is to end, or has waited long enough. */
  void leave(KernelThread thread) {
    stopSpinning(thread);
    SyncObject object = thread.waitsAt;
    if (object == null) {
      return;
    }
    object.withdraw(thread);
    thread.waitsAt = null;
    thread.waiting = null;
    priorities.left(object);
    if (object.rwLock != null) {
      admit(null, object);
    }
  }
}
