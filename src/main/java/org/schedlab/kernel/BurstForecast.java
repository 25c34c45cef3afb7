package org.schedlab.kernel;

import org.schedlab.engine.RandomStream;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;

/**
 * Looks ahead in a thread's program: how much it will compute up to the next operation that can
 * block. Runs a copy of the thread with copies of its random numbers and of memory, as it is now,
 * so that branches, loops and drawn durations come out as they will, other threads' writes apart.
 */
final class BurstForecast {
  /** After so many instructions a burst counts as endless. */
  private static final int MOST_INSTRUCTIONS = 1_000_000;

  private static final long ENDLESS = Long.MAX_VALUE / 4;

  private final RandomStream random = new RandomStream(0);

  /** Returns the computing that a thread has before it, the instruction in progress included. */
  long of(KernelThread thread) {
    long sum = 0;
    Instruction current = thread.instruction;
    if (current != null && current.opcode.canBlock()) {
      return 0;
    }
    if (thread.instructionLeft > 0 && thread.isComputing()) {
      sum = thread.instructionLeft;
    } else if (thread.core != null
        && thread.core.pending == Core.Pending.NONE
        && thread.isComputing()) {
      sum = thread.core.instructionEnd - thread.core.instructionStart();
    }
    Execution execution = new Execution(thread.execution);
    random.copyFrom(thread.random);
    long[] memory = thread.process.memory;
    boolean copied = false;
    for (int i = 0; i < MOST_INSTRUCTIONS && sum < ENDLESS; i++) {
      Instruction instruction = execution.fetch(assertion -> {});
      Opcode opcode = instruction.opcode;
      if (opcode == Opcode.END
          || opcode == Opcode.EXIT
          || opcode.canBlock()
          || execution.dividedByZero()) {
        return sum;
      }
      switch (opcode) {
        case COMPUTE -> sum += instruction.time.draw(random);
        case CALL -> execution.call(instruction);
        case LOAD, STORE, FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP -> {
          int cell = execution.cell(instruction);
          if (cell < 0) {
            return sum;
          }
          if (!copied && opcode != Opcode.LOAD) {
            memory = memory.clone();
            copied = true;
          }
          execution.access(instruction, memory, cell);
        }
        default -> {}
      }
    }
    return ENDLESS;
  }
}
