package org.schedlab.explore;

import java.util.Arrays;

/**
 * What a schedule comes to.
 *
 * @param deadlock whether some thread has not ended and none can go on
 * @param failed whether an assertion failed, or what must hold in the end does not
 * @param values what is seen, in the order of {@link Judge#names}
 */
public record Outcome(boolean deadlock, boolean failed, long[] values) {
  static Outcome of(State state, boolean assertFailed, Judge judge) {
    boolean over = state.isOver();
    boolean failed = assertFailed || over && !judge.holds(state);
    return new Outcome(!over, failed, judge.values(state));
  }

  /** Says whether something went wrong. */
  public boolean isFailure() {
    return deadlock || failed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Outcome outcome
        && deadlock == outcome.deadlock
        && failed == outcome.failed
        && Arrays.equals(values, outcome.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + (deadlock ? 2 : 0) + (failed ? 1 : 0);
  }

  @Override
  public String toString() {
    return (deadlock ? "deadlock " : "") + (failed ? "failed " : "") + Arrays.toString(values);
  }
}
