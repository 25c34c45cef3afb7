package org.schedlab.kernel;

import java.util.IdentityHashMap;
import java.util.Map;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;

/** The memory that a look ahead reads and writes: what is there, until it writes to a copy. */
final class ForeseenMemory {
  private final Process process;

  /** By the memory that each is a copy of; made when the first is. */
  private Map<long[], long[]> copies;

  ForeseenMemory(Process process) {
    this.process = process;
  }

  /** Returns the memory that an access is to. */
  long[] of(Instruction access) {
    long[] original = process.memoryOf(access.cell);
    if (copies == null) {
      if (access.opcode == Opcode.LOAD) {
        return original;
      }
      copies = new IdentityHashMap<>();
    }
    return access.opcode == Opcode.LOAD
        ? copies.getOrDefault(original, original)
        : copies.computeIfAbsent(original, long[]::clone);
  }
}
