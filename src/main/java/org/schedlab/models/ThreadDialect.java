package org.schedlab.models;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;
import org.schedlab.scenario.ExecutionModel;

/** Tasks as threads of one process: queues are buffers in their common memory. */
final class ThreadDialect extends ThreadedDialect {
  ThreadDialect(Workload workload, Refusals refusals) {
    super(ExecutionModel.THREAD, workload, refusals);
  }

  private Buffer buffer(SharedObject queue) {
    return new Buffer(queue.name(), capacity(queue), queue.location());
  }

  @Override
  boolean toleratesNamesakes() {
    return false;
  }

  @Override
  List<Operation> put(SharedObject queue, Expression value, Location at) {
    return buffer(queue).put(value, at);
  }

  @Override
  List<Operation> get(SharedObject queue, String into, Location at) {
    return buffer(queue).get(into, at);
  }

  @Override
  List<Operation> own(Operation operation, Unit unit) {
    Location at = operation.location();
    if (operation instanceof Operation.Send it && queue(it.port(), unit) != null) {
      if (it.priority() != null || it.count() != null) {
        return refuse(at, "a `send` with `priority` or `count`", "send the `value` alone");
      }
      Expression value = it.value() == null ? number(0, at) : it.value();
      return waitsForever(it.waiting(), it, "a `send`")
          ? put(queue(it.port(), unit), value, at)
          : List.of();
    } else if (operation instanceof Operation.Receive it && queue(it.port(), unit) != null) {
      if (it.priority() != null || it.count() != null) {
        return refuse(at, "a `receive` with `priority` or `count`", "receive the value alone");
      }
      return waitsForever(it.waiting(), it, "a `receive`")
          ? get(queue(it.port(), unit), it.waiting().into(), at)
          : List.of();
    }
    return null;
  }

  @Override
  Operation make(String name, List<Operation> program, Attributes attributes, Location at) {
    Attributes given = attributes == null ? Attributes.DEFAULT : attributes;
    return new Operation.StartThread(
        new Operation.ThreadTemplate(name, 1, program, null, given, at), at);
  }

  @Override
  List<Operation> join(String name, List<String> members, Location at) {
    return List.of(new Operation.Join(name, at));
  }

  @Override
  List<Operation> joinOthers(String name, List<String> tasks, Location at) {
    return tasks.stream().map(task -> (Operation) new Operation.Join(task, at)).toList();
  }

  @Override
  List<Operation> joinAll(List<Task> tasks, Location at) {
    return byBaseName(tasks).keySet().stream()
        .map(name -> (Operation) new Operation.Join(name, at))
        .toList();
  }

  @Override
  Shared shared() {
    List<SharedObject> objects = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    for (SharedObject object : workload.objects()) {
      boolean queue =
          object instanceof SharedObject.MessageQueue || object instanceof SharedObject.Channel;
      if (!queue) {
        objects.addAll(asThreadsHaveIt(object));
      } else if (isBounded(object)) {
        objects.addAll(buffer(object).objects());
        variables.addAll(buffer(object).variables());
      }
    }
    return new Shared(objects, variables);
  }
}
