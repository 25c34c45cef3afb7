package org.schedlab.kernel;

import java.util.Arrays;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;

/**
 * Which CPUs have the cache line of an atomic variable. A CPU that has not must have it
 * transferred; who writes must be the only one that has it. Every variable has a line of its own.
 */
final class CacheLines {
  private final long transfer;
  private final int words;
  private final boolean one;

  CacheLines(CostModel costs, int cpus) {
    this.transfer = costs.get(Cost.CACHE_LINE_TRANSFER);
    this.words = (cpus + Long.SIZE - 1) / Long.SIZE;
    this.one = cpus == 1;
  }

  /** Returns how much longer an atomic access takes, and takes note who has the line then. */
  long transfer(Core core, KernelThread thread, Instruction access) {
    if (transfer == 0 || one) {
      return 0;
    }
    int cell = thread.execution.cell(access);
    if (cell < 0) {
      return 0;
    }
    int cells = thread.process.memoryOf(access.cell).length;
    long[] holders = thread.process.lineHolders(access.cell, cells * words);
    int from = cell * words;
    int word = from + core.id / Long.SIZE;
    long bit = 1L << core.id % Long.SIZE;
    boolean has = (holders[word] & bit) != 0;
    boolean alone = true;
    boolean nobody = true;
    for (int i = from; i < from + words; i++) {
      nobody &= holders[i] == 0;
      alone &= holders[i] == (i == word ? bit : 0);
    }
    boolean writes = access.opcode != Opcode.LOAD;
    if (writes) {
      Arrays.fill(holders, from, from + words, 0);
    }
    holders[word] |= bit;
    return nobody || (writes ? alone : has) ? 0 : transfer;
  }
}
