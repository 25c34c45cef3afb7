package org.schedlab;

import java.util.List;

/**
 * How a run ended.
 *
 * @param end why it ended
 * @param makespan {@code until} where that ended the run, else the time of the last event, in
 *     nanoseconds
 * @param finalCheckHeld null when there is no {@code final}, or not every thread ended
 * @param observed the values of {@code observe}, in its order
 * @param stuck the task names of threads asleep forever and what they wait for
 */
public record Outcome(
    End end, long makespan, Boolean finalCheckHeld, List<Long> observed, List<Stuck> stuck) {

  /** Why a run ended. */
  public enum End {
    /** Every thread has ended. */
    COMPLETED("completed"),
    /** The horizon {@code until} was reached. */
    UNTIL("until"),
    /** Threads are left that nothing will ever wake. */
    STUCK("stuck");

    private final String label;

    End(String label) {
      this.label = label;
    }

    /** Returns the word that {@code exit} in result.json uses. */
    public String label() {
      return label;
    }
  }

  /** A thread asleep forever. */
  public record Stuck(String task, String waitsFor, long since) {}
}
