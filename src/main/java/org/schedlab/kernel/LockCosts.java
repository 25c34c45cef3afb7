package org.schedlab.kernel;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.sync.Mutex;
import org.schedlab.program.Instruction;
import org.schedlab.trace.Account;

/**
 * What operations on locks and their friends take: a little in user space where nobody contends,
 * the kernel where somebody must sleep or be woken.
 */
final class LockCosts {
  private final long lock;
  private final long unlock;
  private final long transfer;
  private final long systemCall;
  private final long wake;

  LockCosts(CostModel costs) {
    long pair = costs.get(Cost.MUTEX_UNCONTENDED);
    this.lock = pair - pair / 2;
    this.unlock = pair / 2;
    this.transfer = costs.get(Cost.CACHE_LINE_TRANSFER);
    this.systemCall = costs.systemCall();
    // The figure for handing a lock over contains the sleeper's switch and way to sleep and back.
    long sleeper = costs.get(Cost.THREAD_SWITCH) + costs.get(Cost.BLOCK_WAKE);
    this.wake = Math.max(0, costs.get(Cost.CONTENDED_HANDOFF) - sleeper - systemCall);
  }

  /** Returns what waking somebody takes, beside his own way back to the CPU. */
  long wake() {
    return wake;
  }

  /** Returns what an operation takes in user space. */
  long userTime(Core core, KernelThread thread, Instruction instruction) {
    SyncObject object = thread.process.lock(instruction.target);
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
   *
   * @return whether the kernel is entered at all
   */
  boolean addKernelPart(Core core, KernelThread thread, Instruction instruction) {
    int wakes = woken(thread, instruction);
    boolean enters = wakes > 0 || mustWait(thread, instruction);
    if (enters) {
      core.addPart(Account.MODE_SWITCH, systemCall);
    }
    core.addPart(Account.WAKE_UP, wakes * wake);
    return enters;
  }

  private boolean mustWait(KernelThread thread, Instruction instruction) {
    if (instruction.shared) {
      return false;
    }
    SyncObject object = thread.process.lock(instruction.target);
    return switch (instruction.opcode) {
      case LOCK -> !object.spins() && object.mutex.test(thread) == Mutex.Locking.HELD;
      case SEM_WAIT -> !object.semaphore.isAvailable();
      case COND_WAIT -> thread.process.lock(instruction.mutex).mutex.holder() == thread;
      case BARRIER_WAIT -> !object.barrier.opensNext();
      case RW_LOCK ->
          !object.isLockedAgain(thread, instruction.flag)
              && !object.rwLock.isFreeFor(instruction.flag);
      default -> false;
    };
  }

  /** Returns how many threads are woken. One who gets his mutex back is, of those signalled. */
  private int woken(KernelThread thread, Instruction instruction) {
    SyncObject object = thread.process.lock(instruction.target);
    return switch (instruction.opcode) {
      case UNLOCK -> object.mutex.holder() == thread && object.mutex.isContended() ? 1 : 0;
      case SEM_POST -> object.semaphore.waiters().isEmpty() ? 0 : 1;
      case COND_SIGNAL -> object.condition.isEmpty() ? 0 : 1;
      case BARRIER_WAIT -> object.barrier.opensNext() ? object.barrier.waiters().size() : 0;
      case RW_UNLOCK -> object.rwLock.isHeldBy(thread) && object.rwLock.waiting() > 0 ? 1 : 0;
      default -> 0;
    };
  }
}
