package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Awaited;
import org.schedlab.program.Operation.CoroutineTemplate;
import org.schedlab.program.Operation.Member;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Items;

/** Reads the operations that are for coroutines. */
final class CoroutineOperationReader {
  /** The keys of which an {@code await} has one; {@code time} alone is a timer. */
  private static final List<String> AWAITED =
      List.of("task", "lock", "semaphore", "device", "until");

  private static final List<String> REGISTERS = List.of("into", "error");

  private final ValueReader values;
  private final Problems problems;
  private final ExpressionReader expressions;
  private final DistributionReader times;
  private final WaitingReader waits;
  private final CoroutineReader coroutines;
  private final Set<String> devices;
  private final NamePlaces places;

  CoroutineOperationReader(
      ValueReader values,
      ExpressionReader expressions,
      DistributionReader times,
      WaitingReader waits,
      CoroutineReader coroutines,
      Set<String> devices,
      NamePlaces places) {
    this.values = values;
    this.problems = values.problems();
    this.expressions = expressions;
    this.times = times;
    this.waits = waits;
    this.coroutines = coroutines;
    this.devices = devices;
    this.places = places;
  }

  /** Returns the operation, which stands where it names what it is about; null after reporting. */
  Operation read(OperationKey key, Value value, Location place) {
    return switch (key) {
      case AWAIT -> await(value, place);
      case ASYNC -> async(value, place);
      case GATHER, RACE -> group(key, value, place);
      case PUT -> put(value);
      case GET -> get(value);
      case CANCEL -> {
        String name = values.text(value, "`cancel`");
        yield name == null ? null : new Operation.Cancel(name, problems.remember(value.mark()));
      }
      default -> {
        String error = values.identifier(value, "`raise`");
        yield error == null ? null : new Operation.Raise(error, place);
      }
    };
  }

  private Operation await(Value value, Location place) {
    if (!(value instanceof Entries)) {
      String name = values.text(value, "`await`");
      return name == null
          ? null
          : new Operation.Await(
              new Awaited.Task(name), Waiting.FOREVER, problems.remember(value.mark()));
    }
    Fields fields = Fields.of(value, Shapes.AWAIT, problems);
    Waiting waiting = waits.raising(fields, REGISTERS);
    String key = awaited(fields);
    if (key == null) {
      return null;
    }
    Value named = fields.get(key);
    if (key.equals("time") || key.equals("until")) {
      TimeSource time = times.read(named, "`" + key + "`");
      return new Operation.Await(new Awaited.Timer(time, key.equals("until")), waiting, place);
    }
    String name = values.text(named, "`" + key + "`");
    if (name == null) {
      return null;
    }
    Location at = problems.remember(named.mark());
    Awaited awaited =
        switch (key) {
          case "task" -> new Awaited.Task(name);
          case "lock" -> new Awaited.Lock(name);
          case "semaphore" -> new Awaited.Semaphore(name);
          default -> device(fields, name, at);
        };
    return new Operation.Await(awaited, waiting, at);
  }

  /** Returns the key that says what is awaited, or null after reporting. */
  private String awaited(Fields fields) {
    List<String> given = AWAITED.stream().filter(fields::has).toList();
    if (given.isEmpty()) {
      if (fields.has("time")) {
        return "time";
      }
      fields.lacks(
          "task", "one of `task`, `lock`, `semaphore`, `time`, `until`, or `device` and `time`");
      return null;
    }
    String key = given.get(0);
    for (String other : given.subList(1, given.size())) {
      problems.add(
          fields.markOf(other), "`await` is for one thing, and `" + key + "` names one already");
    }
    if (fields.has("time") && !key.equals("device")) {
      problems.add(
          fields.markOf("time"),
          "`time` is how long a device or a timer takes; to give up after so long, write"
              + " `timeout`");
    }
    return key;
  }

  private Awaited device(Fields fields, String name, Location at) {
    TimeSource time = times.read(fields.require("time"), "`time`");
    if (!devices.contains(name)) {
      problems.add(
          fields.get("device").mark(),
          ProgramReader.unknown("device", name, devices, "`machine.devices`"));
    }
    return new Awaited.Device(name, time, at);
  }

  private Operation async(Value value, Location place) {
    Fields fields = Fields.of(value, Shapes.ASYNC, problems);
    if (!(value instanceof Entries)) {
      return null;
    }
    CoroutineTemplate made = coroutines.coroutine(fields, "`async:`", place);
    return made == null ? null : new Operation.Async(made, place);
  }

  private Operation group(OperationKey key, Value value, Location place) {
    Value list = value;
    Waiting waiting = Waiting.FOREVER;
    if (value instanceof Entries) {
      boolean all = key == OperationKey.GATHER;
      Fields fields = Fields.of(value, all ? Shapes.GATHER : Shapes.RACE, problems);
      waiting = waits.raising(fields, REGISTERS);
      list = fields.require("of");
    }
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Value entry : values.list(list, "`" + key.key() + "`")) {
      Member member = member(entry);
      if (member != null && !names.add(member.name())) {
        problems.add(
            places.of(member),
            "`" + member.name() + "` stands in this `" + key.key() + "` already");
      } else if (member != null) {
        members.add(member);
      }
    }
    if (list instanceof Items items && items.items().isEmpty()) {
      problems.add(list.mark(), "`" + key.key() + "` needs at least one coroutine");
    }
    Awaited awaited = new Awaited.Group(List.copyOf(members), key == OperationKey.RACE);
    return new Operation.Await(awaited, waiting, place);
  }

  private Member member(Value entry) {
    Member member;
    Value named = entry;
    if (entry instanceof Entries) {
      Fields fields = Fields.of(entry, Shapes.MEMBER, problems);
      CoroutineTemplate made =
          coroutines.coroutine(fields, Shapes.MEMBER.what(), problems.remember(entry.mark()));
      if (made == null) {
        return null;
      }
      named = fields.get("name");
      member = new Member(made.name(), made.program());
    } else {
      String name = values.text(entry, "an entry of `gather` or `race`");
      if (name == null) {
        return null;
      }
      member = new Member(name, null);
    }
    places.put(member, problems.remember(named.mark()), null);
    return member;
  }

  private Operation put(Value value) {
    Fields fields = Fields.of(value, Shapes.PUT, problems);
    Value channel = channel(fields, value);
    Expression put =
        fields.has("value")
            ? expressions.expression(fields.get("value"), "`value`")
            : ExpressionReader.ZERO;
    Waiting waiting = waits.raising(fields, List.of("error"));
    String name = values.text(channel, "`channel`");
    return name == null
        ? null
        : new Operation.Put(name, put, waiting, problems.remember(channel.mark()));
  }

  private Operation get(Value value) {
    Fields fields = Fields.of(value, Shapes.GET, problems);
    Value channel = channel(fields, value);
    Waiting waiting = waits.raising(fields, REGISTERS);
    String name = values.text(channel, "`channel`");
    return name == null
        ? null
        : new Operation.Get(name, waiting, problems.remember(channel.mark()));
  }

  private static Value channel(Fields fields, Value value) {
    return value instanceof Entries ? fields.require("channel") : null;
  }
}
