package org.schedlab.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.schedlab.cost.Cost;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.SharedObject;
import org.schedlab.scenario.ExecutionModel;

/**
 * How one model writes what tasks do besides computing: waiting for devices and time, locks,
 * messages, and making other tasks.
 */
abstract class Dialect {
  static final String NO_TIMEOUT =
      "write it without `timeout` and `nonblocking`, which end differently in each model";

  private final ExecutionModel model;
  final Workload workload;
  final Refusals refusals;

  Dialect(ExecutionModel model, Workload workload, Refusals refusals) {
    this.model = model;
    this.workload = workload;
    this.refusals = refusals;
  }

  /** Returns what stands for an operation that is not the same in all models. */
  abstract List<Operation> translate(Operation operation, Unit unit);

  /** Returns what makes a task that arrives at once. */
  abstract Operation make(
      String name, List<Operation> program, Operation.Attributes attributes, Location at);

  /** Returns what waits for the ends of tasks that the same program has made. */
  abstract List<Operation> join(String name, List<String> members, Location at);

  /** Returns what waits until a moment. */
  abstract Operation sleepUntil(long time, Location at);

  /** Returns what waits for the ends of all tasks. */
  abstract List<Operation> joinAll(List<Task> tasks, Location at);

  /** Returns what the tasks share, as the model has it. */
  abstract Shared shared();

  /**
   * What tasks share.
   *
   * @param variables by which names the buffers of queues are kept, beside those of the workload
   */
  record Shared(List<SharedObject> objects, List<org.schedlab.program.Variable> variables) {}

  /** Reports that the model has nothing that corresponds; returns no operation. */
  final List<Operation> refuse(Location at, String what, String instead) {
    refusals.add(model, at, what, instead);
    return List.of();
  }

  /** Says whether a program makes what runs it again; reports that. */
  final boolean runsItself(Made made, Unit unit) {
    if (!unit.isBegun(made.program())) {
      return false;
    }
    refuse(
        made.location(),
        "a program that makes tasks to run itself",
        "its tasks would all have one name; write a program for each level");
    return true;
  }

  /** Says whether an operation waits as long as it takes; reports it otherwise. */
  final boolean waitsForever(Waiting waiting, Operation operation, String what) {
    if (waiting.attempt() || waiting.timeout() != null) {
      refuse(
          operation.location(),
          what + (waiting.attempt() ? " that does not wait" : " with a timeout"),
          NO_TIMEOUT);
      return false;
    }
    return true;
  }

  /** Returns an operation, and what tells the registers of another one that it has succeeded. */
  static List<Operation> answered(Operation operation, Waiting waiting) {
    List<Operation> operations = new ArrayList<>(List.of(operation));
    Location at = operation.location();
    if (waiting.into() != null) {
      operations.add(new Operation.Set(waiting.into(), number(1, at), at));
    }
    if (waiting.error() != null) {
      operations.add(new Operation.Set(waiting.error(), number(0, at), at));
    }
    return operations;
  }

  static Expression number(long value, Location at) {
    return new Expression.Literal(value, at);
  }

  /** Returns how many messages a queue or channel holds. */
  final long capacity(SharedObject object) {
    if (object instanceof SharedObject.Channel channel) {
      return channel.capacity();
    }
    long capacity = ((SharedObject.MessageQueue) object).capacity();
    return capacity == SharedObject.BY_PROFILE
        ? workload.scenario().machine().costs().get(Cost.MQ_MESSAGES)
        : capacity;
  }

  /** Refuses a channel without a limit, which only coroutines have. */
  final boolean isBounded(SharedObject object) {
    if (capacity(object) == SharedObject.Channel.UNBOUNDED) {
      refuse(
          object.location(),
          "the channel `" + object.name() + "` without a limit",
          "give it a `capacity`");
      return false;
    }
    return true;
  }

  /** Returns the queue that an operation sends to or receives from, or null for another port. */
  static SharedObject queue(Operation.Port port, Unit unit) {
    return unit.scope().object(port.object()) instanceof SharedObject.MessageQueue queue
        ? queue
        : null;
  }

  static String objectName(String name, Unit unit) {
    SharedObject object = unit.scope().object(name);
    return object == null ? name : object.name();
  }

  /** Returns the tasks of each name without its number, in order. */
  static Map<String, List<String>> byBaseName(List<Task> tasks) {
    Map<String, List<String>> groups = new java.util.LinkedHashMap<>();
    tasks.forEach(
        task -> groups.computeIfAbsent(task.baseName(), key -> new ArrayList<>()).add(task.name()));
    return groups;
  }
}
