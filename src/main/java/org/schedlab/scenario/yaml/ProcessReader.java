package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.Scenario.Periodic;
import org.schedlab.scenario.yaml.DeclaredProcess.DeclaredThread;
import org.schedlab.scenario.yaml.Value.Entries;

/** Reads {@code processes:}. */
final class ProcessReader {
  /** What describes the one unnamed thread of a process, and so cannot stand beside threads. */
  private static final List<String> ONE_THREAD_KEYS =
      List.of("burst", "program", "coroutines", "runtime", "wcet", "period", "deadline", "offset");

  private final ValueReader values;
  private final Problems problems;
  private final DistributionReader times;
  private final AttributeReader attributes;
  private final ProgramReader programs;
  private final VariableReader variables;
  private final MemoryReader memory;
  private final ObjectReader objects;

  ProcessReader(
      ValueReader values,
      DistributionReader times,
      AttributeReader attributes,
      ProgramReader programs,
      MemoryReader memory,
      ObjectReader objects) {
    this.values = values;
    this.problems = values.problems();
    this.times = times;
    this.attributes = attributes;
    this.programs = programs;
    this.variables = new VariableReader(values);
    this.memory = memory;
    this.objects = objects;
  }

  List<DeclaredProcess> read(Value value) {
    List<DeclaredProcess> processes = new ArrayList<>();
    UniqueNames names = new UniqueNames("process", problems);
    for (Value item : values.list(value, "`processes`")) {
      Fields fields = Fields.of(item, Shapes.PROCESS, problems);
      if (item instanceof Entries) {
        DeclaredProcess process = process(fields);
        processes.add(process);
        names.add(process.name(), fields.has("name") ? fields.get("name").mark() : null);
      }
    }
    if (value instanceof Value.Items items && items.items().isEmpty()) {
      problems.add(value.mark(), "`processes` needs at least one process");
    }
    return processes;
  }

  private DeclaredProcess process(Fields fields) {
    String name = values.name(fields.require("name"), "a process's name");
    if (ResultReader.AVERAGE.equals(name)) {
      problems.add(
          fields.get("name").mark(),
          "`average` means all threads in `expect`; choose another name");
    }
    int count =
        (int) values.integer(fields.get("count"), "`count`", 1, ProgramReader.MOST_THREADS, 1);
    TimeSource arrival = arrival(fields);
    long workingSet = 0;
    List<DeclaredThread> threads;
    if (fields.has("threads")) {
      workingSet = values.size(fields.get("working_set"), "`working_set`", 0, 0);
      threads = threads(fields, arrival);
    } else {
      threads = List.of(thread(fields, "a process", "", 1, Attributes.DEFAULT, arrival, false));
    }
    SharedObjects own = objects.ofProcess(fields);
    return new DeclaredProcess(
        name == null ? "" : name,
        count,
        arrival,
        variables.read(fields.get("variables")),
        threads,
        workingSet,
        memory.sizes(fields.get("memory")),
        own,
        objects.claims(fields.get("claims"), own),
        problems.remember(fields.mark()));
  }

  private TimeSource arrival(Fields fields) {
    if (!fields.has("offset") || fields.has("threads")) {
      return fields.has("arrival")
          ? times.read(fields.get("arrival"), "`arrival`")
          : TimeSource.constant(0);
    }
    if (fields.has("arrival")) {
      problems.add(
          fields.markOf("offset"), "`offset` and `arrival` say the same of a process; give one");
    }
    return TimeSource.constant(values.duration(fields.get("offset"), "`offset`", 0, 0));
  }

  private List<DeclaredThread> threads(Fields process, TimeSource arrival) {
    process.refuseBeside("threads", ONE_THREAD_KEYS);
    Attributes inherited = attributes.shared(process);
    List<DeclaredThread> threads = new ArrayList<>();
    UniqueNames names = new UniqueNames("thread", problems);
    Value list = process.get("threads");
    for (Value item : values.list(list, "`threads`")) {
      Fields fields = Fields.of(item, Shapes.THREAD, problems);
      if (item instanceof Entries) {
        String name = values.name(fields.require("name"), "a thread's name");
        int count =
            (int) values.integer(fields.get("count"), "`count`", 1, ProgramReader.MOST_THREADS, 1);
        String known = name == null ? "" : name;
        threads.add(thread(fields, "a thread", known, count, inherited, arrival, true));
        names.add(known, fields.has("name") ? fields.get("name").mark() : null);
      }
    }
    if (list instanceof Value.Items items && items.items().isEmpty()) {
      problems.add(list.mark(), "`threads` needs at least one thread");
    }
    return List.copyOf(threads);
  }

  private DeclaredThread thread(
      Fields fields,
      String what,
      String name,
      int count,
      Attributes defaults,
      TimeSource arrival,
      boolean named) {
    Attributes read = attributes.read(fields, defaults);
    List<Operation> program = List.of();
    Periodic periodic = null;
    Operation.Loop loop = programs.loop(fields);
    if (loop != null) {
      int threads = CoroutineReader.threads(loop, count);
      return new DeclaredThread(
          name, threads, program, loop, read, null, problems.remember(fields.mark()));
    }
    if (fields.has("period")) {
      program = job(fields, what);
      long period = values.duration(fields.get("period"), "`period`", 1, 1);
      long offset = named ? values.duration(fields.get("offset"), "`offset`", 0, 0) : 0;
      periodic = periodic(fields, arrival, period, offset);
      read = read.withDeadline(read.deadline() < 0 ? period : read.deadline());
    } else {
      program = onceOnly(fields, what);
    }
    return new DeclaredThread(
        name, count, program, null, read, periodic, problems.remember(fields.mark()));
  }

  private Periodic periodic(Fields fields, TimeSource arrival, long period, long offset) {
    if (!(arrival instanceof TimeSource.Constant start)) {
      problems.add(
          fields.markOf("period"),
          "a periodic task needs a fixed start: its process's `arrival` cannot be a distribution");
      return new Periodic(period, offset);
    }
    return new Periodic(period, Math.min(Durations.MAX_NANOS, start.nanos() + offset));
  }

  private List<Operation> job(Fields fields, String what) {
    if (fields.has("burst")) {
      problems.add(
          fields.markOf("burst"), "with `period`, the work of a job is `wcet` or `program`");
      return List.of();
    }
    if (!fields.has("wcet")) {
      if (!fields.has("program")) {
        fields.lacks("wcet", "`wcet` or `program` beside `period`");
        return List.of();
      }
      return programs.program(fields.get("program"));
    }
    if (fields.has("program")) {
      problems.add(
          fields.markOf("program"), what + " has `wcet` already; `wcet: D` means [compute: D]");
    }
    return programs.burst(fields.get("wcet"), "`wcet`");
  }

  private List<Operation> onceOnly(Fields fields, String what) {
    for (String key : List.of("wcet", "offset")) {
      if (fields.has(key)) {
        problems.add(
            fields.markOf(key),
            "`"
                + key
                + "` is for periodic tasks and needs `period`"
                + (key.equals("wcet") ? "; work that is done once is `burst`" : ""));
      }
    }
    if (fields.has("wcet")) {
      return List.of();
    }
    return programs.work(fields, what);
  }
}
