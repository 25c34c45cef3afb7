package org.schedlab.kernel;

import org.schedlab.program.Instruction;
import org.schedlab.program.Operation;
import org.schedlab.program.Program;

/**
 * A thread to be.
 *
 * @param taskName its full name; null for that of its process
 * @param name its name within its process; empty for the one unnamed thread
 * @param program what it runs; null where it runs coroutines
 * @param loop the coroutines that it runs, or null
 * @param period nanoseconds between the releases of its jobs, or {@link #NOT_PERIODIC}
 * @param arrival when it arrives; a periodic thread's first release
 */
public record ThreadPlan(
    String taskName,
    String name,
    Program program,
    Instruction.LoopSeed loop,
    Operation.Attributes attributes,
    long period,
    long arrival) {
  public static final long NOT_PERIODIC = Long.MAX_VALUE;

  /** Says whether nobody keeps a thread of it in mind when it has ended. */
  boolean isOfNoConcern() {
    return program != null && loop == null && !program.dealsWithOthers();
  }
}
