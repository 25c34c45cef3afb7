package org.schedlab.scenario.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.schedlab.program.Location;
import org.schedlab.program.Operation.Port;
import org.schedlab.program.Operation.Port.End;
import org.schedlab.scenario.yaml.Value.Entries;

/** Reads what an operation sends to, receives from, closes or polls. */
final class PortReader {
  static final List<String> PIPE_ENDS = List.of("read", "write");
  static final List<String> PAIR_ENDS = List.of("a", "b");

  private static final String CONNECTION = "connection";

  /** The keys that name something, and what; a connection is no object. */
  private static final Map<String, ObjectKind> KINDS = kinds();

  private final ValueReader values;
  private final Problems problems;
  private final NamePlaces places;

  PortReader(ValueReader values, NamePlaces places) {
    this.values = values;
    this.problems = values.problems();
    this.places = places;
  }

  private static Map<String, ObjectKind> kinds() {
    Map<String, ObjectKind> kinds = new LinkedHashMap<>();
    for (ObjectKind kind : List.of(ObjectKind.PIPE, ObjectKind.QUEUE, ObjectKind.SOCKET)) {
      kinds.put(kind.part(), kind);
    }
    kinds.put(CONNECTION, null);
    return kinds;
  }

  /** Returns the key of {@code fields} that names the object, or null if there is none. */
  static String key(Fields fields) {
    for (String key : KINDS.keySet()) {
      if (fields.allows(key) && fields.has(key)) {
        return key;
      }
    }
    return null;
  }

  /** Returns the port that a map names, or null after reporting. */
  Port port(Fields fields) {
    String key = key(fields);
    if (key == null) {
      List<String> allowed = KINDS.keySet().stream().filter(fields::allows).toList();
      fields.lacks(allowed.get(0), WaitingReader.either(allowed));
      return null;
    }
    for (String other : KINDS.keySet()) {
      if (!other.equals(key) && fields.allows(other) && fields.has(other)) {
        problems.add(
            fields.markOf(other),
            "`" + key + "` stands here already; one operation is for one of them");
      }
    }
    Value named = fields.get(key);
    End end = end(fields, key);
    if (key.equals(CONNECTION)) {
      String register = values.identifier(named, "`connection`");
      return register == null ? null : placed(new Port(null, End.NONE, register), named, null);
    }
    String name = values.text(named, "`" + key + "`");
    return name == null ? null : placed(new Port(name, end, null), named, KINDS.get(key));
  }

  private Port placed(Port port, Value named, ObjectKind kind) {
    places.put(port, problems.remember(named.mark()), kind);
    return port;
  }

  private End end(Fields fields, String key) {
    boolean closes = fields.allows(ObjectKind.PIPE.part());
    if (!fields.allows("end")) {
      return End.NONE;
    }
    if (key.equals(ObjectKind.PIPE.part())) {
      if (!fields.has("end")) {
        fields.lacks("end", "`end: read` or `end: write` to close one end of a pipe");
        return End.NONE;
      }
      return named(fields, PIPE_ENDS);
    } else if (!fields.has("end")) {
      return End.NONE;
    } else if (key.equals(ObjectKind.SOCKET.part())) {
      return named(fields, PAIR_ENDS);
    }
    problems.add(
        fields.markOf("end"),
        key.equals(CONNECTION)
            ? "a connection has no `end`: its register holds the end of who accepted or connected"
            : "a message queue has no ends; `end` is for "
                + (closes ? "a pipe or a socket pair" : "a socket pair"));
    return End.NONE;
  }

  private End named(Fields fields, List<String> allowed) {
    String word = values.choice(fields.get("end"), "`end`", allowed, allowed.get(0));
    return End.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Returns the port that an entry of a {@code poll} names, or null after reporting. */
  Port polled(Value entry) {
    if (entry instanceof Entries) {
      return port(Fields.of(entry, Shapes.POLLED, problems));
    }
    String name = values.text(entry, "an entry of `poll`");
    return name == null ? null : placed(Port.of(name), entry, null);
  }

  /** Returns the socket that {@code listen}, {@code accept} or {@code connect} names, or null. */
  Port socket(Value named) {
    String name = values.text(named, "`socket`");
    return name == null ? null : placed(Port.of(name), named, ObjectKind.SOCKET);
  }

  /** Returns where a port is named. */
  Location place(Port port) {
    return places.of(port);
  }
}
