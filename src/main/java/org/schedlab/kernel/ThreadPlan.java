package org.schedlab.kernel;

import org.schedlab.program.Operation;
import org.schedlab.program.Program;

/**
 * A thread to be.
 *
 * @param taskName its full name
 * @param name its name within its process; empty for the one unnamed thread
 * @param period nanoseconds between the releases of its jobs, or {@link #NOT_PERIODIC}
 * @param arrival when it arrives; a periodic thread's first release
 */
public record ThreadPlan(
    String taskName,
    String name,
    Program program,
    Operation.Attributes attributes,
    long period,
    long arrival) {
  public static final long NOT_PERIODIC = Long.MAX_VALUE;
}
