package org.schedlab.models;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Numbered;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Awaited;
import org.schedlab.program.SharedObject;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.ExecutionModel;

/** What processes and threads have in common: they sleep in the kernel for what they wait for. */
abstract class ThreadedDialect extends Dialect {
  ThreadedDialect(ExecutionModel model, Workload workload, Refusals refusals) {
    super(model, workload, refusals);
  }

  /** Returns what puts a value into a queue or channel of the workload. */
  abstract List<Operation> put(SharedObject queue, Expression value, Location at);

  /** Returns what takes a value out; {@code into} may be null. */
  abstract List<Operation> get(SharedObject queue, String into, Location at);

  /** Says whether a task that waits for another by its name means one of its own. */
  abstract boolean toleratesNamesakes();

  /** Returns what waits for tasks that the same program has not made. */
  abstract List<Operation> joinOthers(String name, List<String> tasks, Location at);

  /** Returns the translation of what only this model has, or null. */
  abstract List<Operation> own(Operation operation, Unit unit);

  @Override
  List<Operation> translate(Operation operation, Unit unit) {
    Made made = Made.by(operation);
    if (made != null) {
      return make(made, unit);
    } else if (operation instanceof Operation.Io || operation instanceof Operation.Sleep) {
      return List.of(operation);
    } else if (operation instanceof Operation.Await it) {
      return await(it, unit);
    } else if (operation instanceof Operation.Join it) {
      return join(it.name(), unit, it.location());
    } else if (operation instanceof Operation.WaitFor it) {
      return waitFor(it, unit);
    }
    List<Operation> translated = locks(operation, unit);
    translated = translated == null ? messages(operation, unit) : translated;
    translated = translated == null ? own(operation, unit) : translated;
    return translated == null
        ? refuse(operation.location(), Words.of(operation), Hints.instead(operation))
        : translated;
  }

  private List<Operation> make(Made made, Unit unit) {
    if (!toleratesNamesakes() && runsItself(made, unit)) {
      return List.of();
    }
    List<Operation> program = unit.translate(made.program());
    List<Operation> operations = new ArrayList<>();
    for (String name : Numbered.names(unit.nameOfMade(made.name()), made.count())) {
      operations.add(make(name, program, made.attributes(), made.location()));
    }
    return operations;
  }

  private List<Operation> await(Operation.Await it, Unit unit) {
    Location at = it.location();
    if (!waitsForever(it.waiting(), it, "an `await`")) {
      return List.of();
    }
    if (it.awaited() instanceof Awaited.Device device) {
      return answered(
          new Operation.Io(device.device(), device.time(), at, device.location()), it.waiting());
    } else if (it.awaited() instanceof Awaited.Timer timer) {
      return answered(new Operation.Sleep(timer.time(), timer.until(), at), it.waiting());
    } else if (it.awaited() instanceof Awaited.Lock lock) {
      return List.of(new Operation.Lock(objectName(lock.mutex(), unit), it.waiting(), at));
    } else if (it.awaited() instanceof Awaited.Semaphore semaphore) {
      return List.of(
          new Operation.SemWait(objectName(semaphore.semaphore(), unit), it.waiting(), at));
    }
    if (it.waiting().into() != null || it.waiting().error() != null) {
      return refuse(
          at, "an `await` of tasks with `into` or `error`", "let tasks give results by variables");
    }
    if (it.awaited() instanceof Awaited.Task task) {
      return join(task.name(), unit, at);
    }
    Awaited.Group group = (Awaited.Group) it.awaited();
    if (group.first()) {
      return refuse(at, "`race`", "wait for all of them by `gather`");
    }
    List<Operation> operations = new ArrayList<>();
    for (Operation.Member member : group.members()) {
      if (member.program() != null) {
        operations.addAll(make(new Made(member.name(), 1, member.program(), null, at), unit));
      }
    }
    group.members().forEach(member -> operations.addAll(join(member.name(), unit, at)));
    return operations;
  }

  private List<Operation> join(String name, Unit unit, Location at) {
    List<String> members = unit.members(name);
    return members.isEmpty()
        ? joinOthers(name, workload.tasksCalled(name), at)
        : join(unit.nameOfMade(name), members, at);
  }

  private List<Operation> waitFor(Operation.WaitFor it, Unit unit) {
    if (it.into() != null || it.child().equals(Operation.WaitFor.ANY)) {
      return refuse(
          it.location(), "`wait` with `any` or `into`", "wait for one by its name, or `all`");
    }
    if (!it.child().equals(Operation.WaitFor.ALL)) {
      return join(it.child(), unit, it.location());
    }
    List<Operation> operations = new ArrayList<>();
    unit.madeNames().forEach(name -> operations.addAll(join(name, unit, it.location())));
    return operations;
  }

  private List<Operation> locks(Operation operation, Unit unit) {
    Location at = operation.location();
    if (operation instanceof Operation.Lock it) {
      return List.of(new Operation.Lock(objectName(it.mutex(), unit), it.waiting(), at));
    } else if (operation instanceof Operation.Unlock it) {
      return List.of(new Operation.Unlock(objectName(it.mutex(), unit), it.waiting(), at));
    } else if (operation instanceof Operation.SemWait it) {
      return List.of(new Operation.SemWait(objectName(it.semaphore(), unit), it.waiting(), at));
    } else if (operation instanceof Operation.SemPost it) {
      return List.of(new Operation.SemPost(objectName(it.semaphore(), unit), at));
    } else if (operation instanceof Operation.Leave it) {
      String name = objectName(it.object(), unit);
      return List.of(
          unit.scope().object(it.object()) instanceof SharedObject.AsyncMutex
              ? new Operation.Unlock(name, Operation.Waiting.FOREVER, at)
              : new Operation.SemPost(name, at));
    } else if (operation instanceof Operation.CondWait it) {
      return List.of(
          new Operation.CondWait(
              objectName(it.condition(), unit), objectName(it.mutex(), unit), it.waiting(), at));
    } else if (operation instanceof Operation.CondSignal it) {
      return List.of(
          new Operation.CondSignal(objectName(it.condition(), unit), it.broadcast(), at));
    } else if (operation instanceof Operation.BarrierWait it) {
      return List.of(new Operation.BarrierWait(objectName(it.barrier(), unit), it.waiting(), at));
    } else if (operation instanceof Operation.RwLock it) {
      return List.of(
          new Operation.RwLock(objectName(it.lock(), unit), it.write(), it.waiting(), at));
    } else if (operation instanceof Operation.RwUnlock it) {
      return List.of(new Operation.RwUnlock(objectName(it.lock(), unit), it.waiting(), at));
    } else if (operation instanceof Operation.FutexWait it) {
      return List.of(
          new Operation.FutexWait(
              Renamed.place(it.variable(), unit.scope()), it.expected(), it.waiting(), at));
    } else if (operation instanceof Operation.FutexWake it) {
      return List.of(
          new Operation.FutexWake(
              Renamed.place(it.variable(), unit.scope()), it.count(), it.into(), at));
    }
    return null;
  }

  private List<Operation> messages(Operation operation, Unit unit) {
    if (operation instanceof Operation.Put it) {
      return waitsForever(it.waiting(), it, "a `put`")
          ? withError(
              put(unit.scope().object(it.channel()), it.value(), it.location()), it.waiting(), it)
          : List.of();
    } else if (operation instanceof Operation.Get it) {
      return waitsForever(it.waiting(), it, "a `get`")
          ? withError(
              get(unit.scope().object(it.channel()), it.waiting().into(), it.location()),
              it.waiting(),
              it)
          : List.of();
    }
    return null;
  }

  private static List<Operation> withError(
      List<Operation> operations, Operation.Waiting waiting, Operation of) {
    if (waiting.error() == null) {
      return operations;
    }
    List<Operation> more = new ArrayList<>(operations);
    more.add(new Operation.Set(waiting.error(), number(0, of.location()), of.location()));
    return more;
  }

  @Override
  Operation sleepUntil(long time, Location at) {
    return new Operation.Sleep(TimeSource.constant(time), true, at);
  }

  /** Returns an object as threads have it; queues are the models' own business. */
  final List<SharedObject> asThreadsHaveIt(SharedObject object) {
    if (object instanceof SharedObject.AsyncMutex it) {
      return List.of(
          new SharedObject.Mutex(
              it.name(),
              SharedObject.MutexKind.PLAIN,
              SharedObject.Protocol.NONE,
              0,
              SharedObject.Order.FIFO,
              it.location()));
    } else if (object instanceof SharedObject.AsyncSemaphore it) {
      return List.of(
          new SharedObject.Semaphore(
              it.name(), it.value(), SharedObject.Order.FIFO, it.location()));
    } else if (object instanceof SharedObject.Mutex
        || object instanceof SharedObject.Semaphore
        || object instanceof SharedObject.Condition
        || object instanceof SharedObject.Barrier
        || object instanceof SharedObject.ReadersWriterLock) {
      return List.of(object);
    }
    return List.of();
  }
}
