package org.schedlab.scenario.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Layout;
import org.schedlab.program.Location;
import org.schedlab.program.SharedObject;
import org.schedlab.program.SharedObject.Order;
import org.schedlab.program.SharedObject.SocketKind;
import org.schedlab.program.Variable;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;

/** Reads what is said of what processes talk through, and of the resources that they share. */
final class ChannelReader {
  static final List<String> SOCKET_TYPES = List.of("pair", "unix", "tcp");

  /** Units of a resource, and messages of a queue. */
  static final long MOST_UNITS = 1_000_000_000;

  private final ValueReader values;
  private final Problems problems;
  private final VariableReader variables;

  ChannelReader(ValueReader values) {
    this.values = values;
    this.problems = values.problems();
    this.variables = new VariableReader(values);
  }

  SharedObject pipe(String name, Declaration declaration, Location location) {
    Fields said = declaration.fields(Shapes.PIPE, problems);
    long capacity = values.size(said.get("capacity"), "`capacity`", 1, SharedObject.BY_PROFILE);
    return new SharedObject.Pipe(name, capacity, location);
  }

  SharedObject queue(String name, Declaration declaration, Location location) {
    Fields said = declaration.fields(Shapes.QUEUE, problems);
    long capacity =
        values.integer(said.get("capacity"), "`capacity`", 1, MOST_UNITS, SharedObject.BY_PROFILE);
    long size = values.size(said.get("message_size"), "`message_size`", 1, SharedObject.BY_PROFILE);
    Order order = LockReader.order(values, said, Order.FIFO);
    return new SharedObject.MessageQueue(name, capacity, size, order, location);
  }

  SharedObject socket(String name, Declaration declaration, Location location) {
    Fields said = declaration.fields(Shapes.SOCKET, problems);
    String type = values.choice(said.get("type"), "`type`", SOCKET_TYPES, SOCKET_TYPES.get(0));
    long buffer =
        values.size(said.get("buffer"), "`buffer`", 1, SharedObject.Socket.DEFAULT_BUFFER);
    SocketKind kind = SocketKind.values()[SOCKET_TYPES.indexOf(type)];
    return new SharedObject.Socket(name, kind, buffer, location);
  }

  SharedObject segment(String name, Declaration declaration, Location location) {
    Fields said = declaration.fields(Shapes.SEGMENT, problems);
    List<Variable> cells = variables.read(said.get("variables"));
    long needed = (long) Layout.initial(cells).length * Layout.CELL_BYTES;
    long size = values.size(said.get("size"), "`size`", 1, Math.max(1, needed));
    if (size < needed) {
      problems.add(
          said.get("size").mark(),
          "the variables need "
              + needed
              + " bytes, "
              + Layout.CELL_BYTES
              + " for each number, and `size` is "
              + size);
    }
    return new SharedObject.Segment(name, size, cells, location);
  }

  SharedObject resource(String name, Declaration declaration, Location location) {
    long units =
        values.integer(declaration.said(), "the units of a resource", 1, MOST_UNITS, MOST_UNITS);
    return new SharedObject.Resource(name, units, location);
  }

  /** Reads how many units of each resource a process with these objects will hold at most. */
  Map<String, Long> claims(Value value, SharedObjects objects) {
    if (!(value instanceof Entries map)) {
      if (value != null) {
        problems.add(
            value.mark(),
            "`claims` must be a map of resources to units, such as {A: 7}, not " + value.shown());
      }
      return Map.of();
    }
    Map<String, Long> claims = new LinkedHashMap<>();
    for (Entry entry : map.entries()) {
      String name = entry.key().text();
      if (objects.find(name) instanceof SharedObject.Resource resource) {
        long most = resource.units();
        String what = "the claim for `" + name + "`, of which there are " + most + ",";
        claims.put(name, values.integer(entry.value(), what, 0, most, 0));
      } else {
        problems.add(entry.key().mark(), notClaimable(name, objects));
      }
    }
    return Collections.unmodifiableMap(claims);
  }

  private static String notClaimable(String name, SharedObjects objects) {
    SharedObject found = objects.find(name);
    String text =
        found == null
            ? "there is no resource `" + Sizes.cut(name) + "` to claim"
            : "`"
                + name
                + "` is "
                + ObjectKind.of(found).article()
                + "; `claims` are for resources";
    Set<String> known = objects.names(ObjectKind.RESOURCE);
    return known.isEmpty()
        ? text + "; it would stand under `resources`"
        : text + Spelling.suggestion(name, known, "resources");
  }
}
