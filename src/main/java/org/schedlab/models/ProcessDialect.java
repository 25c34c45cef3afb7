package org.schedlab.models;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Expression;
import org.schedlab.program.Layout;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Port;
import org.schedlab.program.SharedObject;
import org.schedlab.scenario.ExecutionModel;

/** Tasks as processes, forked by the one that wants them: queues are the kernel's. */
final class ProcessDialect extends ThreadedDialect {
  ProcessDialect(Workload workload, Refusals refusals) {
    super(ExecutionModel.PROCESS, workload, refusals);
  }

  @Override
  boolean toleratesNamesakes() {
    return true;
  }

  @Override
  List<Operation> put(SharedObject queue, Expression value, Location at) {
    return List.of(
        new Operation.Send(
            Port.of(queue.name()),
            number(Layout.CELL_BYTES, at),
            null,
            value,
            null,
            Operation.Waiting.FOREVER,
            at));
  }

  @Override
  List<Operation> get(SharedObject queue, String into, Location at) {
    return List.of(
        new Operation.Receive(
            Port.of(queue.name()),
            null,
            null,
            null,
            new Operation.Waiting(false, null, into, null),
            at));
  }

  @Override
  List<Operation> own(Operation operation, Unit unit) {
    Location at = operation.location();
    if (operation instanceof Operation.Send it && queue(it.port(), unit) != null) {
      return List.of(
          new Operation.Send(
              Port.of(queue(it.port(), unit).name()),
              it.bytes(),
              it.priority(),
              it.value(),
              it.count(),
              it.waiting(),
              at));
    } else if (operation instanceof Operation.Receive it && queue(it.port(), unit) != null) {
      return List.of(
          new Operation.Receive(
              Port.of(queue(it.port(), unit).name()),
              it.bytes(),
              it.count(),
              it.priority(),
              it.waiting(),
              at));
    }
    return operation instanceof Operation.Exit ? List.of(operation) : null;
  }

  @Override
  Operation make(
      String name, List<Operation> program, Operation.Attributes attributes, Location at) {
    return new Operation.Fork(name, null, program, attributes, at);
  }

  @Override
  List<Operation> join(String name, List<String> members, Location at) {
    return List.of(new Operation.WaitFor(name, null, at));
  }

  @Override
  List<Operation> joinOthers(String name, List<String> tasks, Location at) {
    return refuse(
        at,
        "waiting for `" + name + "`, which the program has not made,",
        "a process waits for its own children only; use a `semaphore`");
  }

  @Override
  List<Operation> joinAll(List<Task> tasks, Location at) {
    return List.of(new Operation.WaitFor(Operation.WaitFor.ALL, null, at));
  }

  @Override
  Shared shared() {
    List<SharedObject> objects = new ArrayList<>();
    for (SharedObject object : workload.objects()) {
      if (object instanceof SharedObject.MessageQueue) {
        objects.add(object);
      } else if (object instanceof SharedObject.Channel && isBounded(object)) {
        objects.add(
            new SharedObject.MessageQueue(
                object.name(),
                capacity(object),
                Layout.CELL_BYTES,
                SharedObject.Order.FIFO,
                object.location()));
      } else {
        objects.addAll(asThreadsHaveIt(object));
      }
    }
    for (Workload.Memory memory : workload.memories()) {
      long cells = memory.variables().stream().mapToLong(v -> v.initial().size()).sum();
      objects.add(
          new SharedObject.Segment(
              memory.name(),
              Math.max(1, cells * Layout.CELL_BYTES),
              memory.variables(),
              Location.NONE));
    }
    return new Shared(objects, List.of());
  }
}
