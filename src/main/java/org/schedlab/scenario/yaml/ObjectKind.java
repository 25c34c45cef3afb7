package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.program.SharedObject;

/**
 * The kinds of objects that threads or coroutines wait at for each other or share, as scenarios
 * write them.
 */
enum ObjectKind {
  MUTEX(
      SharedObject.Mutex.class,
      "a mutex",
      "mutexes",
      "mutex",
      "a list of names, [m], or a map such as {m: {protocol: inheritance}}",
      "lock",
      "try_lock",
      "unlock"),
  SEMAPHORE(
      SharedObject.Semaphore.class,
      "a semaphore",
      "semaphores",
      "semaphore",
      "a map of names to values, such as {s: 1}",
      "sem_wait",
      "sem_try_wait",
      "sem_post"),
  CONDITION(
      SharedObject.Condition.class,
      "a condition variable",
      "conditions",
      "condition",
      "a list of names, [c], or a map such as {c: {order: priority}}",
      "cond_wait",
      "cond_signal",
      "cond_broadcast"),
  BARRIER(
      SharedObject.Barrier.class,
      "a barrier",
      "barriers",
      "barrier",
      "a map of names to numbers of threads, such as {b: 3}",
      "barrier_wait"),
  RWLOCK(
      SharedObject.ReadersWriterLock.class,
      "a readers-writer lock",
      "rwlocks",
      "rwlock",
      "a list of names, [l], or a map such as {l: {prefer: writers}}",
      "read_lock",
      "write_lock",
      "try_read_lock",
      "try_write_lock",
      "rw_unlock"),
  PIPE(
      SharedObject.Pipe.class,
      "a pipe",
      "pipes",
      "pipe",
      "a list of names, [p], or a map such as {p: {capacity: 64KiB}}",
      "write",
      "read",
      "close",
      "poll"),
  QUEUE(
      SharedObject.MessageQueue.class,
      "a message queue",
      "queues",
      "queue",
      "a list of names, [q], or a map such as {q: {capacity: 10, message_size: 8KiB}}",
      "send",
      "receive",
      "close",
      "poll"),
  SOCKET(
      SharedObject.Socket.class,
      "a socket",
      "sockets",
      "socket",
      "a list of names, [s], or a map such as {s: {type: unix}}",
      "listen",
      "accept",
      "connect",
      "send",
      "receive",
      "close",
      "poll"),
  SEGMENT(
      SharedObject.Segment.class,
      "a shared memory segment",
      "shared_memory",
      "segment",
      "a map such as {seg: {size: 4KiB, variables: {x: 0}}}",
      "load",
      "store",
      "add",
      "atomic_add",
      "cas",
      "fetch_add",
      "exchange",
      "futex_wait",
      "futex_wake"),
  RESOURCE(
      SharedObject.Resource.class,
      "a resource",
      "resources",
      "resource",
      "a map of names to units, such as {A: 10}",
      "acquire",
      "release"),
  CHANNEL(
      SharedObject.Channel.class,
      "a channel",
      "channels",
      "channel",
      "a list of names, [c], or a map such as {c: {capacity: 4}}",
      "put",
      "get"),
  ASYNC_MUTEX(
      SharedObject.AsyncMutex.class,
      "an async mutex",
      "async_mutexes",
      "lock",
      "a list of names, [m]",
      "await",
      "unlock"),
  ASYNC_SEMAPHORE(
      SharedObject.AsyncSemaphore.class,
      "an async semaphore",
      "async_semaphores",
      "semaphore",
      "a map of names to values, such as {s: 2}",
      "await",
      "sem_post");

  private final Class<? extends SharedObject> type;
  private final String article;
  private final String declaredUnder;
  private final String part;
  private final String form;
  private final List<String> operations;

  ObjectKind(
      Class<? extends SharedObject> type,
      String article,
      String declaredUnder,
      String part,
      String form,
      String... operations) {
    this.type = type;
    this.article = article;
    this.declaredUnder = declaredUnder;
    this.part = part;
    this.form = form;
    this.operations = List.of(operations);
  }

  /** Returns what one is called, with its article. */
  String article() {
    return article;
  }

  /** Returns the key that declares them. */
  String declaredUnder() {
    return declaredUnder;
  }

  /** Returns the key that names one in the map of an operation. */
  String part() {
    return part;
  }

  /** Returns what stands under the key that declares them, for messages. */
  String form() {
    return form;
  }

  /** Says whether names alone can declare them, in a list. */
  boolean listed() {
    return form.startsWith("a list");
  }

  /** Returns the words of the operations on them. */
  List<String> operations() {
    return operations;
  }

  static ObjectKind of(SharedObject object) {
    for (ObjectKind kind : values()) {
      if (kind.type.isInstance(object)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(object.name());
  }

  /** Returns the kind of object that an operation on locks is for. */
  static ObjectKind of(OperationKey operation) {
    for (ObjectKind kind : values()) {
      if (kind.operations.contains(operation.key())) {
        return kind;
      }
    }
    throw new IllegalArgumentException(operation.key());
  }
}
