package org.schedlab.models;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Awaited;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.SharedObject;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.ExecutionModel;

/** Tasks as coroutines of one event loop: what others sleep for is awaited. */
final class CoroutineDialect extends Dialect {
  CoroutineDialect(Workload workload, Refusals refusals) {
    super(ExecutionModel.COROUTINE, workload, refusals);
  }

  @Override
  List<Operation> translate(Operation operation, Unit unit) {
    Location at = operation.location();
    Made made = Made.by(operation);
    if (made != null) {
      return make(made, unit);
    } else if (operation instanceof Operation.Io it) {
      // A coroutine that blocks its thread is what its author wants to see.
      return List.of(
          unit.isCoroutine()
              ? it
              : await(new Awaited.Device(it.device(), it.time(), it.deviceLocation()), at));
    } else if (operation instanceof Operation.Sleep it) {
      return List.of(unit.isCoroutine() ? it : await(new Awaited.Timer(it.time(), it.until()), at));
    } else if (operation instanceof Operation.Await it) {
      return List.of(new Operation.Await(awaited(it.awaited(), unit), it.waiting(), at));
    } else if (operation instanceof Operation.Put it) {
      String name = objectName(it.channel(), unit);
      return List.of(new Operation.Put(name, it.value(), it.waiting(), at));
    } else if (operation instanceof Operation.Get it) {
      return List.of(new Operation.Get(objectName(it.channel(), unit), it.waiting(), at));
    } else if (operation instanceof Operation.Leave it) {
      return List.of(new Operation.Leave(objectName(it.object(), unit), at));
    } else if (operation instanceof Operation.Cancel it) {
      return List.of(new Operation.Cancel(taskName(it.name(), unit), at));
    } else if (operation instanceof Operation.Raise) {
      return List.of(operation);
    } else if (operation instanceof Operation.Join it) {
      return join(it.name(), names(it.name(), unit), at);
    } else if (operation instanceof Operation.WaitFor it) {
      return waitFor(it, unit);
    }
    return locksAndMessages(operation, unit);
  }

  private List<Operation> locksAndMessages(Operation operation, Unit unit) {
    Location at = operation.location();
    if (operation instanceof Operation.Lock it) {
      return waitsForever(it.waiting(), it, "a `lock`")
          ? List.of(
              new Operation.Await(new Awaited.Lock(objectName(it.mutex(), unit)), it.waiting(), at))
          : List.of();
    } else if (operation instanceof Operation.Unlock it) {
      return answered(new Operation.Leave(objectName(it.mutex(), unit), at), it.waiting());
    } else if (operation instanceof Operation.SemWait it) {
      return waitsForever(it.waiting(), it, "a `sem_wait`")
          ? List.of(
              new Operation.Await(
                  new Awaited.Semaphore(objectName(it.semaphore(), unit)), it.waiting(), at))
          : List.of();
    } else if (operation instanceof Operation.SemPost it) {
      return List.of(new Operation.Leave(objectName(it.semaphore(), unit), at));
    } else if (operation instanceof Operation.Send it && queue(it.port(), unit) != null) {
      if (it.priority() != null || it.count() != null) {
        return refuse(at, "a `send` with `priority` or `count`", "send the `value` alone");
      }
      return waitsForever(it.waiting(), it, "a `send`")
          ? List.of(
              new Operation.Put(
                  queue(it.port(), unit).name(),
                  it.value() == null ? number(0, at) : it.value(),
                  it.waiting(),
                  at))
          : List.of();
    } else if (operation instanceof Operation.Receive it && queue(it.port(), unit) != null) {
      if (it.priority() != null || it.count() != null) {
        return refuse(at, "a `receive` with `priority` or `count`", "receive the value alone");
      }
      return waitsForever(it.waiting(), it, "a `receive`")
          ? List.of(new Operation.Get(queue(it.port(), unit).name(), it.waiting(), at))
          : List.of();
    }
    return refuse(at, Words.of(operation), instead(operation));
  }

  private static String instead(Operation operation) {
    if (operation instanceof Operation.Send || operation instanceof Operation.Receive) {
      return "send messages through a `queue`";
    } else if (operation instanceof Operation.BarrierWait
        || operation instanceof Operation.CondWait
        || operation instanceof Operation.CondSignal) {
      return "wait for each other at a `semaphore` or a `queue`";
    } else if (operation instanceof Operation.RwLock || operation instanceof Operation.RwUnlock) {
      return "use a `mutex`";
    }
    return Hints.instead(operation);
  }

  private List<Operation> waitFor(Operation.WaitFor it, Unit unit) {
    if (it.into() != null || it.child().equals(Operation.WaitFor.ANY)) {
      return refuse(
          it.location(), "`wait` with `any` or `into`", "wait for one by its name, or `all`");
    }
    if (!it.child().equals(Operation.WaitFor.ALL)) {
      return join(it.child(), names(it.child(), unit), it.location());
    }
    List<String> all = new ArrayList<>();
    unit.madeNames().forEach(name -> all.addAll(unit.members(name)));
    return join("", all, it.location());
  }

  private List<Operation> make(Made made, Unit unit) {
    if (runsItself(made, unit)) {
      return List.of();
    }
    List<Operation> program = unit.translate(made.program());
    return List.of(
        new Operation.Async(
            new Operation.CoroutineTemplate(
                unit.nameOfMade(made.name()), made.count(), program, made.location()),
            made.location()));
  }

  private Awaited awaited(Awaited awaited, Unit unit) {
    if (awaited instanceof Awaited.Task it) {
      return new Awaited.Task(taskName(it.name(), unit));
    } else if (awaited instanceof Awaited.Lock it) {
      return new Awaited.Lock(objectName(it.mutex(), unit));
    } else if (awaited instanceof Awaited.Semaphore it) {
      return new Awaited.Semaphore(objectName(it.semaphore(), unit));
    } else if (awaited instanceof Awaited.Group it) {
      List<Operation.Member> members = new ArrayList<>();
      for (Operation.Member member : it.members()) {
        List<Operation> program =
            member.program() == null ? null : unit.translate(member.program());
        members.add(new Operation.Member(taskName(member.name(), unit), program));
      }
      return new Awaited.Group(members, it.first());
    }
    return awaited;
  }

  private String taskName(String name, Unit unit) {
    List<String> names = names(name, unit);
    return names.isEmpty() ? name : names.get(0);
  }

  private List<String> names(String name, Unit unit) {
    List<String> members = unit.members(name);
    return members.isEmpty() ? workload.tasksCalled(name) : members;
  }

  private static Operation await(Awaited awaited, Location at) {
    return new Operation.Await(awaited, Waiting.FOREVER, at);
  }

  @Override
  Operation make(
      String name, List<Operation> program, Operation.Attributes attributes, Location at) {
    return new Operation.Async(new Operation.CoroutineTemplate(name, 1, program, at), at);
  }

  @Override
  List<Operation> join(String name, List<String> members, Location at) {
    if (members.isEmpty()) {
      return List.of();
    }
    if (members.size() == 1) {
      return List.of(await(new Awaited.Task(members.get(0)), at));
    }
    List<Operation.Member> all =
        members.stream().map(member -> new Operation.Member(member, null)).toList();
    return List.of(await(new Awaited.Group(all, false), at));
  }

  @Override
  List<Operation> joinAll(List<Task> tasks, Location at) {
    return join("", tasks.stream().map(Task::name).toList(), at);
  }

  @Override
  Operation sleepUntil(long time, Location at) {
    return await(new Awaited.Timer(TimeSource.constant(time), true), at);
  }

  @Override
  Shared shared() {
    List<SharedObject> objects = new ArrayList<>();
    for (SharedObject object : workload.objects()) {
      if (object instanceof SharedObject.Mutex it) {
        boolean plain =
            it.kind() == SharedObject.MutexKind.PLAIN
                && it.protocol() == SharedObject.Protocol.NONE
                && it.order() == SharedObject.Order.FIFO;
        if (plain) {
          objects.add(new SharedObject.AsyncMutex(it.name(), it.location()));
        } else {
          refuse(
              it.location(),
              "the mutex `" + it.name() + "`",
              "use one without `type`, `protocol` and `order`");
        }
      } else if (object instanceof SharedObject.Semaphore it) {
        objects.add(new SharedObject.AsyncSemaphore(it.name(), it.value(), it.location()));
      } else if (object instanceof SharedObject.MessageQueue it) {
        objects.add(new SharedObject.Channel(it.name(), capacity(it), it.location()));
      } else if (object instanceof SharedObject.Channel
          || object instanceof SharedObject.AsyncMutex
          || object instanceof SharedObject.AsyncSemaphore) {
        objects.add(object);
      }
    }
    return new Shared(objects, List.of());
  }
}
