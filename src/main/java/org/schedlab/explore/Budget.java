package org.schedlab.explore;

import java.util.function.BooleanSupplier;

/**
 * How much an exploration may do.
 *
 * @param executions so many runs from beginning to end
 * @param steps so many steps in one run: more are taken for a loop that does not end
 * @param states so many states kept at a time
 * @param isOver says whether the time is up, or somebody wants it to stop
 * @param progress hears how far it has come
 */
public record Budget(
    long executions, int steps, int states, BooleanSupplier isOver, Progress progress) {
  /** Runs one after the other are not listed beyond this, only counted. */
  public static final long EXECUTIONS = 1_000_000;

  public static final int STEPS = 10_000;

  public static final int STATES = 500_000;

  public static final Budget DEFAULT =
      new Budget(EXECUTIONS, STEPS, STATES, () -> false, new Progress());

  public Budget withExecutions(long most) {
    return new Budget(most, steps, states, isOver, progress);
  }

  public Budget until(BooleanSupplier end, Progress heard) {
    return new Budget(executions, steps, states, end, heard);
  }
}
