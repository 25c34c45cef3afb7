package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.schedlab.program.Location;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.Operation.ProcessTemplate;
import org.schedlab.program.Operation.ThreadTemplate;
import org.schedlab.program.Operation.WaitFor;
import org.schedlab.program.Signal;
import org.schedlab.program.Variable;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads the operations on processes, and remembers the names of those that programs make. */
final class ChildReader {
  /** What a forked child is called that has no name. */
  static final String CHILD = "child";

  static final List<String> SIGNALS = List.of("term", "kill", "stop", "cont");

  private static final List<String> TAKEN = List.of(WaitFor.ANY, WaitFor.ALL, ResultReader.AVERAGE);

  private final ValueReader values;
  private final Problems problems;
  private final ProgramReader programs;
  private final AttributeReader attributes;
  private final MemoryReader memory;
  private final VariableReader variables;
  private final ObjectReader objects;
  private final Map<String, Integer> children = new LinkedHashMap<>();

  ChildReader(
      ValueReader values,
      ProgramReader programs,
      AttributeReader attributes,
      MemoryReader memory,
      ObjectReader objects) {
    this.values = values;
    this.problems = values.problems();
    this.programs = programs;
    this.attributes = attributes;
    this.memory = memory;
    this.variables = new VariableReader(values);
    this.objects = objects;
  }

  /** Returns by name how many processes one {@code spawn} or {@code fork} makes at most. */
  Map<String, Integer> children() {
    return children;
  }

  /** Returns the operation, or null after reporting. */
  Operation read(OperationKey key, Value value, Location place) {
    return switch (key) {
      case SPAWN -> spawn(value, place);
      case FORK -> fork(value, place);
      case EXEC -> exec(value, place);
      case WAIT -> await(value);
      default -> kill(value);
    };
  }

  private String childName(Value value, int count) {
    String name = values.name(value, "a process's name");
    if (name == null) {
      return "";
    }
    if (TAKEN.contains(name)) {
      problems.add(
          value.mark(), "`" + name + "` means several in `wait` or `expect`; choose another name");
    }
    children.merge(name, count, Math::max);
    return name;
  }

  private Operation spawn(Value value, Location place) {
    Fields fields = Fields.of(value, Shapes.SPAWN, problems);
    if (!(value instanceof Entries)) {
      return null;
    }
    int count =
        (int) values.integer(fields.get("count"), "`count`", 1, ProgramReader.MOST_THREADS, 1);
    String name = childName(fields.require("name"), count);
    List<Variable> cells = variables.read(fields.get("variables"));
    MemorySizes sizes = memory.sizes(fields.get("memory"));
    SharedObjects own = objects.ofProcess(fields);
    Map<String, Long> claims = objects.claims(fields.get("claims"), own);
    long workingSet = 0;
    List<ThreadTemplate> threads;
    if (fields.has("threads")) {
      workingSet = values.size(fields.get("working_set"), "`working_set`", 0, 0);
      threads = threads(fields);
    } else {
      Operation.Loop loop = programs.loop(fields);
      List<Operation> program = loop == null ? programs.work(fields, "`spawn:`") : List.of();
      Attributes read = attributes.read(fields, Attributes.DEFAULT);
      threads = List.of(new ThreadTemplate("", 1, program, loop, read, place));
    }
    ProcessTemplate process =
        new ProcessTemplate(
            name, count, cells, threads, workingSet, sizes, own.declared(), claims, place);
    objects.areOf(process, own);
    return new Operation.Spawn(process, place);
  }

  private List<ThreadTemplate> threads(Fields process) {
    process.refuseBeside(
        "threads", List.of("burst", "program", "coroutines", "runtime", "deadline"));
    Attributes inherited = attributes.shared(process);
    UniqueNames names = new UniqueNames("thread", problems);
    List<ThreadTemplate> threads = new ArrayList<>();
    Value list = process.get("threads");
    for (Value item : values.list(list, "`threads`")) {
      Fields fields = Fields.of(item, Shapes.SPAWNED_THREAD, problems);
      if (item instanceof Entries) {
        ThreadTemplate thread =
            programs.template(fields, "a thread", inherited, problems.remember(item.mark()));
        if (thread != null) {
          names.add(thread.name(), fields.get("name").mark());
          threads.add(thread);
        }
      }
    }
    if (list instanceof Value.Items items && items.items().isEmpty()) {
      problems.add(list.mark(), "`threads` needs at least one thread");
    }
    return List.copyOf(threads);
  }

  private Operation fork(Value value, Location place) {
    memory.need();
    if (value instanceof Scalar) {
      return new Operation.Fork(childName(value, 1), null, null, null, place);
    }
    Fields fields = Fields.of(value, Shapes.FORK, problems);
    String name = CHILD;
    if (fields.has("name")) {
      name = childName(fields.get("name"), 1);
    } else {
      children.merge(CHILD, 1, Math::max);
    }
    String into = values.identifier(fields.get("into"), "`into`");
    List<Operation> program =
        fields.has("program") ? programs.program(fields.get("program")) : null;
    return new Operation.Fork(name, into, program, null, place);
  }

  private Operation exec(Value value, Location place) {
    memory.need();
    if (!(value instanceof Entries)) {
      return new Operation.Exec(List.of(), programs.program(value), place);
    }
    Fields fields = Fields.of(value, Shapes.EXEC, problems);
    List<Variable> cells = variables.read(fields.get("variables"));
    Value program = fields.require("program");
    return program == null ? null : new Operation.Exec(cells, programs.program(program), place);
  }

  private Operation await(Value value) {
    Value named = value;
    String into = null;
    if (value instanceof Entries) {
      Fields fields = Fields.of(value, Shapes.WAIT, problems);
      into = values.identifier(fields.get("into"), "`into`");
      named = fields.require("process");
    }
    String name = values.text(named, "`wait`");
    return name == null ? null : new Operation.WaitFor(name, into, problems.remember(named.mark()));
  }

  private Operation kill(Value value) {
    Value named = value;
    String signal = SIGNALS.get(0);
    if (value instanceof Entries) {
      Fields fields = Fields.of(value, Shapes.KILL, problems);
      signal = values.choice(fields.get("signal"), "`signal`", SIGNALS, signal);
      named = fields.require("process");
    }
    String name = values.text(named, "`kill`");
    return name == null
        ? null
        : new Operation.Kill(
            name, Signal.valueOf(signal.toUpperCase(Locale.ROOT)), problems.remember(named.mark()));
  }
}
