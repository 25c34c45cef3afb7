package org.schedlab.report;

import java.util.List;

/**
 * How the run that is reported on ended.
 *
 * @param exit the word for {@code exit} in result.json
 * @param finalCheckHeld null when there is no {@code final}, or not every thread ended
 * @param observed the values of {@code observe}, in its order; empty where they are not known
 * @param stuck the threads asleep forever
 */
public record Ending(String exit, Boolean finalCheckHeld, List<Long> observed, List<Stuck> stuck) {
  /**
   * A thread asleep forever.
   *
   * @param since when it fell asleep, in nanoseconds
   */
  public record Stuck(String task, String waitsFor, long since) {}
}
