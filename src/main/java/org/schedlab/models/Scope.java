package org.schedlab.models;

import java.util.HashMap;
import java.util.Map;
import org.schedlab.program.SharedObject;

/**
 * What the names in the programs of one process of the scenario mean. In the workload all of them
 * stand side by side, so that some get longer: {@code x} of the process P2 becomes {@code P2.x}
 * where P1 has one too.
 */
final class Scope {
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, SharedObject> objects = new HashMap<>();

  Scope() {}

  /** Makes a scope in which everything is known that another one knows. */
  Scope(Scope outer) {
    variables.putAll(outer.variables);
    objects.putAll(outer.objects);
  }

  void addVariable(String name, String inWorkload) {
    variables.put(name, inWorkload);
  }

  /** Adds an object under the name that the programs use; it carries that of the workload. */
  void addObject(String name, SharedObject inWorkload) {
    objects.put(name, inWorkload);
  }

  boolean hasVariable(String name) {
    return variables.containsKey(name);
  }

  /** Returns a variable's name in the workload. */
  String variable(String name) {
    return variables.getOrDefault(name, name);
  }

  /** Returns the object of that name, or null. */
  SharedObject object(String name) {
    return objects.get(name);
  }
}
