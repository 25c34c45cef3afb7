package org.schedlab.scenario.yaml;

import java.util.HashMap;
import java.util.Map;

/** Refuses a name that stands in a list twice. */
final class UniqueNames {
  private final String kind;
  private final Problems problems;
  private final Map<String, Mark> names = new HashMap<>();

  UniqueNames(String kind, Problems problems) {
    this.kind = kind;
    this.problems = problems;
  }

  /** Takes note of a name; empty for one that could not be read. */
  void add(String name, Mark mark) {
    Mark first = name.isEmpty() ? null : names.putIfAbsent(name, mark);
    if (first != null) {
      problems.add(
          mark,
          "there is a "
              + kind
              + " `"
              + name
              + "` already"
              + (first.line() == 0 ? "" : ", in line " + first.line()));
    }
  }
}
