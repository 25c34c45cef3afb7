package org.schedlab.program;

/**
 * What threads wait at for each other, as a scenario declares it: under a process for its own
 * threads, at the top of the file for all processes.
 */
public sealed interface SharedObject {
  String name();

  Location location();

  /** In which order waiters are served. */
  enum Order {
    /** In the order in which they began to wait. */
    FIFO,
    /** The most urgent first, those of one priority in order of waiting. */
    PRIORITY
  }

  /**
   * A mutex.
   *
   * @param ceiling the priority that its holder is raised to, as the scenario counts priorities;
   *     meaningful with {@link Protocol#CEILING} only
   */
  record Mutex(
      String name, MutexKind kind, Protocol protocol, long ceiling, Order order, Location location)
      implements SharedObject {}

  /** What happens when the holder of a mutex locks it again, and how others wait (POSIX). */
  enum MutexKind {
    /** The holder waits for itself, forever. */
    PLAIN,
    /** It counts, and is free when it was unlocked as often. */
    RECURSIVE,
    /** The holder gets the error EDEADLK. */
    ERROR_CHECKING,
    /** As plain; but waiters do not sleep, they use their CPU. */
    SPIN
  }

  /** How a mutex guards against priority inversion. */
  enum Protocol {
    NONE,
    /** The holder runs at the priority of its most urgent waiter, through chains. */
    INHERITANCE,
    /** The holder runs at the mutex's ceiling from the moment it locks. */
    CEILING
  }

  /** A counting semaphore. */
  record Semaphore(String name, long value, Order order, Location location)
      implements SharedObject {}

  /** A condition variable. */
  record Condition(String name, Order order, Location location) implements SharedObject {}

  /** A barrier: as many threads go on together. */
  record Barrier(String name, int parties, Location location) implements SharedObject {}

  /**
   * A readers-writer lock.
   *
   * @param preferWriters whether readers wait while a writer does; else only while one writes
   */
  record ReadersWriterLock(String name, boolean preferWriters, Order order, Location location)
      implements SharedObject {}
}
