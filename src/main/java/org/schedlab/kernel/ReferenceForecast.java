package org.schedlab.kernel;

import java.util.Arrays;
import org.schedlab.engine.RandomStream;
import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;

/**
 * Looks ahead at all references that a thread will make to pageable memory, for the replacement
 * rule that must know them. Runs a copy of the thread with copies of its random numbers and of its
 * variables; it is exact where no other thread writes them.
 */
final class ReferenceForecast {
  /** A program that makes more would not end, or not soon. */
  private static final int MOST = 100_000_000;

  private final References references;
  private long[] pages = new long[1024];
  private int count;

  ReferenceForecast(References references) {
    this.references = references;
  }

  /** Returns the pages, in the order of the references, the one in progress first. */
  long[] of(KernelThread thread) {
    Execution execution = new Execution(thread.execution);
    RandomStream random = new RandomStream(0);
    random.copyFrom(thread.random);
    ForeseenMemory memory = new ForeseenMemory(thread.process);
    Instruction current = thread.instruction;
    for (long steps = 0; steps < MOST && count < MOST; steps++) {
      Instruction instruction = current == null ? execution.fetch(assertion -> {}) : current;
      Opcode opcode = instruction.opcode;
      if (opcode == Opcode.END || opcode == Opcode.EXIT || execution.dividedByZero()) {
        break;
      }
      switch (opcode) {
        case COMPUTE, IO, SLEEP -> instruction.time.draw(random);
        case CALL -> {
          addFrame(execution.stackBytes(), instruction.frameBytes, thread);
          execution.call(instruction);
        }
        case TOUCH -> {
          long first = current == null ? 0 : thread.memory.touched;
          for (long i = first; i < instruction.pages.count() && count < MOST; i++) {
            // The page in progress has been drawn already.
            boolean known = current != null && i == first && thread.memory.touchPage >= 0;
            long page =
                known ? thread.memory.touchPage : references.pageOf(thread, instruction, i, random);
            add(thread, page);
          }
        }
        case LOAD, STORE, FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP -> {
          int cell = execution.cell(instruction);
          if (cell < 0) {
            return Arrays.copyOf(pages, count);
          }
          add(thread, references.pageOfCell(thread, instruction.cell, cell));
          execution.access(instruction, memory.of(instruction), cell);
        }
        default -> {}
      }
      current = null;
    }
    return Arrays.copyOf(pages, count);
  }

  private void addFrame(long depth, long frameBytes, KernelThread thread) {
    long last = references.lastPageOfFrame(thread, depth, frameBytes);
    for (long index = references.firstPageOfFrame(depth); index <= last; index++) {
      add(thread, thread.memory.stack.page(index));
    }
  }

  private void add(KernelThread thread, long page) {
    if (!references.isPageable(thread, page)) {
      return;
    }
    if (count == pages.length) {
      pages = Arrays.copyOf(pages, 2 * count);
    }
    pages[count++] = page;
  }
}
