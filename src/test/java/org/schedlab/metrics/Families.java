package org.schedlab.metrics;

import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/** Processes that make processes, drawn by hand. */
public final class Families {
  private Families() {}

  /**
   * A shell forks a job that begins another program and outlives it; a spawned child is waited for.
   */
  public static void tell(TraceSink sink, long unit) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
    int shell = trace.arrives(0, "shell");
    int job = trace.arrives(1, "job");
    sink.childStarted(unit, 1, 0, true);
    sink.executed(2 * unit, 1);
    int child = trace.arrives(3, "child");
    sink.childStarted(3 * unit, 2, 0, false);
    trace.runs(shell, 0, 4, Departure.QUANTUM);
    trace.runs(child, 4, 6, Departure.EXIT);
    sink.processEnded(6 * unit, 2, 3);
    trace.runs(shell, 6, 8, Departure.EXIT);
    sink.reaped(7 * unit, 2, 0);
    sink.processEnded(8 * unit, 0, 0);
    sink.orphaned(8 * unit, 1);
    sink.reaped(8 * unit, 0, TraceSink.NONE);
    trace.runs(job, 8, 9, Departure.END);
    trace.ends(9);
  }
}
