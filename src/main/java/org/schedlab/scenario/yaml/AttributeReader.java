package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.policy.LinuxClasses;
import org.schedlab.policy.Policies;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.Operation.Share;
import org.schedlab.scenario.Scenario.Scheduler;

/** Reads what the scheduler and the machine are told about a thread. */
final class AttributeReader {
  static final long MOST_TICKETS = 1_000_000_000;
  static final long MOST_PRIORITY = 1_000_000_000;
  private static final List<String> REAL_TIME = List.of("fifo", "rr");
  private static final String DEADLINE = "deadline";

  private final ValueReader values;
  private final Problems problems;
  private final int cpus;
  private final boolean linux;
  private final List<String> classes;
  private final List<String> currencies;

  AttributeReader(ValueReader values, int cpus, Scheduler scheduler) {
    this.values = values;
    this.problems = values.problems();
    this.cpus = cpus;
    this.linux = Policies.isLinux(scheduler.policy());
    this.currencies = Policies.currencies(scheduler.policy(), scheduler.parameters());
    this.classes = Policies.classes(scheduler.policy(), scheduler.parameters());
  }

  /** Returns the attributes that {@code fields} give, the others as in {@code defaults}. */
  Attributes read(Fields fields, Attributes defaults) {
    Attributes read = given(fields, defaults);
    return linux ? underLinux(fields, read) : read;
  }

  /** Returns what a group of jobs gives to all of its classes, which are read with this. */
  Attributes ofGroup(Fields group) {
    return given(group, Attributes.DEFAULT);
  }

  private Attributes given(Fields fields, Attributes defaults) {
    return new Attributes(
        values.integer(
            fields.get("priority"),
            "`priority`",
            -MOST_PRIORITY,
            MOST_PRIORITY,
            defaults.priority()),
        (int) values.integer(fields.get("nice"), "`nice`", -20, 19, defaults.nice()),
        (int) values.integer(tickets(fields), "`tickets`", 1, MOST_TICKETS, defaults.tickets()),
        values.duration(fields.get("deadline"), "`deadline`", 1, defaults.deadline()),
        fields.has("affinity") ? affinity(fields.get("affinity")) : defaults.affinity(),
        values.size(fields.get("working_set"), "`working_set`", 0, defaults.workingSetBytes()),
        values.size(fields.get("stack"), "`stack`", 1, defaults.stackBytes()),
        share(fields, defaults.share()));
  }

  /** Returns the number of tickets, which may stand as {@code {CURRENCY: N}}. */
  private static Value tickets(Fields fields) {
    Value value = fields.get("tickets");
    return value instanceof Value.Entries map && map.entries().size() == 1
        ? map.entries().get(0).value()
        : value;
  }

  private String currency(Fields fields, String fallback) {
    if (!(fields.get("tickets") instanceof Value.Entries map) || map.entries().size() != 1) {
      return fields.has("tickets") ? "" : fallback;
    }
    Value.Scalar name = map.entries().get(0).key();
    if (!currencies.isEmpty() && !currencies.contains(name.text())) {
      problems.add(
          name.mark(),
          "there is no currency "
              + name.shown()
              + Spelling.suggestion(name.text(), currencies, "allowed"));
    }
    return name.text();
  }

  private Share share(Fields fields, Share defaults) {
    String currency = currency(fields, defaults.currency());
    long slice = values.duration(fields.get("slice"), "`slice`", 1, defaults.slice());
    String name = defaults.schedulingClass();
    if (fields.has("class")) {
      Value given = fields.get("class");
      String known = values.name(given, "`class`");
      boolean listed = known == null || classes.isEmpty() || classes.contains(known);
      name = known == null ? "" : known;
      if (!listed) {
        problems.add(
            given.mark(),
            "there is no class " + given.shown() + Spelling.suggestion(known, classes, "allowed"));
      }
    }
    if (!fields.has("reservation")) {
      return new Share(
          slice, name, defaults.runtime(), defaults.period(), defaults.deadline(), currency);
    }
    return reservation(fields, slice, name, currency);
  }

  /** Reads what CPU time a thread reserves in each period. */
  private Share reservation(Fields fields, long slice, String name, String currency) {
    Fields given = Fields.of(fields.get("reservation"), Shapes.RESERVATION, problems);
    long runtime = values.duration(given.require("runtime"), "`runtime`", 1, 1);
    long period = 0;
    if (given.has("period")) {
      period = values.duration(given.get("period"), "`period`", 1, 0);
    } else if (fields.allows("period") && fields.has("period")) {
      period = values.duration(fields.get("period"), "`period`", 1, 0);
    } else {
      given.lacks("period", "`period`");
    }
    long deadline = values.duration(given.get("deadline"), "`deadline`", 1, period);
    if (period > 0 && !(runtime <= deadline && deadline <= period)) {
      problems.add(
          given.mark(),
          "a reservation's `runtime` may be at most its `deadline`, and that at most its"
              + " `period`");
    }
    return new Share(slice, name, runtime, period, deadline, currency);
  }

  /** Priorities are for classes fifo and rr; what others have is not looked at. */
  private Attributes underLinux(Fields fields, Attributes read) {
    String name = read.share().schedulingClass();
    if (REAL_TIME.contains(name)) {
      long priority = read.priority();
      if (priority < 1 || priority > LinuxClasses.HIGHEST_PRIORITY) {
        problems.add(
            fields.markOf(fields.has("priority") ? "priority" : "class"),
            "a thread of class "
                + name
                + " needs a `priority` from 1 to 99, the larger the more"
                + " urgent");
      }
      return read;
    }
    if (name.equals(DEADLINE)) {
      boolean periodic = fields.allows("period") && fields.has("period");
      if (read.share().runtime() == 0 && read.deadline() < 0 && !periodic) {
        problems.add(
            fields.markOf("class"),
            "a thread of class deadline needs `reservation: {runtime: D, period: D}`, or a"
                + " `deadline` of its own");
      }
      return read.withPriority(LinuxClasses.DEADLINE_PRIORITY);
    }
    return read.withPriority(0);
  }

  /**
   * Returns what a process gives to all of its threads: neither a deadline nor a reservation, nor
   * its working set, which is one that they share and not one for each of them.
   */
  Attributes shared(Fields process) {
    Attributes read = given(process, Attributes.DEFAULT);
    if (process.has("reservation")) {
      problems.add(
          process.markOf("reservation"),
          "`reservation` belongs to each of the `threads`, not beside them");
    }
    return read.withDeadline(-1).withMemory(0, read.stackBytes());
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
