package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.sync.Mutex;
import org.schedlab.program.Errno;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.program.SharedObject;
import org.schedlab.trace.Acquisition;
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
  private final List<KernelThread> spinners = new ArrayList<>(0);
  private final LockCosts costs;

  Synchronizer(Kernel kernel, Clock clock, TraceSink trace, CostModel costs) {
    this.kernel = kernel;
    this.clock = clock;
    this.trace = trace;
    this.graph = new WaitGraph(clock, trace);
    this.priorities = new Priorities(kernel);
    this.costs = new LockCosts(costs);
  }

  WaitGraph graph() {
    return graph;
  }

  Priorities priorities() {
    return priorities;
  }

  /** Returns what operations take. */
  LockCosts costs() {
    return costs;
  }

  /** Returns how many threads use their CPUs to wait for a lock that somebody holds. */
  int spinning() {
    if (spinners.isEmpty()) {
      return 0;
    }
    int count = 0;
    for (KernelThread thread : spinners) {
      boolean runnable = thread.state != KernelThread.State.BLOCKED;
      count += runnable && thread.spinsAt.mutex.holder() != null ? 1 : 0;
    }
    return count;
  }

  // --- what it does

  /** Carries an operation out. */
  void perform(Core core, KernelThread thread, Instruction instruction) {
    SyncObject object = thread.process.lock(instruction.target);
    switch (instruction.opcode) {
      case LOCK -> lock(core, thread, instruction, object);
      case UNLOCK -> unlock(thread, instruction, object);
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
          grant(thread, next, object, LockMode.PASSED);
        }
      }
      case COND_WAIT -> condWait(core, thread, instruction, object);
      case COND_SIGNAL -> signal(thread, instruction, object);
      case BARRIER_WAIT -> barrierWait(core, thread, instruction, object);
      case RW_LOCK -> rwLock(core, thread, instruction, object);
      case RW_UNLOCK -> rwUnlock(thread, instruction, object);
      default -> throw new IllegalStateException(instruction.opcode + " is local");
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
    Acquisition how = waited ? Acquisition.WAITED : atOnce(instruction);
    trace.acquired(clock.now(), thread.id, object.id, mode, how, instruction.location.line());
    if (!instruction.shared) {
      kernel.passBlockingPoint(core, thread);
    }
  }

  private static Acquisition atOnce(Instruction instruction) {
    return instruction.shared ? Acquisition.TRIED : Acquisition.AT_ONCE;
  }

  private void fail(
      KernelThread thread, Instruction instruction, SyncObject object, Errno error, String detail) {
    answer(thread, instruction, 0, error.number());
    kernel.failed(thread, object.id, error, detail, instruction.location);
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
      case RESOURCE -> throw new IllegalStateException("resources are another's business");
    }
    setTimer(thread, instruction, object);
    awaitsHolder(thread, object);
    graph.check(thread);
  }

  /** A thread sleeps at something that another one may hold. */
  private void awaitsHolder(KernelThread thread, SyncObject object) {
    priorities.waits(thread, object);
    if (object.mutex != null) {
      kernel.waitsFor(thread, object.mutex.holder());
    }
  }

  /** A wait ends when its time is up, or a condition variable's wakes for no reason before. */
  private void setTimer(KernelThread thread, Instruction instruction, SyncObject object) {
    long limit = Long.MAX_VALUE;
    if (instruction.time != null) {
      limit = instruction.time.draw(thread.random);
    }
    thread.wakesSpuriously = false;
    if (object.declared instanceof SharedObject.Condition condition
        && condition.spurious() != null) {
      long spurious = condition.spurious().draw(thread.random);
      thread.wakesSpuriously = spurious < limit;
      limit = Math.min(limit, spurious);
    }
    if (limit < Long.MAX_VALUE) {
      kernel.wakeAt(thread, clock.after(limit, instruction.location));
    }
  }

  /** A waiter has got what it waits for, by what another thread does; null for a timer. */
  private void grant(KernelThread by, KernelThread thread, SyncObject object, LockMode mode) {
    answer(thread, thread.waiting, 1, thread.waitError);
    thread.waitError = 0;
    kernel.cancelTimer(thread);
    int line = thread.waiting.location.line();
    thread.waiting = null;
    thread.waitsAt = null;
    kernel.waitsFor(thread, null);
    trace.acquired(clock.now(), thread.id, object.id, mode, Acquisition.WAITED, line);
    kernel.wakeBy(
        thread, by == null ? TraceSink.NONE : by.lastCpu, by == null ? TraceSink.NONE : by.id);
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
      spinners.add(thread);
      graph.check(thread);
    }
  }

  private void stopSpinning(KernelThread thread) {
    if (thread.spinsAt != null) {
      thread.spinsAt.spinners.remove(thread);
      spinners.remove(thread);
      thread.spinsAt = null;
      thread.waiting = null;
    }
  }

  private void unlock(KernelThread thread, Instruction instruction, SyncObject object) {
    if (object.mutex.holder() != thread) {
      fail(thread, instruction, object, Errno.EPERM, "unlocks what it does not hold");
      return;
    }
    answer(thread, instruction, 1, 0);
    release(thread, object);
  }

  /** The holder gives one lock of a mutex up; the next waiter may have it. */
  private void release(KernelThread thread, SyncObject object) {
    trace.released(clock.now(), thread.id, object.id);
    KernelThread next = object.mutex.unlock(thread);
    if (object.mutex.holder() != thread) {
      priorities.unlocked(thread, object);
    }
    if (next != null) {
      priorities.locked(next, object);
      kernel.waitFor(object.mutex.waiters().all(), next);
      grant(thread, next, object, LockMode.EXCLUSIVE);
    } else {
      tellSpinner(object);
    }
  }

  /** The first who uses its CPU to wait for a lock tries again, if that is free. */
  private void tellSpinner(SyncObject object) {
    if (object.mutex.holder() == null) {
      object.spinners.stream()
          .filter(spinner -> spinner.core != null)
          .findFirst()
          .ifPresent(kernel::endSpin);
    }
  }

  /** A thread is stopped: a lock that it was to try for again is for the next one. */
  void stopped(KernelThread thread) {
    if (thread.spinsAt != null) {
      tellSpinner(thread.spinsAt);
    }
  }

  // --- condition variables

  private void condWait(
      Core core, KernelThread thread, Instruction instruction, SyncObject condition) {
    SyncObject mutex = thread.process.lock(instruction.mutex);
    if (mutex.mutex.holder() != thread) {
      fail(thread, instruction, mutex, Errno.EPERM, "waits without holding " + mutex.label());
      return;
    }
    sleepAt(core, thread, instruction, condition, BlockCause.CONDITION);
    release(thread, mutex);
  }

  private void signal(KernelThread thread, Instruction instruction, SyncObject condition) {
    int woken = 0;
    while (!condition.condition.isEmpty() && (woken == 0 || instruction.flag)) {
      KernelThread next = condition.condition.take();
      woken++;
      kernel.cancelTimer(next);
      reacquire(thread, next);
    }
    trace.signalled(clock.now(), thread.id, condition.id, woken);
  }

  /** A thread comes back from a condition variable: it needs its mutex before it goes on. */
  private void reacquire(KernelThread by, KernelThread thread) {
    if (kernel.replay() != null) {
      thread.waitsAt = thread.process.lock(thread.waiting.mutex);
      thread.cause = BlockCause.MUTEX;
      kernel.replay().signalled(thread);
      return;
    }
    SyncObject mutex = thread.process.lock(thread.waiting.mutex);
    if (mutex.mutex.lock(thread) == Mutex.Locking.LOCKED) {
      priorities.locked(thread, mutex);
      grant(by, thread, mutex, LockMode.EXCLUSIVE);
      return;
    }
    thread.waitsAt = mutex;
    thread.cause = BlockCause.MUTEX;
    mutex.mutex.await(thread);
    awaitsHolder(thread, mutex);
    graph.check(thread);
  }

  /** A schedule says that a signalled thread takes its mutex now, which is free. */
  void takeAgain(KernelThread thread) {
    SyncObject mutex = thread.waitsAt;
    if (mutex.mutex.lock(thread) != Mutex.Locking.LOCKED) {
      throw new IllegalStateException(thread.name() + " is to take what is not free");
    }
    priorities.locked(thread, mutex);
    thread.instruction = thread.waiting;
    grant(null, thread, mutex, LockMode.EXCLUSIVE);
  }

  /** A signalled thread will never have its mutex back. */
  void awaitAgain(KernelThread thread) {
    thread.waitsAt.mutex.await(thread);
    priorities.waits(thread, thread.waitsAt);
    graph.check(thread);
  }

  // --- barriers and readers-writer locks

  private void barrierWait(
      Core core, KernelThread thread, Instruction instruction, SyncObject object) {
    trace.arrived(clock.now(), thread.id, object.id);
    if (!object.barrier.opensNext()) {
      waitOrGiveUp(core, thread, instruction, object, BlockCause.BARRIER, Errno.EAGAIN);
      return;
    }
    for (KernelThread waiter : object.barrier.open()) {
      Instruction waited = waiter.waiting;
      grant(thread, waiter, object, LockMode.PASSED);
      // Only the last one to come is told 1, as POSIX's serial thread.
      waiter.execution.setRegister(waited.register, 0);
    }
    pass(core, thread, instruction, object, LockMode.PASSED);
  }

  private void rwLock(Core core, KernelThread thread, Instruction instruction, SyncObject object) {
    boolean write = instruction.flag;
    if (object.isLockedAgain(thread, instruction.flag)) {
      fail(thread, instruction, object, Errno.EDEADLK, "locks what it holds already");
    } else if (object.rwLock.isFreeFor(write)) {
      object.rwLock.lock(thread, write);
      pass(core, thread, instruction, object, write ? LockMode.EXCLUSIVE : LockMode.SHARED);
    } else {
      BlockCause cause = write ? BlockCause.WRITE_LOCK : BlockCause.READ_LOCK;
      waitOrGiveUp(core, thread, instruction, object, cause, Errno.EBUSY);
    }
  }

  private void rwUnlock(KernelThread thread, Instruction instruction, SyncObject object) {
    if (!object.rwLock.isHeldBy(thread)) {
      fail(thread, instruction, object, Errno.EPERM, "unlocks what it does not hold");
      return;
    }
    answer(thread, instruction, 1, 0);
    trace.released(clock.now(), thread.id, object.id);
    object.rwLock.unlock(thread);
    admit(thread, object);
  }

  private void admit(KernelThread by, SyncObject object) {
    List<KernelThread> admitted = object.rwLock.admit();
    for (KernelThread next : admitted) {
      boolean write = next.waiting.flag;
      grant(by, next, object, write ? LockMode.EXCLUSIVE : LockMode.SHARED);
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
    if (thread.wakesSpuriously) {
      thread.wakesSpuriously = false;
      thread.waiting = instruction;
      reacquire(null, thread);
      return;
    }
    kernel.failedInTime(thread, object.id, instruction.location);
    if (instruction.opcode == Opcode.COND_WAIT) {
      thread.waitError = Errno.ETIMEDOUT.number();
      thread.waiting = instruction;
      reacquire(null, thread);
      return;
    }
    answer(thread, instruction, 0, Errno.ETIMEDOUT.number());
    kernel.wakeBy(thread, thread.lastCpu, TraceSink.NONE);
  }

  /** A thread that waits is to end, or has waited long enough. */
  void leave(KernelThread thread) {
    SyncObject spun = thread.spinsAt;
    if (spun != null) {
      stopSpinning(thread);
      tellSpinner(spun);
    }
    SyncObject object = thread.waitsAt;
    if (object == null) {
      return;
    }
    object.withdraw(thread);
    kernel.waitsFor(thread, null);
    thread.waitsAt = null;
    thread.waiting = null;
    priorities.left(object);
    if (object.rwLock != null) {
      admit(null, object);
    }
  }
}
