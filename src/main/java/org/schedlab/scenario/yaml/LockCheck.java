package org.schedlab.scenario.yaml;

import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;

/** Checks that operations name locks that their process sees, of the kind they are for. */
final class LockCheck {
  private final ObjectNames names;
  private final NamePlaces places;

  LockCheck(ObjectNames names, NamePlaces places) {
    this.names = names;
    this.places = places;
  }

  /** Checks an operation, without the operations inside it. */
  void check(Operation operation) {
    Location at = operation.location();
    if (operation instanceof Operation.Lock lock) {
      String word = lock.waiting().attempt() ? "try_lock" : "lock";
      SharedObject mutex = names.find(lock.mutex(), word, at, ObjectKind.MUTEX);
      if (lock.waiting().timeout() != null && spins(mutex)) {
        names.report(
            at,
            "`"
                + lock.mutex()
                + "` is a spin lock, which nobody waits for with a `timeout`; use `try_lock` in a"
                + " loop, or another kind of mutex");
      }
    } else if (operation instanceof Operation.Unlock unlock) {
      names.find(unlock.mutex(), "unlock", at, ObjectKind.MUTEX);
    } else if (operation instanceof Operation.SemWait wait) {
      String word = wait.waiting().attempt() ? "sem_try_wait" : "sem_wait";
      names.find(wait.semaphore(), word, at, ObjectKind.SEMAPHORE);
    } else if (operation instanceof Operation.SemPost post) {
      names.find(post.semaphore(), "sem_post", at, ObjectKind.SEMAPHORE);
    } else if (operation instanceof Operation.CondWait wait) {
      condWait(wait);
    } else if (operation instanceof Operation.CondSignal signal) {
      String word = signal.broadcast() ? "cond_broadcast" : "cond_signal";
      names.find(signal.condition(), word, at, ObjectKind.CONDITION);
    } else if (operation instanceof Operation.BarrierWait wait) {
      names.find(wait.barrier(), "barrier_wait", at, ObjectKind.BARRIER);
    } else if (operation instanceof Operation.RwLock lock) {
      String word = lock.write() ? "write_lock" : "read_lock";
      String attempt = lock.waiting().attempt() ? "try_" : "";
      names.find(lock.lock(), attempt + word, at, ObjectKind.RWLOCK);
    } else if (operation instanceof Operation.RwUnlock unlock) {
      names.find(unlock.lock(), "rw_unlock", at, ObjectKind.RWLOCK);
    }
  }

  private void condWait(Operation.CondWait wait) {
    names.find(wait.condition(), "cond_wait", wait.location(), ObjectKind.CONDITION);
    Location at = places.of(wait);
    if (spins(names.find(wait.mutex(), "mutex", at, ObjectKind.MUTEX))) {
      names.report(
          at,
          "`"
              + wait.mutex()
              + "` is a spin lock, and who waits at a condition variable sleeps; use another kind"
              + " of mutex");
    }
  }

  private static boolean spins(SharedObject object) {
    return object instanceof SharedObject.Mutex mutex
        && mutex.kind() == SharedObject.MutexKind.SPIN;
  }
}
