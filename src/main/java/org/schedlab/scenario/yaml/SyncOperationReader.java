package org.schedlab.scenario.yaml;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.yaml.Value.Entries;

/** Reads the operations on locks and the other objects that threads wait at for each other. */
final class SyncOperationReader {
  private final ValueReader values;
  private final Problems problems;
  private final DistributionReader times;
  private final Map<Operation, Location> mutexPlaces = new IdentityHashMap<>();

  SyncOperationReader(ValueReader values, DistributionReader times) {
    this.values = values;
    this.problems = values.problems();
    this.times = times;
  }

  /** Returns where each {@code cond_wait} names its mutex, told apart by identity. */
  Map<Operation, Location> mutexPlaces() {
    return mutexPlaces;
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
      waiting = waiting(fields, attempt);
      if (key == OperationKey.COND_WAIT) {
        mutex = fields.require(ObjectKind.MUTEX.part());
      }
    }
    String name = values.text(named, "`" + key.key() + "`");
    if (key == OperationKey.COND_WAIT) {
      return condWait(named, name, mutex, waiting);
    }
    return name == null ? null : operation(key, name, waiting, problems.remember(named.mark()));
  }

  private Operation condWait(Value named, String name, Value mutex, Waiting waiting) {
    String locked = values.text(mutex, "`mutex`");
    if (name == null || locked == null) {
      return null;
    }
    Operation wait = new Operation.CondWait(name, locked, waiting, problems.remember(named.mark()));
    mutexPlaces.put(wait, problems.remember(mutex.mark()));
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

  private Waiting waiting(Fields fields, boolean attempt) {
    TimeSource timeout =
        fields.allows("timeout") && fields.has("timeout")
            ? times.read(fields.get("timeout"), "`timeout`")
            : null;
    String into = register(fields, "into");
    String error = register(fields, "error");
    if (attempt && !fields.has("into") && !fields.has("error")) {
      fields.lacks("into", "`into` or `error`, for else nobody hears whether it succeeded");
    }
    if (into != null && into.equals(error)) {
      problems.add(
          fields.get("error").mark(), "`into` and `error` need a register of their own each");
    }
    return new Waiting(attempt, timeout, into, error);
  }

  private String register(Fields fields, String key) {
    return fields.allows(key) ? values.identifier(fields.get(key), "`" + key + "`") : null;
  }
}
