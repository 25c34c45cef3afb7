package org.schedlab.scenario.yaml;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;

/** Checks that operations name objects that their process sees, of the kind they are for. */
final class ObjectCheck {
  private final String process;
  private final SharedObjects objects;
  private final Map<Operation, Location> mutexPlaces;
  private final BiConsumer<Location, String> report;

  /**
   * Makes a check of a process.
   *
   * @param mutexPlaces where each {@code cond_wait} names its mutex, told apart by identity
   */
  ObjectCheck(
      Image image, Map<Operation, Location> mutexPlaces, BiConsumer<Location, String> report) {
    this.process = image.name();
    this.objects = image.objects();
    this.mutexPlaces = mutexPlaces;
    this.report = report;
  }

  /** Checks an operation, without the operations inside it. */
  void check(Operation operation) {
    Location at = operation.location();
    if (operation instanceof Operation.Lock lock) {
      String word = lock.waiting().attempt() ? "try_lock" : "lock";
      named(lock.mutex(), ObjectKind.MUTEX, word, at);
      if (lock.waiting().timeout() != null && spins(lock.mutex())) {
        report.accept(
            at,
            "`"
                + lock.mutex()
                + "` is a spin lock, which nobody waits for with a `timeout`; use `try_lock` in a"
                + " loop, or another kind of mutex");
      }
    } else if (operation instanceof Operation.Unlock unlock) {
      named(unlock.mutex(), ObjectKind.MUTEX, "unlock", at);
    } else if (operation instanceof Operation.SemWait wait) {
      String word = wait.waiting().attempt() ? "sem_try_wait" : "sem_wait";
      named(wait.semaphore(), ObjectKind.SEMAPHORE, word, at);
    } else if (operation instanceof Operation.SemPost post) {
      named(post.semaphore(), ObjectKind.SEMAPHORE, "sem_post", at);
    } else if (operation instanceof Operation.CondWait wait) {
      named(wait.condition(), ObjectKind.CONDITION, "cond_wait", at);
      named(wait.mutex(), ObjectKind.MUTEX, "mutex", mutexPlaces.get(wait));
      if (spins(wait.mutex())) {
        report.accept(
            mutexPlaces.get(wait),
            "`"
                + wait.mutex()
                + "` is a spin lock, and who waits at a condition variable sleeps; use another kind"
                + " of mutex");
      }
    } else if (operation instanceof Operation.CondSignal signal) {
      String word = signal.broadcast() ? "cond_broadcast" : "cond_signal";
      named(signal.condition(), ObjectKind.CONDITION, word, at);
    } else if (operation instanceof Operation.BarrierWait wait) {
      named(wait.barrier(), ObjectKind.BARRIER, "barrier_wait", at);
    } else if (operation instanceof Operation.RwLock lock) {
      String word = lock.write() ? "write_lock" : "read_lock";
      named(lock.lock(), ObjectKind.RWLOCK, (lock.waiting().attempt() ? "try_" : "") + word, at);
    } else if (operation instanceof Operation.RwUnlock unlock) {
      named(unlock.lock(), ObjectKind.RWLOCK, "rw_unlock", at);
    }
  }

  private boolean spins(String name) {
    return objects.find(name) instanceof SharedObject.Mutex mutex
        && mutex.kind() == SharedObject.MutexKind.SPIN;
  }

  private void named(String name, ObjectKind wanted, String word, Location at) {
    SharedObject object = objects.find(name);
    if (object == null) {
      report.accept(at, unknown(name, wanted));
    } else if (ObjectKind.of(object) != wanted) {
      report.accept(at, mistaken(name, wanted, word, ObjectKind.of(object)));
    }
  }

  private String unknown(String name, ObjectKind wanted) {
    Set<String> known = objects.names(wanted);
    String text =
        "neither "
            + (process.isEmpty() ? "the process" : "the process `" + process + "`")
            + " nor the file declares "
            + wanted.article()
            + " `"
            + Sizes.cut(name)
            + "`";
    return known.isEmpty()
        ? text + "; it would stand under `" + wanted.declaredUnder() + "`"
        : text + Spelling.suggestion(name, known, wanted.declaredUnder());
  }

  private static String mistaken(String name, ObjectKind wanted, String word, ObjectKind kind) {
    List<String> operations = kind.operations();
    return "`"
        + word
        + "` takes "
        + wanted.article()
        + ", and `"
        + name
        + "` is "
        + kind.article()
        + "; for "
        + kind.article()
        + (operations.size() == 1 ? " there is " : " there are ")
        + Spelling.list(operations);
  }
}
