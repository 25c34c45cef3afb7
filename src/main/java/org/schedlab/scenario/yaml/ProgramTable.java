package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Operation;

/**
 * The named programs. A program can be referred to before it has been read, and by itself: its list
 * of operations exists from the start and is filled when its turn comes.
 */
final class ProgramTable {
  private final Map<String, List<Operation>> operations = new LinkedHashMap<>();

  /** One view for each program, so that a program can be told by the identity of its list. */
  private final Map<String, List<Operation>> views = new LinkedHashMap<>();

  void declare(String name) {
    List<Operation> unread = new ArrayList<>();
    operations.put(name, unread);
    views.put(name, Collections.unmodifiableList(unread));
  }

  void fill(String name, List<Operation> read) {
    operations.get(name).addAll(read);
  }

  Set<String> names() {
    return operations.keySet();
  }

  /** Returns a program's operations, or null if there is no such program. */
  List<Operation> get(String name) {
    return views.get(name);
  }
}
