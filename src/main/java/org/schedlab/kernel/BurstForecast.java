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
    Instruction current = thread.instruction;
    boolean goesOn = thread.call != null && thread.call.resumed;
    if (current != null && current.canBlock() && !goesOn) {
      return 0;
    }
    Execution execution = new Execution(thread.execution);
    if (goesOn) {
      thread.call.foresee(execution);
    }
    random.copyFrom(thread.random);
    long sum = ofCurrent(thread, current);
    ForeseenMemory memory = new ForeseenMemory(thread.process);
    for (int i = 0; i < MOST_INSTRUCTIONS && sum < ENDLESS; i++) {
      Instruction instruction = execution.fetch(assertion -> {});
      Opcode opcode = instruction.opcode;
      if (opcode == Opcode.END
          || opcode == Opcode.EXIT
          || opcode == Opcode.EXEC
          || instruction.canBlock()
          || opcode.isOfRuntime()
          || opcode.isOfThread()
          || execution.dividedByZero()) {
        return sum;
      }
      switch (opcode) {
        case COMPUTE -> sum += instruction.time.draw(random);
        case CALL -> execution.call(instruction);
        case TOUCH -> drawPages(instruction, 0);
        case LOAD, STORE, FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP -> {
          int cell = execution.cell(instruction);
          if (cell < 0) {
            return sum;
          }
          execution.access(instruction, memory.of(instruction), cell);
        }
        default -> {}
      }
    }
    return ENDLESS;
  }

  /** Returns what is left of the instruction in progress, and draws what it still will draw. */
  private long ofCurrent(KernelThread thread, Instruction current) {
    if (current != null && current.opcode == Opcode.TOUCH) {
      drawPages(current, thread.memory.touched + (thread.memory.touchPage < 0 ? 0 : 1));
    }
    if (!thread.isComputing()) {
      return 0;
    }
    Core core = thread.core;
    if (core != null && core.pending == Core.Pending.NONE && thread.trap == null) {
      return core.instructionLength();
    }
    // Where its working set is still being brought in, its time has not been drawn.
    return thread.instructionLeft >= 0 ? thread.instructionLeft : current.time.draw(random);
  }

  /** Draws the pages of a touch, for what comes later is drawn from the same stream. */
  private void drawPages(Instruction touch, long from) {
    for (long i = from; i < Math.min(touch.pages.count(), MOST_INSTRUCTIONS); i++) {
      touch.pages.page(i, random);
    }
  }
}
