package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.program.Operation.Attributes;

/** Reads what the scheduler and the machine are told about a thread. */
final class AttributeReader {
  private static final long MOST_TICKETS = 1_000_000_000;
  static final long MOST_PRIORITY = 1_000_000_000;

  private final ValueReader values;
  private final int cpus;

  AttributeReader(ValueReader values, int cpus) {
    this.values = values;
    this.cpus = cpus;
  }

  /** Returns the attributes that {@code fields} give, the others as in {@code defaults}. */
  Attributes read(Fields fields, Attributes defaults) {
    return new Attributes(
        values.integer(
            fields.get("priority"),
            "`priority`",
            -MOST_PRIORITY,
            MOST_PRIORITY,
            defaults.priority()),
        (int) values.integer(fields.get("nice"), "`nice`", -20, 19, defaults.nice()),
        (int)
            values.integer(fields.get("tickets"), "`tickets`", 1, MOST_TICKETS, defaults.tickets()),
        values.duration(fields.get("deadline"), "`deadline`", 1, defaults.deadline()),
        fields.has("affinity") ? affinity(fields.get("affinity")) : defaults.affinity(),
        values.size(fields.get("working_set"), "`working_set`", 0, defaults.workingSetBytes()),
        values.size(fields.get("stack"), "`stack`", 1, defaults.stackBytes()));
  }

  /**
   * Returns what a process gives to all of its threads: neither a deadline nor its working set,
   * which is one that they share and not one for each of them.
   */
  Attributes shared(Fields process) {
    Attributes read = read(process, Attributes.DEFAULT);
    return new Attributes(
        read.priority(), read.nice(), read.tickets(), -1, read.affinity(), 0, read.stackBytes());
  }

  private List<Integer> affinity(Value value) {
    List<Integer> allowed =
        values.integers(value, "`affinity` (a CPU of `machine.cpus`)", 0, cpus - 1).stream()
            .map(Long::intValue)
            .sorted()
            .distinct()
            .toList();
    if (value instanceof Value.Items list && list.items().isEmpty()) {
      values.problems().add(value.mark(), "`affinity` needs at least one CPU");
    }
    return allowed;
  }
}
