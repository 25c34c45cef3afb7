package org.schedlab.trace;

import java.util.function.IntFunction;

/**
 * Receives every fact of a run, in order of simulated time. Times are nanoseconds since the start;
 * processes, threads, CPUs and devices are dense ids from 0.
 *
 * <p>A sink only listens: it cannot change the run. Calls carry primitives, so that a run that
 * nobody records allocates nothing. Only {@link #charged} may speak of a stretch that began
 * earlier.
 *
 * <p>The life of a thread is one state machine, with one call per transition:
 *
 * <pre>
 *  threadCreated ─▶ NEW ─madeReady─▶ READY ─dispatched─▶ RUNNING ─exited─▶ ENDED
 *                                    ▲│ ▲                 │  │
 *                                    ││ └────preempted────┘  │ blocked
 *                                    │└──suspended─▶ BLOCKED ◀┘
 *                                    └─────woken────────┘
 * </pre>
 *
 * {@code exited} may also follow from NEW, READY and BLOCKED, when the whole process ends.
 */
public interface TraceSink {
  /** Stands where a thread or CPU is expected and there is none. */
  int NONE = -1;

  /** Returns a sink that tells several ones, in their order; the sink itself where it is one. */
  static TraceSink of(TraceSink... sinks) {
    return sinks.length == 1 ? sinks[0] : new FanOut(sinks.clone());
  }

  /** A process arrives, or another one has made it. */
  default void processStarted(long time, int process, String name) {}

  /**
   * A process has variables from now on, in place of those it had.
   *
   * @param nameOf what a cell is called, such as {@code x} or {@code a[1]}
   */
  default void variablesMade(long time, int process, IntFunction<String> nameOf) {}

  /** A shared memory segment has variables; it is told of as a channel, too. */
  default void sharedVariablesMade(long time, int segment, IntFunction<String> nameOf) {}

  /**
   * Follows {@code processStarted} where a process made it.
   *
   * @param fork whether it is a copy of its parent, else it was spawned
   */
  default void childStarted(long time, int process, int parent, boolean fork) {}

  /** A process has begun another program in new memory. */
  default void executed(long time, int process) {}

  /** A process's last thread has ended. If a parent lives that may wait for it, it is a zombie. */
  default void processEnded(long time, int process, int code) {}

  /** The parent of a process has ended before it: from now on it is init's child. */
  default void orphaned(long time, int process) {}

  /**
   * A process that has ended is forgotten.
   *
   * @param parent who waited for it; NONE for init
   */
  default void reaped(long time, int process, int parent) {}

  /** A thread exists. {@code name} is the full task name, such as {@code server/worker[0]}. */
  default void threadCreated(long time, int thread, int process, String name) {}

  /**
   * A group exists in which the processes of a workload are counted; told before the run begins.
   *
   * @param group dense ids from 0
   * @param parent the group that this one is a class of, or NONE
   * @param uncounted the first so many of its source are run, but not counted
   */
  default void groupMade(int group, String name, int parent, long uncounted) {}

  /**
   * Follows {@code threadCreated} where a workload made it. Where a run makes too many, ids of
   * ended threads and processes come again, each with the same name: that of their source.
   *
   * @param group the smallest group in which it is counted
   * @param number counts the processes of its source, from 0
   */
  default void generated(long time, int thread, int group, long number) {}

  /** Follows {@code threadCreated} where another thread has started it, or made its process. */
  default void startedBy(long time, int thread, int parent) {}

  /** A thread waits no more for the end of another one of its process, which has ended. */
  default void joined(long time, int thread, int ended) {}

  /** A thread waits no more for the end of a child, which it reaps. */
  default void waited(long time, int thread, int child) {}

  /** NEW to READY. */
  default void madeReady(long time, int thread) {}

  /** Says whether decisions are to be explained from now on, which takes time. */
  default boolean explains() {
    return false;
  }

  /** Comes before {@code dispatched} while {@link #explains} is true: why the thread was chosen. */
  default void decided(long time, int cpu, Decision decision) {}

  /** Comes in place of {@code decided} where a sink has had decisions explained, but no more. */
  default void decisionLeftOut(long time, int cpu) {}

  /** READY to RUNNING: the CPU is the thread's, the switch to it begins. */
  default void dispatched(long time, int thread, int cpu) {}

  /**
   * The switch is over and the thread's own work begins (at once, where a switch costs nothing).
   */
  default void started(long time, int thread, int cpu) {}

  /** RUNNING to READY: {@code why} is PREEMPTED, QUANTUM or YIELDED. */
  default void preempted(long time, int thread, int cpu, Departure why) {}

  /** RUNNING to BLOCKED. {@code object} is what {@link BlockCause} says, or NONE. */
  default void blocked(long time, int thread, int cpu, BlockCause cause, int object) {}

  /**
   * BLOCKED to READY.
   *
   * @param waker whose operation or end ended the wait; NONE for a device or a timer
   */
  default void woken(long time, int thread, int waker) {}

  /** READY to BLOCKED: its process has been stopped. The object is NONE, the cause STOPPED. */
  default void suspended(long time, int thread) {}

  /** Any state to ENDED. {@code cpu} is NONE when the thread was not running. */
  default void exited(long time, int thread, int cpu, int code) {}

  /**
   * A CPU begins to switch from the thread it ran last to another one. Follows {@code dispatched};
   * the switch's cost comes as {@code charged} with the accounts of which {@link
   * Account#isSwitchCost} is true.
   *
   * @param voluntary whether {@code from} blocked, yielded or exited
   */
  default void switched(long time, int cpu, int from, int to, boolean voluntary) {}

  /**
   * A CPU goes from one thread straight to another, or the same: {@code preempted}, {@code
   * dispatched} and, if it is another one, {@code switched} in one call. Only a sink that can do
   * them faster together need overwrite it.
   *
   * @param why PREEMPTED, QUANTUM or YIELDED
   */
  default void handedOver(long time, int cpu, int from, int to, Departure why) {
    preempted(time, from, cpu, why);
    dispatched(time, to, cpu);
    if (from != to) {
      switched(time, cpu, from, to, why.isVoluntary());
    }
  }

  /**
   * A stretch of a CPU's time belongs to an account. For each CPU the stretches follow each other
   * without gap or overlap from 0 to the end of the run; none is empty.
   *
   * @param thread whom it is charged to, or NONE (idle, or an interrupt on an idle CPU)
   */
  default void charged(int cpu, int thread, Account account, long from, long to) {}

  /**
   * A thread makes a system call: once for each, also where it sleeps in it. An operation on a lock
   * is one only where it sleeps or wakes somebody; a page fault is none.
   */
  default void systemCall(long time, int thread) {}

  /** A periodic job, or the only job of a thread with a deadline, is released. */
  default void jobReleased(long time, int thread, long absoluteDeadline) {}

  /** The thread's oldest uncompleted job is done. */
  default void jobCompleted(long time, int thread) {}

  /** The policy's forecast of the thread's next CPU burst, whenever it makes a new one. */
  default void burstEstimated(long time, int thread, long nanos) {}

  /** A thread touched a cell of its process's memory; {@code value} is what it read or wrote. */
  default void accessed(
      long time, int thread, AccessKind kind, int process, int cell, long value, int line) {}

  /**
   * From now on a region of a process's address space has this extent; none where it is gone. Sent
   * only where memory is simulated, as all that follows up to {@code memoryClosed}.
   *
   * @param region counts the regions of the process from 0
   * @param name such as {@code heap}, or {@code stack of worker[0]}
   * @param firstPage the page number in the address space
   * @param pages without a stack's guard page
   */
  default void regionMapped(
      long time,
      int process,
      int region,
      RegionKind kind,
      String name,
      long firstPage,
      long pages) {}

  /**
   * A thread has made a reference to memory. Where the page was not there, {@code pageFaulted} came
   * before.
   *
   * @param page its number in the address space
   * @param inTlb whether a TLB had the translation; false on a machine without one
   */
  default void referenced(
      long time, int thread, int process, long page, boolean write, boolean inTlb) {}

  /** A reference could not go on without the kernel, which now serves it. */
  default void pageFaulted(long time, int thread, int process, long page, PageFault fault) {}

  /** A page is in memory from now on, in a frame; large pages as their small ones, one call. */
  default void pageLoaded(long time, int process, long page, long pages, int frame) {}

  /** A page is not in memory any more. */
  default void pageDropped(
      long time, int process, long page, long pages, int frame, PageDrop why) {}

  /** A CPU has told others to forget translations of a process and waited until they had. */
  default void translationsShotDown(long time, int process, int cpu, int others) {}

  /**
   * A thread's stack is given back, or the run is over.
   *
   * @param deepest the most bytes that its calls took at once
   * @param calls the most calls that were under way at once
   */
  default void stackClosed(
      long time, int thread, long reserved, long resident, long deepest, int calls) {}

  /** A process's memory as it was when it ended, or execs, or the run is over. */
  default void memoryClosed(long time, int process, MemoryMap map) {}

  /**
   * There is something that threads wait at for each other.
   *
   * @param object ids count all of them from 0
   * @param process whose threads alone use it, or NONE where all do
   */
  default void syncObjectMade(long time, int object, SyncKind kind, String name, int process) {}

  /**
   * A thread holds a lock from now on, or has taken one from a semaphore, or passed a barrier.
   *
   * @param mode how it holds it
   * @param how how it came by it
   * @param line of the operation
   */
  default void acquired(
      long time, int thread, int object, LockMode mode, Acquisition how, int line) {}

  /** A thread has come to a barrier, where it waits, or which it opens. */
  default void arrived(long time, int thread, int barrier) {}

  /** A thread gives up a lock, or gives one to a semaphore. */
  default void released(long time, int thread, int object) {}

  /**
   * A thread signals a condition variable.
   *
   * @param woken how many threads it wakes; a signal that wakes none is lost
   */
  default void signalled(long time, int thread, int object, int woken) {}

  /**
   * A thread's effective priority: when it is made, and whenever a lock's protocol changes it.
   *
   * @param urgency the smaller the more urgent
   * @param lender whose priority it is, or NONE for its own or a ceiling's
   */
  default void priorityEffective(long time, int thread, long urgency, int lender) {}

  /** An operation did not do what it was to do, and reports why. */
  default void operationFailed(
      long time, int thread, int object, String error, String detail, int line, int column) {}

  /**
   * There is something by which threads send each other bytes.
   *
   * @param channel ids count these together with what threads wait at for each other
   * @param process whose threads, and those of its forked children, alone use it; NONE for all
   * @param capacity messages of a queue; bytes of all else, for sockets of each direction
   */
  default void channelMade(
      long time, int channel, ChannelKind kind, String name, int process, long capacity) {}

  /**
   * A thread's system call on a channel has been served, or it must sleep for it now. Where it
   * slept in between, the call is told of several times.
   *
   * @param resumed whether it slept before
   * @param nanos what the kernel took for it, copying included
   * @param copyNanos what copying took
   */
  default void channelCalled(
      long time, int thread, int channel, boolean resumed, long nanos, long copyNanos) {}

  /**
   * Bytes of a message have entered a channel: all of it, or a part where the channel was full.
   *
   * @param message counts the messages of the channel; one write to a stream is a message
   * @param last whether these are its last bytes
   */
  default void sent(long time, int thread, int channel, long message, long bytes, boolean last) {}

  /**
   * Bytes have left a channel, of one message or several; none where a stream is at its end, for
   * nobody is left to send.
   */
  default void received(long time, int thread, int channel, long bytes) {}

  /**
   * The last byte of a message has been received.
   *
   * @param sentAt when its sender made the call
   */
  default void delivered(long time, int thread, int channel, long message, long sentAt) {}

  /** Bytes that were on their way will never be received: nobody is left to receive them. */
  default void discarded(long time, int channel, long bytes) {}

  /**
   * A process has closed an end of a channel, or has ended with it open.
   *
   * @param end as the scenario calls it: {@code read}, {@code write}, {@code a}, {@code b}; empty
   *     for what has one only
   * @param left how many processes still have it open
   */
  default void endClosed(long time, int channel, int process, String end, int left) {}

  /**
   * A thread has touched a cell of a shared memory segment; {@code value} is what it read or wrote.
   */
  default void sharedAccessed(
      long time, int thread, AccessKind kind, int segment, int cell, long value, int line) {}

  /** A thread has sent a process a signal, such as {@code SIGSTOP}. */
  default void signalSent(long time, int thread, int process, String signal) {}

  /** All threads of a process are stopped from now on. */
  default void stopped(long time, int process) {}

  /** A stopped process goes on. */
  default void continued(long time, int process) {}

  /**
   * A thread has got units of a resource or given some back.
   *
   * @param resource its id, counted with all else that threads wait at
   * @param units how many its process then holds of it
   */
  default void unitsHeld(long time, int thread, int resource, long units) {}

  /**
   * There is a thread that runs coroutines. Comes before its {@code threadCreated}.
   *
   * @param first the first of the threads that run the same coroutines: itself where it is the
   *     first, or alone
   * @param runtime what schedules them, such as {@code asyncio}
   */
  default void carrierMade(long time, int thread, int first, String runtime) {}

  /**
   * There is a coroutine; it is ready. Ids count from 0.
   *
   * @param thread in whose queue it stands
   * @param name its full name, such as {@code server/loop/first}
   */
  default void coroutineMade(long time, int coroutine, int thread, String name) {}

  /**
   * A suspended coroutine is ready: the thread runs it when its turn comes.
   *
   * @param thread in whose queue it stands
   * @param since when what it awaits was there; its thread may not have looked before
   */
  default void coroutineReady(long time, int coroutine, int thread, long since) {}

  /** A thread has taken a ready coroutine out of another's queue, into its own. */
  default void coroutineStolen(long time, int coroutine, int thread) {}

  /**
   * What memory a coroutine keeps from now on: when it is made, and when it grows.
   *
   * @param reserved bytes of address space
   * @param resident bytes that are in memory
   */
  default void coroutineMemory(long time, int coroutine, long reserved, long resident) {}

  /**
   * A thread goes on with a coroutine from now on, whenever it has a CPU. What switching to it took
   * came before, as {@code charged} to {@link Account#COROUTINE_SWITCH}.
   */
  default void coroutineResumed(long time, int coroutine) {}

  /**
   * A coroutine gives its thread up.
   *
   * @param cause what it awaits; null where it only lets others come before
   * @param what the name of what it awaits, or null
   */
  default void coroutineSuspended(long time, int coroutine, AwaitCause cause, String what) {}

  /**
   * A coroutine has ended.
   *
   * @param error the error by which it ended, or null
   */
  default void coroutineEnded(long time, int coroutine, String error) {}

  /** A coroutine ended by an error that nobody has awaited by the end of its thread. */
  default void errorNeverRetrieved(long time, int coroutine, String error) {}

  /** Threads wait for each other in a circle. Told when the circle closes. */
  default void deadlocked(long time, Deadlock deadlock) {}

  /** A thread's {@code assert} was false. */
  default void assertionFailed(long time, int thread, String text, int line, int column) {}

  /** A thread did what ends its whole process. {@code exited} follows for each of its threads. */
  default void faulted(long time, int thread, Fault fault, String detail, int line, int column) {}

  /** Nothing follows. Every CPU's time up to {@code time} has been charged. */
  default void finished(long time) {}
}
