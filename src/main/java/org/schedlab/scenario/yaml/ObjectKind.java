package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.program.SharedObject;

/** The kinds of objects that threads wait at for each other, as scenarios write them. */
enum ObjectKind {
  MUTEX("a mutex", "mutexes", "mutex", "lock", "try_lock", "unlock"),
  SEMAPHORE("a semaphore", "semaphores", "semaphore", "sem_wait", "sem_try_wait", "sem_post"),
  CONDITION(
      "a condition variable",
      "conditions",
      "condition",
      "cond_wait",
      "cond_signal",
      "cond_broadcast"),
  BARRIER("a barrier", "barriers", "barrier", "barrier_wait"),
  RWLOCK(
      "a readers-writer lock",
      "rwlocks",
      "rwlock",
      "read_lock",
      "write_lock",
      "try_read_lock",
      "try_write_lock",
      "rw_unlock");

  private final String article;
  private final String declaredUnder;
  private final String part;
  private final List<String> operations;

  ObjectKind(String article, String declaredUnder, String part, String... operations) {
    this.article = article;
    this.declaredUnder = declaredUnder;
    this.part = part;
    this.operations = List.of(operations);
  }

  /** Returns what one is called, with its article. */
  String article() {
    return article;
  }

  /** Returns what one is called. */
  String noun() {
    return article.substring(article.indexOf(' ') + 1);
  }

  /** Returns the key that declares them. */
  String declaredUnder() {
    return declaredUnder;
  }

  /** Returns the key that names one in the map of an operation. */
  String part() {
    return part;
  }

  /** Returns the words of the operations on them. */
  List<String> operations() {
    return operations;
  }

  static ObjectKind of(SharedObject object) {
    if (object instanceof SharedObject.Mutex) {
      return MUTEX;
    } else if (object instanceof SharedObject.Semaphore) {
      return SEMAPHORE;
    } else if (object instanceof SharedObject.Condition) {
      return CONDITION;
    }
    return object instanceof SharedObject.Barrier ? BARRIER : RWLOCK;
  }

  /** Returns the kind of object that an operation is for. */
  static ObjectKind of(OperationKey operation) {
    for (ObjectKind kind : values()) {
      if (kind.operations.contains(operation.key())) {
        return kind;
      }
    }
    throw new IllegalArgumentException(operation.key());
  }
}
