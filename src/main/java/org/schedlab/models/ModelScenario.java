package org.schedlab.models;

import java.util.Map;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Scenario;

/**
 * A scenario's work under one model.
 *
 * @param scenario what to run
 * @param broken the same, with a first task that divides by zero at once
 * @param arrivals when the tasks are to be made, in nanoseconds, by their own names
 * @param main the own name of what makes the tasks
 */
public record ModelScenario(
    ExecutionModel model,
    Scenario scenario,
    Scenario broken,
    Map<String, Long> arrivals,
    String main) {

  /**
   * Returns the own name of a thread or coroutine: what stands behind the last slash. Random
   * numbers are drawn by it, so that a task draws the same in every model.
   */
  public static String ownName(String taskName) {
    return taskName.substring(taskName.lastIndexOf('/') + 1);
  }
}
