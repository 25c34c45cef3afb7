package org.schedlab.report;

/**
 * A stated result that did not come about.
 *
 * @param subject a task's name, {@code average}, or empty for the whole run
 * @param expected as the scenario says it; {@code null} for none
 * @param actual as the run gave it, in the time unit for times, or why there is none
 */
public record UnmetExpectation(String subject, String field, String expected, String actual) {
  /** Returns subject and field as a scenario's author thinks of them: {@code P1 waiting}. */
  public String what() {
    return subject.isEmpty() ? field : subject + " " + field;
  }
}
