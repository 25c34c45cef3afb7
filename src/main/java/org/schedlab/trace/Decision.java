package org.schedlab.trace;

import java.util.List;

/**
 * Why a policy chose a thread.
 *
 * @param chosen the thread
 * @param preempted the thread whose CPU it takes; {@link TraceSink#NONE} where the CPU had nothing
 *     to run
 * @param rule by which it was chosen, a short sentence
 * @param keyName by what threads were compared
 * @param ready the threads among which it was chosen, in the order of the file
 * @param more how many more there were
 */
public record Decision(
    int chosen, int preempted, String rule, String keyName, List<Candidate> ready, int more) {

  /**
   * A ready thread and what it is compared by.
   *
   * @param nanos a time, or null where {@code text} says it all
   * @param text a number or words; empty where the time says it all
   */
  public record Candidate(int thread, Long nanos, String text) {}
}
