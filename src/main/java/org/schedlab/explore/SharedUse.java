package org.schedlab.explore;

import java.util.List;

/**
 * How a variable is used over all schedules by more than one thread.
 *
 * @param cell its number in the machine
 * @param pairs how many racing pairs there are
 * @param mostLost how many updates one schedule loses at most
 * @param locks the locks held at every access that is not atomic, from a second thread's first on;
 *     null where all are atomic
 * @param warned whether lock sets alone (Eraser) warn of it in some schedule: somebody writes after
 *     a second thread has come, and no lock is held at all accesses
 * @param verdict what all schedules together say
 */
public record SharedUse(
    int cell, int pairs, int mostLost, List<String> locks, boolean warned, Verdict verdict) {
  /** What is to be said of a variable. */
  public enum Verdict {
    /** In some schedule nothing orders two accesses. */
    RACE("data race"),
    /** All accesses are ordered in every schedule, and in some an update is lost. */
    LOST_UPDATE("lost update"),
    /** No lock protects it, and yet all accesses are ordered in every schedule. */
    ORDERED("ordered in every schedule, by no one lock"),
    ATOMIC("atomic"),
    READ_ONLY("only read"),
    PROTECTED("protected");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    /** Returns the verdict in words. */
    public String label() {
      return label;
    }
  }
}
