package org.schedlab.scenario.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.schedlab.scenario.JobGroup;
import org.schedlab.scenario.Scenario.Expectation;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads {@code expect:}, the results that a scenario states. */
final class ResultReader {
  /** Stands for all threads where a thread's name is expected. */
  static final String AVERAGE = "average";

  /** The accounts of the cost ledger, by their keys. */
  static final List<String> ACCOUNTS =
      List.of(
          "own_work",
          "context_switch",
          "block_wake",
          "address_space",
          "migration",
          "tlb_refill",
          "cache_refill",
          "tlb_miss",
          "mode_switch",
          "creation",
          "page_fault",
          "tlb_shootdown",
          "wake_up",
          "coroutine_switch",
          "message",
          "copy",
          "timer_tick",
          "interrupt",
          "idle");

  /** The results of the whole run. */
  static final List<String> RUN_FIELDS =
      Stream.concat(
              Stream.of(
                  "makespan",
                  "efficiency",
                  "utilization",
                  "switches.process",
                  "switches.thread",
                  "switches.coroutine"),
              ACCOUNTS.stream().map(account -> "costs." + account))
          .toList();

  private static final Set<String> RUN_KEYS = keysAfter("", RUN_FIELDS);

  /** The results of one thread; a dot stands for a map within a map. */
  static final List<String> TASK_FIELDS =
      List.of(
          "arrival",
          "start",
          "finish",
          "turnaround",
          "response",
          "waiting",
          "running",
          "blocked",
          "overhead",
          "exit",
          "switches.voluntary",
          "switches.involuntary",
          "system_calls",
          "jobs.released",
          "jobs.completed",
          "jobs.missed",
          "jobs.response.min",
          "jobs.response.max",
          "jobs.response.sum");

  /** The results of one process, where memory is simulated. */
  static final List<String> PROCESS_FIELDS =
      List.of(
          "accesses",
          "faults.minor",
          "faults.major",
          "tlb.hits",
          "tlb.misses",
          "evictions",
          "written_out",
          "page_table_bytes",
          "stacks.count",
          "stacks.reserved",
          "stacks.resident");

  /** A process of one unnamed thread has the thread's name, so that both sorts are legal there. */
  private static final List<String> BOTH_FIELDS =
      Stream.concat(TASK_FIELDS.stream(), PROCESS_FIELDS.stream()).toList();

  static final List<String> COROUTINE_FIELDS =
      List.of(
          "arrival",
          "start",
          "finish",
          "turnaround",
          "response",
          "waiting",
          "running",
          "blocked",
          "overhead",
          "blocked_thread",
          "switches.resumed",
          "switches.stolen",
          "memory.reserved",
          "memory.resident");

  /** The results of a group of a workload. */
  static final List<String> GROUP_FIELDS = groupFields();

  private static List<String> groupFields() {
    List<String> fields = new ArrayList<>(List.of("count", "unfinished"));
    for (String time : List.of("turnaround", "response", "waiting", "slowdown")) {
      for (String of : List.of("mean", "sd", "p50", "p95", "p99", "p99.9", "max")) {
        fields.add(time + "." + of);
      }
    }
    fields.addAll(List.of("throughput", "fairness", "longest_wait"));
    return List.copyOf(fields);
  }

  static final List<String> AVERAGE_FIELDS =
      List.of("turnaround", "waiting", "response", "running", "blocked", "overhead");

  private final ValueReader values;
  private final Problems problems;
  private final TaskIndex tasks;
  private final Set<String> groups = new LinkedHashSet<>();
  private final Set<String> processes = new LinkedHashSet<>();
  private final List<Expectation> expectations = new ArrayList<>();

  ResultReader(ValueReader values, TaskIndex tasks, List<JobGroup> workload) {
    for (JobGroup group : workload) {
      groups.add(group.name());
      group.classes().forEach(jobClass -> groups.add(group.label(jobClass)));
    }
    this.values = values;
    this.problems = values.problems();
    this.tasks = tasks;
  }

  List<Expectation> read(Value value) {
    if (!(value instanceof Entries map)) {
      if (value != null) {
        problems.add(
            value.mark(),
            "`expect` must be a map such as {P1: {turnaround: 30}, makespan: 30}, not "
                + value.shown());
      }
      return List.of();
    }
    // A full task name is the process's, and behind a slash the thread's; no name has a slash.
    tasks.threads().forEach(task -> processes.add(task.split("/", 2)[0]));
    for (Entry entry : map.entries()) {
      String subject = entry.key().text();
      if (isOfRun(entry)) {
        ofRun(entry);
      } else if (subject.equals(AVERAGE)) {
        fields(subject, "", entry.value(), AVERAGE_FIELDS);
      } else if (groups.contains(subject)) {
        fields(subject, "", entry.value(), GROUP_FIELDS);
      } else if (tasks.isCoroutine(subject)) {
        if (tasks.isTask(subject)) {
          fields(subject, "", entry.value(), COROUTINE_FIELDS);
        } else {
          problems.add(
              entry.key().mark(),
              "`" + Sizes.cut(subject) + "` is a coroutine; results are stated by its full name");
        }
      } else if (tasks.isTask(subject)) {
        boolean both = isProcess(subject);
        fields(subject, "", entry.value(), both ? BOTH_FIELDS : TASK_FIELDS);
      } else if (isProcess(subject)) {
        fields(subject, "", entry.value(), PROCESS_FIELDS);
      } else {
        problems.add(entry.key().mark(), unknownSubject(subject));
      }
    }
    return List.copyOf(expectations);
  }

  /** A process may be named {@code costs}: its results are a map as well, and it comes first. */
  private boolean isOfRun(Entry entry) {
    String subject = entry.key().text();
    return RUN_KEYS.contains(subject)
        && (entry.value() instanceof Scalar || !tasks.isTask(subject) && !isProcess(subject));
  }

  private void ofRun(Entry entry) {
    String key = entry.key().text();
    if (RUN_FIELDS.contains(key)) {
      add("", key, entry);
    } else {
      fields("", key + ".", entry.value(), RUN_FIELDS);
    }
  }

  private boolean isProcess(String subject) {
    return processes.contains(subject) || tasks.isRepeatOf(subject, processes);
  }

  private String unknownSubject(String subject) {
    Set<String> known = tasks.threads();
    known.addAll(processes);
    known.addAll(groups);
    known.add(AVERAGE);
    known.addAll(RUN_KEYS);
    List<String> ofThatName = tasks.tasksNamed(subject);
    String suggestion =
        ofThatName.isEmpty()
            ? Spelling.suggestion(subject, known)
            : "; did you mean `" + ofThatName.get(0) + "`?";
    return "there is no thread or process `"
        + Sizes.cut(subject)
        + "`"
        + (suggestion.isEmpty() ? ";" : suggestion)
        + " results are stated of: "
        + Spelling.list(known);
  }

  private void fields(String subject, String path, Value value, List<String> allowed) {
    if (!(value instanceof Entries map)) {
      String what = path.isEmpty() ? subject : path.substring(0, path.length() - 1);
      problems.add(value.mark(), "`" + what + "` needs a map of results, not " + value.shown());
      return;
    }
    for (Entry entry : map.entries()) {
      String field = path + entry.key().text();
      if (allowed.contains(field)) {
        add(subject, field, entry);
      } else if (allowed.stream().anyMatch(name -> name.startsWith(field + "."))) {
        fields(subject, field + ".", entry.value(), allowed);
      } else {
        Set<String> keys = keysAfter(path, allowed);
        String key = entry.key().text();
        String what = path.isEmpty() ? "results" : "`" + path.substring(0, path.length() - 1) + "`";
        problems.add(entry.key().mark(), Fields.refusal(key, what, List.copyOf(keys), List.of()));
      }
    }
  }

  /** Returns the keys that can follow a path: {@code min}, … after {@code jobs.response.}. */
  static Set<String> keysAfter(String path, Collection<String> fields) {
    Set<String> keys = new LinkedHashSet<>();
    for (String field : fields) {
      if (field.startsWith(path)) {
        keys.add(field.substring(path.length()).split("\\.", 2)[0]);
      }
    }
    return keys;
  }

  private void add(String subject, String field, Entry entry) {
    Value value = entry.value();
    String expected = null;
    if (!(value instanceof Scalar word && word.isNull() && !word.text().isEmpty())) {
      String text = values.text(value, "`" + field + "`");
      if (text == null) {
        return;
      }
      try {
        BigDecimal number = Durations.number(text);
        expected = number.toPlainString();
      } catch (IllegalArgumentException e) {
        problems.add(
            value.mark(),
            "`"
                + field
                + "` must be a number (times in "
                + values.unit().symbol()
                + ") or null, not "
                + value.shown());
        return;
      }
    }
    expectations.add(
        new Expectation(subject, field, expected, problems.remember(entry.key().mark())));
  }
}
