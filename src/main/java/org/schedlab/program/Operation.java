package org.schedlab.program;

import java.util.List;
import java.util.Map;

/**
 * One entry of a {@code program:} list as a scenario writes it: data only, names not yet resolved.
 * {@code location()} is where the entry stands.
 */
public sealed interface Operation {
  Location location();

  /** Uses the CPU. */
  record Compute(TimeSource time, Location location) implements Operation {}

  /** A blocking request; {@code device} is null for a private device without a queue. */
  record Io(String device, TimeSource time, Location location, Location deviceLocation)
      implements Operation {}

  /**
   * Sleeps for a time, or until a moment.
   *
   * @param until whether the time counts from the start of the run; what is past by then is no wait
   */
  record Sleep(TimeSource time, boolean until, Location location) implements Operation {}

  /** Gives the CPU up but stays ready. */
  record Yield(Location location) implements Operation {}

  /** Ends the whole process, as POSIX's exit does. */
  record Exit(Expression code, Location location) implements Operation {}

  /** Runs {@code body} the given number of times. */
  record Repeat(Expression times, List<Operation> body, Location location) implements Operation {}

  /** Runs {@code body} as long as the condition, over registers, is not 0. */
  record While(Expression condition, List<Operation> body, Location location)
      implements Operation {}

  /** Runs one of two lists. */
  record If(
      Expression condition, List<Operation> then, List<Operation> otherwise, Location location)
      implements Operation {}

  /** Pushes a stack frame of {@code frameBytes}, runs a named program, pops the frame. */
  record Call(String program, long frameBytes, Location location, Location programLocation)
      implements Operation {}

  /** One memory read into a register. */
  record Load(String register, Place from, Location location) implements Operation {}

  /** One memory write. */
  record Store(Place to, Expression value, Location location) implements Operation {}

  /** Sets a register; touches no memory. */
  record Set(String register, Expression value, Location location) implements Operation {}

  /** An ordinary {@code x += e}: a load, then a store; another thread may come between. */
  record Add(Place to, Expression value, Location location) implements Operation {}

  /** Adds in one indivisible step; {@code into}, unless null, gets the old value. */
  record FetchAdd(Place to, Expression value, String into, Location location)
      implements Operation {}

  /** Writes in one indivisible step; {@code into}, unless null, gets the old value. */
  record Exchange(Place to, Expression value, String into, Location location)
      implements Operation {}

  /** Compare and swap; {@code into}, unless null, gets 1 if it swapped and 0 otherwise. */
  record CompareAndSwap(
      Place to, Expression expected, Expression update, String into, Location location)
      implements Operation {}

  /** Reports time, thread and line when the condition is 0. {@code text} is as written. */
  record Assert(Expression condition, String text, Location location) implements Operation {}

  /** Starts threads of the same process. */
  record StartThread(ThreadTemplate thread, Location location) implements Operation {}

  /** Waits until a thread, or every thread {@code name[i]}, of this process has ended. */
  record Join(String name, Location location) implements Operation {}

  /**
   * References pages, each for as long as a load takes. Pages of a region that nothing has
   * allocated are allocated.
   *
   * @param region {@code heap}, {@code data}, {@code code}, {@code stack}, one that {@code alloc}
   *     named, or null: then the pages are those of the whole address space
   * @param offset bytes into the page, of an address as written; 0 else
   */
  record Touch(String region, PageReferences pages, long offset, boolean write, Location location)
      implements Operation {}

  /**
   * Makes the heap larger, or a region of its own.
   *
   * @param region {@code heap} or a new name
   * @param shared whether a forked child shares the pages instead of getting copies
   * @param large whether it is mapped by large pages
   */
  record Alloc(String region, long bytes, boolean shared, boolean large, Location location)
      implements Operation {}

  /**
   * Makes the heap smaller, or takes a region away.
   *
   * @param bytes how much of the heap's end; -1 for the whole region
   */
  record Free(String region, long bytes, Location location) implements Operation {}

  /** Makes processes that run another program in memory of their own (posix_spawn). */
  record Spawn(ProcessTemplate process, Location location) implements Operation {}

  /**
   * Makes a process that is a copy of this one, with the calling thread alone.
   *
   * @param name the child's name
   * @param into gets the child's number in the parent and 0 in the child; or null
   * @param program what the child runs; null to go on behind the fork, as the parent does
   * @param attributes what the scheduler is told about the child; null for what the parent has
   */
  record Fork(
      String name, String into, List<Operation> program, Attributes attributes, Location location)
      implements Operation {}

  /** Replaces the process's memory and program; its other threads end. */
  record Exec(List<Variable> variables, List<Operation> program, Location location)
      implements Operation {}

  /**
   * Waits for children to end and reaps them.
   *
   * @param child a child's name; {@link #ANY} or {@link #ALL}
   * @param into gets the exit code of the last one reaped, or -1 if there was no child; or null
   */
  record WaitFor(String child, String into, Location location) implements Operation {
    public static final String ANY = "any";
    public static final String ALL = "all";
  }

  /** Sends a process a signal. */
  record Kill(String process, Signal signal, Location location) implements Operation {}

  /**
   * How an operation waits, and what the program hears of it.
   *
   * @param attempt whether it gives up at once where it would have to wait
   * @param timeout gives up after so long; null for never
   * @param into gets 1 where it succeeds, 0 where it gives up or fails; or null
   * @param error gets 0, or the POSIX error number; or null
   */
  record Waiting(boolean attempt, TimeSource timeout, String into, String error) {
    /** Waits as long as it takes. */
    public static final Waiting FOREVER = new Waiting(false, null, null, null);
  }

  /** Locks a mutex. */
  record Lock(String mutex, Waiting waiting, Location location) implements Operation {}

  /** Unlocks a mutex. */
  record Unlock(String mutex, Waiting waiting, Location location) implements Operation {}

  /** Takes one from a semaphore. */
  record SemWait(String semaphore, Waiting waiting, Location location) implements Operation {}

  /** Gives one to a semaphore. */
  record SemPost(String semaphore, Location location) implements Operation {}

  /** Unlocks the mutex, waits for a signal and locks it again; a signal given before is lost. */
  record CondWait(String condition, String mutex, Waiting waiting, Location location)
      implements Operation {}

  /** Wakes one thread that waits at a condition variable, or all. */
  record CondSignal(String condition, boolean broadcast, Location location) implements Operation {}

  /** Waits until as many threads have come as the barrier needs; the last gets 1 in into. */
  record BarrierWait(String barrier, Waiting waiting, Location location) implements Operation {}

  /** Locks a readers-writer lock to read or to write. */
  record RwLock(String lock, boolean write, Waiting waiting, Location location)
      implements Operation {}

  /** Gives up what the thread holds of a readers-writer lock. */
  record RwUnlock(String lock, Waiting waiting, Location location) implements Operation {}

  /**
   * Where an operation sends to or receives from: a pipe, a queue, an end of a socket pair, or a
   * connection that a register holds.
   *
   * @param object the name of a pipe, queue or socket; null for a connection
   * @param end of a socket pair; {@link End#NONE} for all else
   * @param connection the register with the connection's number; null for a named object
   */
  record Port(String object, End end, String connection) {
    /** The ends of a socket pair, and those of a pipe that {@code close} names. */
    public enum End {
      NONE,
      READ,
      WRITE,
      A,
      B
    }

    /** Returns the port of a named pipe, queue or socket to be listened at. */
    public static Port of(String object) {
      return new Port(object, End.NONE, null);
    }
  }

  /**
   * Writes to a pipe, sends to a queue or a socket.
   *
   * @param bytes how many
   * @param priority of a queue's message, the larger the earlier; null for 0
   * @param value what every byte of it carries; null for 0
   * @param count gets the number of bytes that went, -1 at an error; or null
   * @param waiting its {@code into} is null
   */
  record Send(
      Port port,
      Expression bytes,
      Expression priority,
      Expression value,
      String count,
      Waiting waiting,
      Location location)
      implements Operation {}

  /**
   * Reads from a pipe, receives from a queue or a socket.
   *
   * @param bytes at most so many; null for a queue's whole message
   * @param count gets the number of bytes that came, 0 at the end of file, -1 at an error; or null
   * @param priority gets the priority of a queue's message; or null
   * @param waiting its {@code into} gets the value of the first byte that came
   */
  record Receive(
      Port port,
      Expression bytes,
      String count,
      String priority,
      Waiting waiting,
      Location location)
      implements Operation {}

  /**
   * Closes an end of a pipe or of a socket pair, a queue, a socket that is listened at, or a
   * connection: for the calling thread's process.
   */
  record Close(Port port, Waiting waiting, Location location) implements Operation {}

  /**
   * Lets others connect to a socket.
   *
   * @param backlog how many connections wait at most to be accepted
   */
  record Listen(String socket, int backlog, Waiting waiting, Location location)
      implements Operation {
    /** SOMAXCONN of Linux (listen(2)). */
    public static final int DEFAULT_BACKLOG = 4096;
  }

  /** Takes the next connection; {@code into} gets its number, -1 at an error. */
  record Accept(String socket, Waiting waiting, Location location) implements Operation {}

  /** Connects to a socket; {@code into} gets the connection's number, -1 at an error. */
  record Connect(String socket, Waiting waiting, Location location) implements Operation {}

  /**
   * Waits until one of several ports can be read from or written to, or a socket be accepted from.
   *
   * @param waiting its {@code into} gets the place of the first that can in the list, -1 if none
   *     could in time
   */
  record Poll(List<Polled> ports, Waiting waiting, Location location) implements Operation {}

  /** One of the ports of a poll. */
  record Polled(Port port, boolean write) {}

  /** Sleeps if the variable holds the expected value (futex(2), FUTEX_WAIT). */
  record FutexWait(Place variable, Expression expected, Waiting waiting, Location location)
      implements Operation {}

  /** Wakes as many that sleep at the variable; {@code into} gets how many; or null. */
  record FutexWake(Place variable, Expression count, String into, Location location)
      implements Operation {}

  /** Takes units of resources, all at once. */
  record Acquire(List<Units> units, Waiting waiting, Location location) implements Operation {}

  /** Gives units of resources back. */
  record Release(List<Units> units, Waiting waiting, Location location) implements Operation {}

  /** So many units of a resource. */
  record Units(String resource, long count) {}

  /**
   * Suspends a coroutine until something is there; its thread goes on with other coroutines.
   *
   * @param waiting with a timeout, what is awaited is cancelled when that is up; its {@code error}
   *     gets the number of an error that is raised where it is awaited, which otherwise goes on to
   *     who awaits this coroutine
   */
  record Await(Awaited awaited, Waiting waiting, Location location) implements Operation {}

  /** What a coroutine can await. */
  sealed interface Awaited {
    /** A request to a device; {@code device} is null for a private one without a queue. */
    record Device(String device, TimeSource time, Location location) implements Awaited {}

    /**
     * A time to go by, or a moment to come.
     *
     * @param until whether the time counts from the start of the run
     */
    record Timer(TimeSource time, boolean until) implements Awaited {}

    /** The end of the coroutine of that name that was made last. */
    record Task(String name) implements Awaited {}

    /** An asynchronous mutex. */
    record Lock(String mutex) implements Awaited {}

    /** One of an asynchronous semaphore. */
    record Semaphore(String semaphore) implements Awaited {}

    /**
     * Several coroutines.
     *
     * @param first whether the first that ends is enough; {@code into} then gets its place
     */
    record Group(List<Member> members, boolean first) implements Awaited {}
  }

  /**
   * A coroutine of a group: one that runs already, or one that is made for it.
   *
   * @param program null for one that runs already
   */
  record Member(String name, List<Operation> program) {}

  /** Makes coroutines that run from now on beside this one. */
  record Async(CoroutineTemplate coroutine, Location location) implements Operation {}

  /** Puts a value into a channel; suspends as long as it is full. */
  record Put(String channel, Expression value, Waiting waiting, Location location)
      implements Operation {}

  /** Takes the oldest value out of a channel; suspends as long as it is empty. */
  record Get(String channel, Waiting waiting, Location location) implements Operation {}

  /** Gives an asynchronous mutex back, or one to an asynchronous semaphore. */
  record Leave(String object, Location location) implements Operation {}

  /** Raises the error ECANCELED in the coroutine of that name that was made last. */
  record Cancel(String name, Location location) implements Operation {}

  /** Ends the coroutine by an error, which who awaits it gets. */
  record Raise(String error, Location location) implements Operation {}

  /**
   * A coroutine to be.
   *
   * @param count how many; above 1 they are called name[0], name[1], …
   */
  record CoroutineTemplate(String name, int count, List<Operation> program, Location location) {}

  /**
   * What a {@code spawn} makes.
   *
   * @param count how many; above 1 they are called name[0], name[1], …
   * @param threads at least one; the one of a process with a single unnamed thread has an empty
   *     name and a count of 1
   * @param claims how many units of each resource it will hold at most
   */
  record ProcessTemplate(
      String name,
      int count,
      List<Variable> variables,
      List<ThreadTemplate> threads,
      long workingSetBytes,
      MemorySizes memory,
      List<SharedObject> objects,
      Map<String, Long> claims,
      Location location) {}

  /**
   * A variable, or a cell of an array.
   *
   * @param index null for a variable that is no array
   */
  record Place(String variable, Expression index, Location location) {}

  /**
   * What a {@code thread:} operation starts.
   *
   * @param name the thread's name within its process
   * @param count how many to start; above 1 they are called name[0], name[1], …
   * @param program what each runs; empty where it runs coroutines
   * @param loop the coroutines that it runs, or null
   * @param attributes scheduling attributes
   */
  record ThreadTemplate(
      String name,
      int count,
      List<Operation> program,
      Loop loop,
      Attributes attributes,
      Location location) {}

  /**
   * What a thread does that runs coroutines.
   *
   * @param carriers how many threads run them together; above 1, they are called name[0], name[1],
   *     …
   * @param coroutines those with which it begins, in order
   */
  record Loop(RuntimeKind runtime, int carriers, List<CoroutineTemplate> coroutines) {}

  /**
   * What the scheduler and the machine are told about a thread.
   *
   * @param priority smaller is more urgent unless {@code scheduler.priority_order} says otherwise
   * @param nice -20 to 19, for fair policies
   * @param tickets for lottery and stride, at least 1
   * @param deadline relative deadline in nanoseconds, or -1 for none
   * @param affinity the CPUs it may run on, ascending; empty means any
   * @param workingSetBytes bytes of cache it fills and misses after a switch; 0 for none
   * @param stackBytes its stack's size
   * @param share what it asks for of the CPU besides
   */
  record Attributes(
      long priority,
      int nice,
      int tickets,
      long deadline,
      List<Integer> affinity,
      long workingSetBytes,
      long stackBytes,
      Share share) {
    /** POSIX threads on Linux get 8 MiB of stack unless told otherwise (pthread_create(3)). */
    public static final long DEFAULT_STACK_BYTES = 8L << 20;

    public static final Attributes DEFAULT =
        new Attributes(0, 0, 1, -1, List.of(), 0, DEFAULT_STACK_BYTES);

    /** A thread that asks for no share of its own. */
    public Attributes(
        long priority,
        int nice,
        int tickets,
        long deadline,
        List<Integer> affinity,
        long workingSetBytes,
        long stackBytes) {
      this(priority, nice, tickets, deadline, affinity, workingSetBytes, stackBytes, Share.DEFAULT);
    }

    /** Returns the same with another relative deadline; -1 for none. */
    public Attributes withDeadline(long relative) {
      return new Attributes(
          priority, nice, tickets, relative, affinity, workingSetBytes, stackBytes, share);
    }

    /** Returns the same with another priority. */
    public Attributes withPriority(long other) {
      return new Attributes(
          other, nice, tickets, deadline, affinity, workingSetBytes, stackBytes, share);
    }

    /** Returns the same with another working set and stack. */
    public Attributes withMemory(long workingSet, long stack) {
      return new Attributes(priority, nice, tickets, deadline, affinity, workingSet, stack, share);
    }
  }

  /**
   * What a thread asks for of the CPU that only some policies know of. Times are nanoseconds; 0
   * stands for what is not given.
   *
   * @param slice the slice of eevdf
   * @param schedulingClass the class of linux and multilevel-queue; empty if not given
   * @param runtime CPU time reserved for it in each {@code period}
   * @param deadline relative deadline of the reservation
   * @param currency of its tickets; empty for the base
   */
  record Share(
      long slice,
      String schedulingClass,
      long runtime,
      long period,
      long deadline,
      String currency) {
    public static final Share DEFAULT = new Share(0, "", 0, 0, 0);

    /** Tickets of the base. */
    public Share(long slice, String schedulingClass, long runtime, long period, long deadline) {
      this(slice, schedulingClass, runtime, period, deadline, "");
    }
  }
}
