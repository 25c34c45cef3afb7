package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.schedlab.program.Expression;
import org.schedlab.program.Layout;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Polled;
import org.schedlab.program.Operation.Port;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads the operations on pipes, message queues and sockets. */
final class ChannelOperationReader {
  /** MQ_PRIO_MAX of Linux is 32,768 (mq_overview(7)). */
  static final int MOST_PRIORITY = 32_767;

  private static final Pattern SIZE = Pattern.compile("-?\\d[\\d.]* ?[A-Za-z]*");
  private static final TimeSource AT_ONCE = TimeSource.constant(0);

  private final ValueReader values;
  private final Problems problems;
  private final ExpressionReader expressions;
  private final WaitingReader waits;
  private final PortReader ports;

  ChannelOperationReader(
      ValueReader values, ExpressionReader expressions, WaitingReader waits, NamePlaces places) {
    this.values = values;
    this.problems = values.problems();
    this.expressions = expressions;
    this.waits = waits;
    this.ports = new PortReader(values, places);
  }

  /** Returns the operation, which stands where it names its object; or null after reporting. */
  Operation read(OperationKey key, Value value, Location place) {
    if (key == OperationKey.LISTEN) {
      return listen(value);
    }
    Fields fields = Fields.of(value, shape(key), problems);
    if (!(value instanceof Entries)) {
      return null;
    }
    return switch (key) {
      case WRITE, SEND -> send(fields);
      case READ, RECEIVE -> receive(fields);
      case CLOSE -> close(fields);
      case ACCEPT, CONNECT -> connection(key, fields);
      default -> poll(fields, place);
    };
  }

  private static Shape shape(OperationKey key) {
    return switch (key) {
      case WRITE -> Shapes.WRITE;
      case SEND -> Shapes.SEND;
      case READ -> Shapes.READ;
      case RECEIVE -> Shapes.RECEIVE;
      case CLOSE -> Shapes.CLOSE;
      case ACCEPT -> Shapes.ACCEPT;
      case CONNECT -> Shapes.CONNECT;
      default -> Shapes.POLL;
    };
  }

  private static boolean isForQueue(Fields fields) {
    return ObjectKind.QUEUE.part().equals(PortReader.key(fields));
  }

  private Operation send(Fields fields) {
    Port port = ports.port(fields);
    Expression bytes = bytes(fields, isForQueue(fields) ? 0 : 1);
    Expression priority = null;
    if (hasPriority(fields)) {
      priority = priority(fields.get("priority"));
    }
    Expression value =
        fields.has("value") ? expressions.expression(fields.get("value"), "`value`") : null;
    Waiting waiting = waits.read(fields, List.of("count", "error"));
    String count = waits.register(fields, "count");
    return port == null
        ? null
        : new Operation.Send(port, bytes, priority, value, count, waiting, ports.place(port));
  }

  private Operation receive(Fields fields) {
    Port port = ports.port(fields);
    boolean prioritized = hasPriority(fields);
    Expression bytes = null;
    if (!isForQueue(fields)) {
      bytes = bytes(fields, 1);
    } else if (fields.has("bytes")) {
      problems.add(
          fields.markOf("bytes"),
          "a message queue gives its next message whole; `bytes` is for sockets and pipes");
    }
    List<String> registers =
        prioritized
            ? List.of("into", "count", "priority", "error")
            : List.of("into", "count", "error");
    Waiting waiting = waits.read(fields, registers);
    String count = waits.register(fields, "count");
    String priority = prioritized ? waits.register(fields, "priority") : null;
    return port == null
        ? null
        : new Operation.Receive(port, bytes, count, priority, waiting, ports.place(port));
  }

  /** Says whether a message's priority is named; reports it where there are no messages. */
  private boolean hasPriority(Fields fields) {
    if (!fields.allows("priority") || !fields.has("priority")) {
      return false;
    }
    String key = PortReader.key(fields);
    if (key != null && !isForQueue(fields)) {
      problems.add(
          fields.markOf("priority"),
          "`priority` is for message queues; what goes over a socket keeps its order");
      return false;
    }
    return true;
  }

  /** Returns a size or an expression; the bytes of one cell where nothing is said. */
  private Expression bytes(Fields fields, long least) {
    Value value = fields.get("bytes");
    if (value == null) {
      return new Expression.Literal(Layout.CELL_BYTES, Location.NONE);
    }
    if (value instanceof Scalar text && SIZE.matcher(text.text()).matches()) {
      long bytes = values.size(value, "`bytes`", least, least);
      return new Expression.Literal(bytes, problems.remember(value.mark()));
    }
    return expressions.expression(value, "`bytes`");
  }

  private Expression priority(Value value) {
    if (value instanceof Scalar text && text.text().matches("[+-]?\\d+")) {
      long priority = values.integer(value, "`priority`", 0, MOST_PRIORITY, 0);
      return new Expression.Literal(priority, problems.remember(value.mark()));
    }
    return expressions.expression(value, "`priority`");
  }

  private Operation close(Fields fields) {
    Port port = ports.port(fields);
    Waiting waiting = waits.read(fields, List.of("error"));
    return port == null ? null : new Operation.Close(port, waiting, ports.place(port));
  }

  private Operation listen(Value value) {
    Value named = value;
    int backlog = Operation.Listen.DEFAULT_BACKLOG;
    Waiting waiting = Waiting.FOREVER;
    if (value instanceof Entries) {
      Fields fields = Fields.of(value, Shapes.LISTEN, problems);
      backlog =
          (int) values.integer(fields.get("backlog"), "`backlog`", 1, Integer.MAX_VALUE, backlog);
      waiting = waits.read(fields, List.of("error"));
      named = fields.require("socket");
    }
    Port socket = ports.socket(named);
    return socket == null
        ? null
        : new Operation.Listen(socket.object(), backlog, waiting, ports.place(socket));
  }

  private Operation connection(OperationKey key, Fields fields) {
    Port socket = ports.socket(fields.require("socket"));
    Waiting waiting = waits.read(fields, List.of("into", "error"));
    if (!fields.has("into")) {
      fields.lacks("into", "`into`, the register that gets the connection");
    }
    if (socket == null) {
      return null;
    }
    Location place = ports.place(socket);
    return key == OperationKey.ACCEPT
        ? new Operation.Accept(socket.object(), waiting, place)
        : new Operation.Connect(socket.object(), waiting, place);
  }

  private Operation poll(Fields fields, Location place) {
    List<Polled> polled = new ArrayList<>();
    for (String key : List.of("read", "write")) {
      for (Value entry : values.list(fields.get(key), "`" + key + "`")) {
        Port port = ports.polled(entry);
        if (port != null) {
          polled.add(new Polled(port, key.equals("write")));
        }
      }
    }
    Waiting waiting = waits.read(fields, List.of("into", "error"));
    if (AT_ONCE.equals(waiting.timeout())) {
      waiting = new Waiting(true, null, waiting.into(), waiting.error());
    }
    if (!fields.has("read") && !fields.has("write")) {
      fields.lacks("read", "`read` or `write`, lists of what to wait for");
    } else if (polled.isEmpty() && isEmpty(fields.get("read")) && isEmpty(fields.get("write"))) {
      problems.add(fields.mark(), "`poll:` needs one entry at least under `read` or `write`");
    }
    return new Operation.Poll(List.copyOf(polled), waiting, place);
  }

  private static boolean isEmpty(Value list) {
    return list == null || list instanceof Value.Items items && items.items().isEmpty();
  }
}
