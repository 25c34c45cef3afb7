package org.schedlab.program;

import java.util.List;

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

  /**
   * A condition variable.
   *
   * @param spurious after how long a waiter wakes up without a signal; null for never
   */
  record Condition(String name, Order order, TimeSource spurious, Location location)
      implements SharedObject {}

  /** A barrier: as many threads go on together. */
  record Barrier(String name, int parties, Location location) implements SharedObject {}

  /**
   * A readers-writer lock.
   *
   * @param preferWriters whether readers wait while a writer does; else only while one writes
   */
  record ReadersWriterLock(String name, boolean preferWriters, Order order, Location location)
      implements SharedObject {}

  /** Stands for a limit that the scenario leaves to the cost profile. */
  long BY_PROFILE = -1;

  /**
   * A pipe.
   *
   * @param capacity bytes that it holds; or {@link #BY_PROFILE}
   */
  record Pipe(String name, long capacity, Location location) implements SharedObject {}

  /**
   * A POSIX message queue.
   *
   * @param capacity messages that it holds; or {@link #BY_PROFILE}
   * @param messageSize bytes of its longest message; or {@link #BY_PROFILE}
   * @param order in which those are served that sleep at it
   */
  record MessageQueue(String name, long capacity, long messageSize, Order order, Location location)
      implements SharedObject {}

  /**
   * A socket.
   *
   * @param buffer bytes that each direction of a connection holds
   */
  record Socket(String name, SocketKind kind, long buffer, Location location)
      implements SharedObject {
    /** What Linux gives a socket: net.core.wmem_default, 212,992 bytes (socket(7)). */
    public static final long DEFAULT_BUFFER = 212_992;
  }

  /** What sort of stream a socket is. */
  enum SocketKind {
    /** Two ends, a and b, connected from the beginning (socketpair(2)); Unix-domain. */
    PAIR,
    /** An address within the machine that can be listened at. */
    UNIX,
    /** The same over the loopback interface. */
    TCP
  }

  /**
   * Memory that several processes map.
   *
   * @param bytes its size
   */
  record Segment(String name, long bytes, List<Variable> variables, Location location)
      implements SharedObject {}

  /** What coroutines of one thread put values into and get them from, in order (asyncio.Queue). */
  record Channel(String name, long capacity, Location location) implements SharedObject {
    /** The capacity of a channel that is never full. */
    public static final long UNBOUNDED = Long.MAX_VALUE;
  }

  /** A mutex that coroutines of one thread await (asyncio.Lock). */
  record AsyncMutex(String name, Location location) implements SharedObject {}

  /** A counting semaphore that coroutines of one thread await (asyncio.Semaphore). */
  record AsyncSemaphore(String name, long value, Location location) implements SharedObject {}

  /** A resource of which there are several alike. */
  record Resource(String name, long units, Location location) implements SharedObject {}
}
