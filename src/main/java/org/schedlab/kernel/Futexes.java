package org.schedlab.kernel;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.schedlab.cost.CostModel;
import org.schedlab.kernel.sync.WaitList;
import org.schedlab.program.Errno;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.TraceSink;

/**
 * Sleeping at variables (futex(2)): the kernel looks at a cell and puts the thread to sleep in one
 * step, so that no wake-up between the two is lost. Sleepers are woken in order of waiting.
 */
final class Futexes {
  private final Kernel kernel;
  private final TraceSink trace;
  private final long systemCall;
  private final long wake;

  /** By the memory and the cell in it. */
  private final Map<long[], Map<Integer, WaitList<KernelThread>>> queues = new IdentityHashMap<>();

  Futexes(Kernel kernel, TraceSink trace, CostModel costs, long wake) {
    this.trace = trace;
    this.kernel = kernel;
    this.systemCall = costs.systemCall();
    this.wake = wake;
  }

  /** Adds the kernel's part of an operation, as things stand, to the core's next section. */
  void addKernelPart(Core core, KernelThread thread, Instruction instruction) {
    core.addPart(Account.MODE_SWITCH, systemCall);
    if (instruction.opcode == Opcode.FUTEX_WAKE) {
      int cell = thread.execution.cell(instruction);
      long most = instruction.value.evaluate(thread.execution);
      core.addPart(Account.WAKE_UP, wake * Math.min(most, waiters(thread, instruction, cell)));
    }
  }

  private int waiters(KernelThread thread, Instruction instruction, int cell) {
    Map<Integer, WaitList<KernelThread>> cells =
        queues.get(thread.process.memoryOf(instruction.cell));
    WaitList<KernelThread> list = cells == null ? null : cells.get(cell);
    return list == null ? 0 : list.size();
  }

  /** Carries an operation out. */
  void perform(Core core, KernelThread thread, Instruction instruction) {
    int cell = thread.execution.cell(instruction);
    boolean waits = instruction.opcode == Opcode.FUTEX_WAIT;
    long operand = (waits ? instruction.expected : instruction.value).evaluate(thread.execution);
    if (thread.execution.dividedByZero()) {
      kernel.divided(thread, instruction);
    } else if (cell < 0) {
      kernel.outOfArray(thread, instruction);
    } else if (waits) {
      await(core, thread, instruction, cell, operand);
    } else {
      wake(thread, instruction, cell, operand);
    }
  }

  private void await(
      Core core, KernelThread thread, Instruction instruction, int cell, long expected) {
    long[] memory = thread.process.memoryOf(instruction.cell);
    tellSegment(thread, instruction, 0);
    if (memory[cell] != expected || instruction.shared) {
      answer(thread, instruction, 0, Errno.EAGAIN.number());
      kernel.passBlockingPoint(core, thread);
      return;
    }
    thread.systemCallPaid = true;
    kernel.block(core, BlockCause.FUTEX, segment(thread, instruction));
    WaitList<KernelThread> list =
        queues
            .computeIfAbsent(memory, key -> new HashMap<>())
            .computeIfAbsent(cell, key -> new WaitList<>(null));
    list.add(thread);
    thread.waiting = instruction;
    thread.futex = list;
    kernel.limitWait(thread, instruction);
  }

  private static void answer(KernelThread thread, Instruction instruction, int into, int error) {
    thread.execution.setRegister(instruction.register, into);
    thread.execution.setRegister(instruction.error, error);
  }

  private void wake(KernelThread thread, Instruction instruction, int cell, long most) {
    long[] memory = thread.process.memoryOf(instruction.cell);
    Map<Integer, WaitList<KernelThread>> cells = queues.get(memory);
    WaitList<KernelThread> list = cells == null ? null : cells.get(cell);
    long woken = 0;
    while (list != null && !list.isEmpty() && woken < most) {
      KernelThread sleeper = list.take();
      woken++;
      end(sleeper, 1, 0);
      kernel.wakeBy(sleeper, thread.lastCpu, thread.id);
    }
    if (list != null && list.isEmpty()) {
      forget(memory, cells, cell);
    }
    tellSegment(thread, instruction, woken);
    thread.execution.setRegister(instruction.register, woken);
  }

  /** Returns the shared memory segment that a variable lies in, or NONE. */
  private static int segment(KernelThread thread, Instruction instruction) {
    int segment = instruction.cell.segment();
    return segment == Instruction.Cell.OWN ? TraceSink.NONE : thread.process.object(segment).id;
  }

  /** A system call at a variable of shared memory is one of the segment's. */
  private void tellSegment(KernelThread thread, Instruction instruction, long woken) {
    int segment = segment(thread, instruction);
    if (segment != TraceSink.NONE) {
      long nanos = systemCall + woken * wake;
      trace.channelCalled(kernel.now(), thread.id, segment, false, nanos, 0);
    }
  }

  private void forget(long[] memory, Map<Integer, WaitList<KernelThread>> cells, int cell) {
    cells.remove(cell);
    if (cells.isEmpty()) {
      queues.remove(memory);
    }
  }

  /** A thread's wait is over. */
  private void end(KernelThread sleeper, int into, int error) {
    kernel.cancelTimer(sleeper);
    answer(sleeper, sleeper.waiting, into, error);
    sleeper.waiting = null;
    sleeper.futex = null;
  }

  /** The time of a wait is up. */
  void timedOut(KernelThread thread) {
    Instruction instruction = thread.waiting;
    thread.futex.remove(thread);
    end(thread, 0, Errno.ETIMEDOUT.number());
    kernel.failedInTime(thread, TraceSink.NONE, instruction.location);
    kernel.wakeBy(thread, thread.lastCpu, TraceSink.NONE);
  }

  /** A thread that waits is to end. */
  void leave(KernelThread thread) {
    if (thread.futex != null) {
      thread.futex.remove(thread);
      thread.futex = null;
      thread.waiting = null;
    }
  }
}
