package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.JobGroup;
import org.schedlab.scenario.JobGroup.Arrivals;
import org.schedlab.scenario.JobGroup.JobClass;
import org.schedlab.scenario.yaml.DeclaredProcess.DeclaredThread;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;

/** Reads {@code workload:}, the processes that a run makes by itself. */
final class WorkloadReader {
  /** Up to so many jobs of a group their single results can be stated. */
  private static final int NAMED_JOBS = 10_000;

  private static final List<String> NOT_OF_SETS =
      List.of(
          "count",
          "arrivals",
          "customers",
          "think",
          "classes",
          "warmup",
          "burst",
          "program",
          "deadline",
          "reservation",
          "working_set");

  private final ValueReader values;
  private final Problems problems;
  private final DistributionReader times;
  private final AttributeReader attributes;
  private final ProgramReader programs;
  private final SharedObjects shared;
  private final TaskSetReader taskSets;
  private final boolean bounded;
  private final List<JobGroup> groups = new ArrayList<>();
  private final List<DeclaredProcess> likeJobs = new ArrayList<>();
  private final List<DeclaredProcess> named = new ArrayList<>();
  private final List<DeclaredProcess> periodic = new ArrayList<>();

  /**
   * @param shared what the file declares for all processes
   * @param seed of the run, from which task sets are drawn
   * @param bounded whether the run has a horizon
   */
  WorkloadReader(
      ValueReader values,
      DistributionReader times,
      AttributeReader attributes,
      ProgramReader programs,
      SharedObjects shared,
      LongSupplier seed,
      boolean bounded) {
    this.values = values;
    this.problems = values.problems();
    this.times = times;
    this.attributes = attributes;
    this.programs = programs;
    this.shared = shared;
    this.taskSets = new TaskSetReader(values, shared, seed);
    this.bounded = bounded;
  }

  /**
   * Reads the groups.
   *
   * @param taken the names of processes of the file
   */
  void read(Value list, Set<String> taken) {
    Set<String> names = new HashSet<>(taken);
    for (Value item : values.list(list, "`workload`")) {
      Fields fields = Fields.of(item, Shapes.WORKLOAD, problems);
      if (!(item instanceof Entries)) {
        continue;
      }
      String name = values.name(fields.require("name"), "a group's name");
      if (name != null && !names.add(name)) {
        problems.add(
            fields.get("name").mark(), "there is a process or group `" + name + "` already");
      } else if (ResultReader.AVERAGE.equals(name)) {
        problems.add(
            fields.get("name").mark(),
            "`average` means all threads in `expect`; choose another name");
      }
      String known = name == null ? "" : name;
      if (fields.has("task_set")) {
        for (String key : NOT_OF_SETS) {
          if (fields.has(key)) {
            problems.add(fields.markOf(key), "`" + key + "` cannot stand beside `task_set`");
          }
        }
        periodic.addAll(taskSets.read(known, fields, attributes.shared(fields)));
      } else {
        group(known, fields);
      }
    }
    if (list instanceof Value.Items items && items.items().isEmpty()) {
      problems.add(list.mark(), "`workload` needs at least one group");
    }
  }

  private void group(String name, Fields fields) {
    Arrivals arrivals = arrivals(fields);
    List<JobClass> classes = classes(fields);
    long count = count(fields, arrivals);
    long warmup = values.integer(fields.get("warmup"), "`warmup`", 0, Long.MAX_VALUE, 0);
    if (warmup >= count) {
      problems.add(
          fields.markOf("warmup"),
          "`warmup` leaves nothing to count: only " + count + " processes arrive");
    }
    long start = values.duration(fields.get("arrival"), "`arrival`", 0, 0);
    groups.add(
        new JobGroup(
            name, count, start, arrivals, classes, warmup, problems.remember(fields.mark())));
    for (JobClass jobClass : classes) {
      likeJobs.add(declared(name, 1, jobClass, fields));
    }
    if (count > 1 && count <= NAMED_JOBS) {
      named.add(declared(name, (int) count, classes.get(0), fields));
    }
  }

  private DeclaredProcess declared(String name, int count, JobClass jobClass, Fields fields) {
    DeclaredThread thread =
        new DeclaredThread(
            "",
            1,
            jobClass.program(),
            null,
            jobClass.attributes(),
            null,
            problems.remember(fields.mark()));
    return new DeclaredProcess(
        name,
        count,
        TimeSource.constant(0),
        List.of(),
        List.of(thread),
        0,
        MemorySizes.DEFAULT,
        new SharedObjects(shared),
        Map.of(),
        problems.remember(fields.mark()));
  }

  private long count(Fields fields, Arrivals arrivals) {
    long most = arrivals instanceof JobGroup.At at ? at.times().size() : JobGroup.UNLIMITED;
    if (!fields.has("count") && most == JobGroup.UNLIMITED && !bounded) {
      fields.lacks("count", "`count`, or the scenario `until`: else processes arrive without end");
    }
    return values.integer(fields.get("count"), "`count`", 1, Math.max(1, most), most);
  }

  private Arrivals arrivals(Fields fields) {
    if (fields.has("customers")) {
      if (fields.has("arrivals")) {
        problems.add(
            fields.markOf("arrivals"),
            "`arrivals` cannot stand beside `customers`, who say when processes arrive");
      }
      int customers =
          (int)
              values.integer(
                  fields.get("customers"), "`customers`", 1, ProgramReader.MOST_THREADS, 1);
      return new JobGroup.Customers(customers, times.read(fields.require("think"), "`think`"));
    }
    if (fields.has("think")) {
      problems.add(fields.markOf("think"), "`think` is what `customers` do, and there are none");
    }
    Value value = fields.get("arrivals");
    if (value == null) {
      fields.lacks("arrivals", "`arrivals`, the times between arrivals, or `customers`");
      return new JobGroup.Between(TimeSource.constant(1));
    }
    if (value instanceof Entries map && map.entries().size() == 1) {
      Entry entry = map.entries().get(0);
      switch (entry.key().text()) {
        case "at" -> {
          return at(entry.value());
        }
        case "bursts" -> {
          return bursts(entry.value());
        }
        default -> {}
      }
    }
    return new JobGroup.Between(times.read(value, "`arrivals`"));
  }

  private Arrivals at(Value value) {
    List<Long> list = new ArrayList<>();
    for (Value item : values.list(value, "`at`")) {
      long time = values.duration(item, "a time in `at`", 0, 0);
      if (!list.isEmpty() && time < list.get(list.size() - 1)) {
        problems.add(item.mark(), "the times in `at` must not go back");
      }
      list.add(time);
    }
    if (list.isEmpty()) {
      problems.add(value.mark(), "`at` needs at least one time");
      list.add(0L);
    }
    return new JobGroup.At(list);
  }

  private Arrivals bursts(Value value) {
    Fields fields = Fields.of(value, Shapes.BURSTS, problems);
    int size = (int) values.integer(fields.require("size"), "`size`", 1, Integer.MAX_VALUE, 1);
    TimeSource gap =
        fields.has("gap") ? times.read(fields.get("gap"), "`gap`") : TimeSource.constant(0);
    Value pause = fields.require("pause");
    return new JobGroup.Bursts(
        size, gap, pause == null ? TimeSource.constant(1) : times.read(pause, "`pause`"));
  }

  private List<JobClass> classes(Fields group) {
    if (!group.has("classes")) {
      return List.of(jobClass("", 1, group, Attributes.DEFAULT));
    }
    group.refuseBeside("classes", List.of("burst", "program"));
    Attributes inherited = attributes.ofGroup(group);
    List<JobClass> classes = new ArrayList<>();
    UniqueNames names = new UniqueNames("class", problems);
    Value list = group.get("classes");
    for (Value item : values.list(list, "`classes`")) {
      Fields fields = Fields.of(item, Shapes.JOB_CLASS, problems);
      if (item instanceof Entries) {
        String name = values.name(fields.require("name"), "a class's name");
        double share = fields.has("share") ? values.positive(fields.get("share"), "`share`", 1) : 1;
        classes.add(jobClass(name == null ? "" : name, share, fields, inherited));
        names.add(name == null ? "" : name, fields.has("name") ? fields.get("name").mark() : null);
      }
    }
    if (classes.isEmpty()) {
      if (list instanceof Value.Items) {
        problems.add(list.mark(), "`classes` needs at least one class");
      }
      classes.add(new JobClass("", 1, List.of(), inherited));
    }
    return List.copyOf(classes);
  }

  private JobClass jobClass(String name, double share, Fields fields, Attributes defaults) {
    List<Operation> program = programs.work(fields, name.isEmpty() ? "a group" : "a class");
    return new JobClass(name, share, program, attributes.read(fields, defaults));
  }

  /** Returns the groups, in the order of the file. */
  List<JobGroup> groups() {
    return List.copyOf(groups);
  }

  /** Returns a process like the jobs of each class, for checks of their programs. */
  List<DeclaredProcess> likeJobs() {
    return likeJobs;
  }

  /** Returns the jobs of which single results can be stated. */
  List<DeclaredProcess> named() {
    return named;
  }

  /** Returns the tasks of task sets, which are processes like those of the file. */
  List<DeclaredProcess> periodic() {
    return periodic;
  }
}
