package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.Operation.ThreadTemplate;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/**
 * Reads programs: lists of operations, each an entry with the operation's key. Whether variables
 * and registers exist depends on the process that runs the program; {@link ProgramChecks} says
 * that.
 */
final class ProgramReader {
  /** Bytes of a stack frame when {@code frame} is left out: a few words of locals and linkage. */
  static final long DEFAULT_FRAME_BYTES = 64;

  static final int MOST_THREADS = 1_000_000;

  private final ValueReader values;
  private final Problems problems;
  private final DistributionReader times;
  private final AttributeReader attributes;
  private final ProgramTable programs;
  private final Set<String> devices;
  private final ExpressionReader expressions;
  private final VariableOperationReader variables;
  private final PageOperationReader pages;
  private final ChildReader children;
  private final NamePlaces places = new NamePlaces();
  private final SyncOperationReader locks;
  private final ChannelOperationReader channels;
  private final FutexReader futexes;
  private final ResourceOperationReader resources;
  private final CoroutineReader coroutines;
  private final CoroutineOperationReader awaits;

  ProgramReader(
      ValueReader values,
      ExpressionReader expressions,
      AttributeReader attributes,
      ProgramTable programs,
      Set<String> devices,
      MemoryReader memory,
      ObjectReader declared,
      AwaitedNames awaited) {
    this.values = values;
    this.problems = values.problems();
    this.times = new DistributionReader(values);
    this.attributes = attributes;
    this.programs = programs;
    this.devices = devices;
    this.expressions = expressions;
    this.variables = new VariableOperationReader(values, expressions);
    this.pages = new PageOperationReader(values, memory);
    this.children = new ChildReader(values, this, attributes, memory, declared);
    WaitingReader waits = new WaitingReader(values, times);
    this.locks = new SyncOperationReader(values, waits, places, awaited);
    this.channels = new ChannelOperationReader(values, expressions, waits, places);
    this.futexes = new FutexReader(values, expressions, waits);
    this.resources = new ResourceOperationReader(values, waits, places);
    this.coroutines = new CoroutineReader(values, this);
    this.awaits =
        new CoroutineOperationReader(
            values, expressions, times, waits, coroutines, devices, places);
  }

  /** Returns by name how many processes one {@code spawn} or {@code fork} makes at most. */
  Map<String, Integer> children() {
    return children.children();
  }

  /** Returns where operations name objects. */
  NamePlaces places() {
    return places;
  }

  /** Returns the operations of a {@code program:}, a list of them or a named program. */
  List<Operation> program(Value value) {
    if (value instanceof Scalar name && !name.isNull()) {
      List<Operation> named = named(name);
      return named == null ? List.of() : named;
    }
    return operations(value, "`program`");
  }

  /** Returns the operations of a list. */
  List<Operation> operations(Value value, String what) {
    if (!(value instanceof Items items)) {
      if (value != null) {
        problems.add(value.mark(), what + " must be a list of operations, not " + value.shown());
      }
      return List.of();
    }
    List<Operation> operations = new ArrayList<>(items.items().size());
    for (Value item : items.items()) {
      operations.addAll(operation(item));
    }
    return List.copyOf(operations);
  }

  /** Returns the program {@code burst: D}, of one computation. */
  List<Operation> burst(Value value, String what) {
    TimeSource time = times.read(value, what);
    return List.of(new Operation.Compute(time, problems.remember(value.mark())));
  }

  private List<Operation> named(Scalar name) {
    List<Operation> named = programs.get(name.text());
    if (named == null) {
      problems.add(name.mark(), unknown("program", name.text(), programs.names(), "`programs`"));
    }
    return named;
  }

  static String unknown(String kind, String name, Collection<String> known, String where) {
    String text = "there is no " + kind + " `" + Sizes.cut(name) + "`";
    return known.isEmpty()
        ? text + "; " + where + " declares none"
        : text + Spelling.suggestion(name, known, "declared under " + where);
  }

  /** Returns what an entry stands for: one operation as a rule, none after reporting. */
  private List<Operation> operation(Value item) {
    if (item instanceof Scalar word) {
      return justOne(bareWord(word));
    }
    if (!(item instanceof Entries map) || map.entries().isEmpty()) {
      problems.add(
          item.mark(),
          "an operation must be the word `yield` or a key with its value, such as `compute: 5`, not "
              + (item instanceof Entries ? "an empty map" : item.shown()));
      return List.of();
    }
    Entry head = OperationEntry.head(map, problems);
    if (head == null) {
      return List.of();
    }
    OperationKey key = OperationKey.of(head.key().text());
    Location place = problems.remember(head.key().mark());
    Value value = head.value();
    return switch (key) {
      case REPEAT, WHILE, IF -> justOne(controlFlow(key, head, map, place));
      case LOAD, STORE, SET, ADD, ATOMIC_ADD -> justOne(variables.pair(key, value, place));
      case CAS, FETCH_ADD, EXCHANGE -> justOne(variables.atomic(key, value, place));
      case SPAWN, FORK, EXEC, WAIT, KILL -> justOne(children.read(key, value, place));
      case TOUCH, ALLOC, FREE -> pages.read(key, value, place);
      case COMPUTE, IO, SLEEP, YIELD, EXIT, CALL, ASSERT, THREAD, JOIN ->
          justOne(simple(key, value, place));
      case WRITE, READ, SEND, RECEIVE, CLOSE, LISTEN, ACCEPT, CONNECT, POLL ->
          justOne(channels.read(key, value, place));
      case FUTEX_WAIT, FUTEX_WAKE -> justOne(futexes.read(key, value, place));
      case ACQUIRE, RELEASE -> justOne(resources.read(key, value, place));
      case AWAIT, ASYNC, GATHER, RACE, PUT, GET, CANCEL, RAISE ->
          justOne(awaits.read(key, value, place));
      default -> justOne(locks.read(key, value));
    };
  }

  private static List<Operation> justOne(Operation operation) {
    return operation == null ? List.of() : List.of(operation);
  }

  private Operation bareWord(Scalar word) {
    if (word.text().equals("yield")) {
      return new Operation.Yield(problems.remember(word.mark()));
    }
    OperationKey key = OperationKey.of(word.text());
    if (key != null) {
      problems.add(word.mark(), "`" + key.key() + "` needs a value: `" + key.key() + ": …`");
    } else if (word.isNull()) {
      problems.add(word.mark(), "an operation is missing after `-`");
    } else {
      String glued = ValueReader.gluedColon(word.text());
      problems.add(word.mark(), glued.isEmpty() ? OperationEntry.unknown(word.text()) : glued);
    }
    return null;
  }

  private Operation controlFlow(OperationKey key, Entry head, Entries map, Location place) {
    Expression expression = expressions.expression(head.value(), "`" + key.key() + "`");
    if (key == OperationKey.REPEAT && isNegative(expression)) {
      problems.add(
          head.value().mark(),
          "`repeat` counts from 0; it cannot be negative: " + head.value().shown());
    }
    String first = key.companions().get(0);
    List<Operation> body = operations(map.get(first), "`" + first + "`");
    if (key == OperationKey.IF) {
      List<Operation> otherwise = operations(map.get("else"), "`else`");
      return new Operation.If(expression, body, otherwise, place);
    }
    return key == OperationKey.REPEAT
        ? new Operation.Repeat(expression, body, place)
        : new Operation.While(expression, body, place);
  }

  private static boolean isNegative(Expression expression) {
    return expression instanceof Expression.Unary sign
        && sign.operator() == Expression.UnaryOperator.NEGATE
        && sign.operand() instanceof Expression.Literal number
        && number.value() > 0;
  }

  private Operation simple(OperationKey key, Value value, Location place) {
    String what = "`" + key.key() + "`";
    return switch (key) {
      case COMPUTE -> new Operation.Compute(times.read(value, what), place);
      case SLEEP -> sleep(value, place);
      case IO -> io(value, place);
      case EXIT -> new Operation.Exit(expressions.expression(value, what), place);
      case CALL -> call(value, place);
      case ASSERT -> {
        Expression condition = expressions.expression(value, what);
        yield new Operation.Assert(
            condition, value instanceof Scalar text ? text.text() : "", place);
      }
      case THREAD -> thread(value, place);
      case JOIN -> {
        String name = values.text(value, what);
        yield new Operation.Join(
            name == null ? "" : name, name == null ? place : problems.remember(value.mark()));
      }
      case YIELD -> {
        problems.add(value.mark(), "`yield` has no value; write the bare word");
        yield new Operation.Yield(place);
      }
      default -> throw new IllegalStateException(key.key());
    };
  }

  private Operation io(Value value, Location place) {
    // A distribution is a map as well; what names neither key of a device is one.
    boolean device =
        value instanceof Entries map
            && (map.entries().size() != 1
                || !Shapes.DISTRIBUTION.keys().contains(map.entries().get(0).key().text()));
    if (!device) {
      return new Operation.Io(null, times.read(value, "`io`"), place, place);
    }
    Fields fields = Fields.of(value, Shapes.IO, problems);
    TimeSource time = times.read(fields.require("time"), "`time`");
    String name = values.text(fields.require("device"), "`device`");
    if (name == null) {
      return new Operation.Io(null, time, place, place);
    }
    Mark mark = fields.get("device").mark();
    if (!devices.contains(name)) {
      problems.add(mark, unknown("device", name, devices, "`machine.devices`"));
    }
    return new Operation.Io(name, time, place, problems.remember(mark));
  }

  private Operation sleep(Value value, Location place) {
    boolean until =
        value instanceof Entries map
            && map.entries().stream().anyMatch(entry -> entry.key().text().equals("until"));
    if (!until) {
      return new Operation.Sleep(times.read(value, "`sleep`"), false, place);
    }
    Fields fields = Fields.of(value, Shapes.SLEEP, problems);
    return new Operation.Sleep(times.read(fields.get("until"), "`until`"), true, place);
  }

  private Operation call(Value value, Location place) {
    Value program = value;
    long frame = DEFAULT_FRAME_BYTES;
    if (value instanceof Entries) {
      Fields fields = Fields.of(value, Shapes.CALL, problems);
      frame = values.size(fields.get("frame"), "`frame`", 0, DEFAULT_FRAME_BYTES);
      program = fields.require("program");
    }
    String name = values.text(program, "`call`");
    if (name == null || named((Scalar) program) == null) {
      return null;
    }
    return new Operation.Call(name, frame, place, problems.remember(program.mark()));
  }

  private Operation thread(Value value, Location place) {
    Fields fields = Fields.of(value, Shapes.STARTED_THREAD, problems);
    if (!(value instanceof Entries)) {
      return null;
    }
    ThreadTemplate started = template(fields, "`thread:`", Attributes.DEFAULT, place);
    return started == null ? null : new Operation.StartThread(started, place);
  }

  /** Returns the threads that a map describes, or null after reporting that they have no name. */
  ThreadTemplate template(Fields fields, String what, Attributes defaults, Location place) {
    String name = values.name(fields.require("name"), "a thread's name");
    int count = (int) values.integer(fields.get("count"), "`count`", 1, MOST_THREADS, 1);
    Operation.Loop loop = loop(fields);
    List<Operation> program = loop == null ? work(fields, what) : List.of();
    Attributes read = attributes.read(fields, defaults);
    int threads = CoroutineReader.threads(loop, count);
    return name == null ? null : new ThreadTemplate(name, threads, program, loop, read, place);
  }

  /** Returns what a thread with {@code coroutines} does, or null for one without. */
  Operation.Loop loop(Fields thread) {
    return coroutines.loop(thread);
  }

  /** Returns what {@code program} or {@code burst}, of which there must be one, says to run. */
  List<Operation> work(Fields fields, String what) {
    if (fields.has("program") && fields.has("burst")) {
      problems.add(
          fields.markOf("burst"), what + " has `program` already; `burst: D` means [compute: D]");
    }
    if (fields.has("program")) {
      return program(fields.get("program"));
    }
    if (fields.has("burst")) {
      return burst(fields.get("burst"), "`burst`");
    }
    for (String key : List.of("burst", "program", "threads", "wcet", "coroutines")) {
      if (fields.misspelt(key)) {
        return List.of();
      }
    }
    String needed = "`burst` or `program`";
    if (fields.allows("threads")) {
      needed = "`burst`, `program`, `coroutines` or `threads`";
    } else if (fields.allows("coroutines")) {
      needed = "`burst`, `program` or `coroutines`";
    }
    fields.lacks("burst", needed);
    return List.of();
  }
}
