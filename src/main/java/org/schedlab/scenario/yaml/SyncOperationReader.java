package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.scenario.yaml.Value.Entries;

/** Reads the operations on locks and the other objects that threads wait at for each other. */
final class SyncOperationReader {
  private static final List<String> REGISTERS = List.of("into", "error");

  private final ValueReader values;
  private final Problems problems;
  private final WaitingReader waits;
  private final NamePlaces places;
  private final AwaitedNames awaited;

  SyncOperationReader(
      ValueReader values, WaitingReader waits, NamePlaces places, AwaitedNames awaited) {
    this.values = values;
    this.problems = values.problems();
    this.waits = waits;
    this.places = places;
    this.awaited = awaited;
  }

  /** Returns the operation, which stands where it names its object; or null after reporting. */
  Operation read(OperationKey key, Value value) {
    Shape shape = shape(key);
    boolean attempt = attempts(key);
    Value named = value;
    Waiting waiting = Waiting.FOREVER;
    Value mutex = null;
    boolean mapAlone = attempt || key == OperationKey.COND_WAIT;
    if (shape != null && (value instanceof Entries || mapAlone)) {
      Fields fields = Fields.of(value, shape, problems);
      if (!(value instanceof Entries)) {
        return null;
      }
      named = fields.require(ObjectKind.of(key).part());
      List<String> registers = REGISTERS.stream().filter(fields::allows).toList();
      waiting = attempt ? waits.attempt(fields, registers) : waits.read(fields, registers);
      if (key == OperationKey.COND_WAIT) {
        mutex = fields.require(ObjectKind.MUTEX.part());
      }
    }
    String name = values.text(named, "`" + key.key() + "`");
    if (key == OperationKey.COND_WAIT) {
      return condWait(named, name, mutex, waiting);
    }
    if (name == null) {
      return null;
    }
    Location place = problems.remember(named.mark());
    ObjectKind left = left(key, name);
    return left == null
        ? operation(key, name, waiting, place)
        : leave(name, left, waiting.error(), place);
  }

  /** Returns what kind of object it is that coroutines give back here, or null. */
  private ObjectKind left(OperationKey key, String name) {
    if (key == OperationKey.UNLOCK && awaited.isMutex(name)) {
      return ObjectKind.ASYNC_MUTEX;
    }
    return key == OperationKey.SEM_POST && awaited.isSemaphore(name)
        ? ObjectKind.ASYNC_SEMAPHORE
        : null;
  }

  private Operation leave(String name, ObjectKind kind, String error, Location place) {
    if (error != null) {
      problems.add(
          place,
          "`unlock` of an async mutex goes without `error`: a coroutine that does not hold it ends"
              + " by EPERM");
    }
    Operation leave = new Operation.Leave(name, place);
    places.put(leave, place, kind);
    return leave;
  }

  private Operation condWait(Value named, String name, Value mutex, Waiting waiting) {
    String locked = values.text(mutex, "`mutex`");
    if (name == null || locked == null) {
      return null;
    }
    Operation wait = new Operation.CondWait(name, locked, waiting, problems.remember(named.mark()));
    places.put(wait, problems.remember(mutex.mark()), ObjectKind.MUTEX);
    return wait;
  }

  private static Operation operation(
      OperationKey key, String name, Waiting waiting, Location place) {
    return switch (key) {
      case LOCK, TRY_LOCK -> new Operation.Lock(name, waiting, place);
      case UNLOCK -> new Operation.Unlock(name, waiting, place);
      case SEM_WAIT, SEM_TRY_WAIT -> new Operation.SemWait(name, waiting, place);
      case SEM_POST -> new Operation.SemPost(name, place);
      case COND_SIGNAL -> new Operation.CondSignal(name, false, place);
      case COND_BROADCAST -> new Operation.CondSignal(name, true, place);
      case BARRIER_WAIT -> new Operation.BarrierWait(name, waiting, place);
      case READ_LOCK, TRY_READ_LOCK -> new Operation.RwLock(name, false, waiting, place);
      case WRITE_LOCK, TRY_WRITE_LOCK -> new Operation.RwLock(name, true, waiting, place);
      default -> new Operation.RwUnlock(name, waiting, place);
    };
  }

  /** Returns the keys of an operation's map, or null where it has none. */
  private static Shape shape(OperationKey key) {
    return switch (key) {
      case LOCK -> Shapes.LOCK;
      case TRY_LOCK -> Shapes.TRY_LOCK;
      case UNLOCK -> Shapes.UNLOCK;
      case SEM_WAIT -> Shapes.SEM_WAIT;
      case SEM_TRY_WAIT -> Shapes.SEM_TRY_WAIT;
      case COND_WAIT -> Shapes.COND_WAIT;
      case BARRIER_WAIT -> Shapes.BARRIER_WAIT;
      case READ_LOCK -> Shapes.READ_LOCK;
      case WRITE_LOCK -> Shapes.WRITE_LOCK;
      case TRY_READ_LOCK -> Shapes.TRY_READ_LOCK;
      case TRY_WRITE_LOCK -> Shapes.TRY_WRITE_LOCK;
      case RW_UNLOCK -> Shapes.RW_UNLOCK;
      default -> null;
    };
  }

  private static boolean attempts(OperationKey key) {
    return List.of(
            OperationKey.TRY_LOCK,
            OperationKey.SEM_TRY_WAIT,
            OperationKey.TRY_READ_LOCK,
            OperationKey.TRY_WRITE_LOCK)
        .contains(key);
  }
}
