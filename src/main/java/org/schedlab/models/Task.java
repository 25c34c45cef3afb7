package org.schedlab.models;

import java.util.List;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;

/**
 * One piece of work of a scenario, whatever it is there: a thread or a coroutine.
 *
 * @param name its own name, which no other task has: {@code worker[0]}
 * @param sourceName its full name in the scenario: {@code server/worker[0]}
 * @param arrival when it is to be made, in nanoseconds
 * @param program what it does, as the scenario writes it
 * @param scope what the names in its program mean
 * @param coroutine whether the scenario writes it as a coroutine
 * @param attributes what the scheduler is told, where it is a thread
 */
record Task(
    String name,
    String sourceName,
    long arrival,
    List<Operation> program,
    Scope scope,
    boolean coroutine,
    Operation.Attributes attributes,
    Location location) {

  /** Returns the name without its number: {@code worker}. */
  String baseName() {
    return baseName(name);
  }

  static String baseName(String name) {
    int bracket = name.indexOf('[');
    return bracket < 0 ? name : name.substring(0, bracket);
  }
}
