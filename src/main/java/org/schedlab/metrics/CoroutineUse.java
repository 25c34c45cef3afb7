package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.schedlab.trace.Account;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

/**
 * What coroutines did and the event loops that run them. It needs to hear of threads only once
 * there is a coroutine: those of a thread are made before the thread is.
 */
public final class CoroutineUse implements TraceSink {
  /** How many errors that nobody heard of are kept. */
  public static final int ERRORS = 1_000;

  private final List<CoroutineTimes> all = new ArrayList<>();
  private final List<LoopTimes> loops = new ArrayList<>();

  /** By thread; null where it runs no coroutines. */
  private LoopTimes[] loopOf = new LoopTimes[0];

  private final List<LostError> lostErrors = new ArrayList<>(0);
  private long lostErrorCount;
  private final CoroutineStretches stretches;
  private final Memory memory = new Memory();

  /** The memory that coroutines keep, all together. */
  public static final class Memory {
    private long reserved;
    private long resident;
    private long mostReserved;
    private long mostResident;

    private void grow(long moreReserved, long moreResident) {
      reserved += moreReserved;
      resident += moreResident;
      mostReserved = Math.max(mostReserved, reserved);
      mostResident = Math.max(mostResident, resident);
    }

    /** Returns the most bytes of address space that they kept at once. */
    public long mostReserved() {
      return mostReserved;
    }

    /** Returns the most bytes of memory that they kept at once. */
    public long mostResident() {
      return mostResident;
    }
  }

  /**
   * A coroutine ended by an error that nobody has awaited.
   *
   * @param time when it ended
   */
  public record LostError(long time, int coroutine, String error) {}

  /**
   * @param stretchLimit above so many stretches none is kept
   */
  public CoroutineUse(int stretchLimit) {
    stretches = new CoroutineStretches(stretchLimit);
  }

  @Override
  public void carrierMade(long time, int thread, int first, String runtime) {
    if (thread >= loopOf.length) {
      loopOf = Arrays.copyOf(loopOf, Math.max(thread + 1, loopOf.length * 2));
    }
    boolean alone = thread == first;
    loopOf[thread] = new LoopTimes(thread, first, runtime, stretches);
    loops.add(loopOf[thread]);
    if (!alone) {
      loopOf[thread].setShared();
      loopOf[first].setShared();
    }
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    LoopTimes loop = loopOf(thread);
    if (loop != null) {
      loop.setName(name.substring(name.lastIndexOf('/') + 1));
    }
  }

  @Override
  public void coroutineMade(long time, int coroutine, int thread, String name) {
    CoroutineTimes made = new CoroutineTimes(coroutine, thread, name, time);
    all.add(made);
    loopOf[thread].add(made);
  }

  @Override
  public void coroutineReady(long time, int coroutine, int thread, long since) {
    CoroutineTimes ready = of(coroutine);
    if (ready.thread() != thread) {
      ready.moveTo(thread);
    }
    loopOf[thread].ready(time, ready, since);
  }

  @Override
  public void coroutineStolen(long time, int coroutine, int thread) {
    CoroutineTimes stolen = of(coroutine);
    loopOf[stolen.thread()].lose(stolen);
    stolen.moveTo(thread);
    stolen.countSteal();
    loopOf[thread].steal(stolen);
  }

  @Override
  public void coroutineMemory(long time, int coroutine, long reserved, long resident) {
    CoroutineTimes grown = of(coroutine);
    memory.grow(reserved - grown.reserved(), resident - grown.resident());
    grown.setMemory(reserved, resident);
  }

  @Override
  public void coroutineResumed(long time, int coroutine) {
    loop(coroutine).resume(time, of(coroutine));
  }

  @Override
  public void coroutineSuspended(long time, int coroutine, AwaitCause cause, String what) {
    loop(coroutine).suspend(time, of(coroutine), cause, what);
  }

  @Override
  public void coroutineEnded(long time, int coroutine, String error) {
    CoroutineTimes ended = of(coroutine);
    memory.grow(-ended.reserved(), -ended.resident());
    loop(coroutine).end(time, ended, error);
  }

  @Override
  public void errorNeverRetrieved(long time, int coroutine, String error) {
    if (lostErrorCount++ < ERRORS) {
      lostErrors.add(new LostError(of(coroutine).finish(), coroutine, error));
    }
  }

  private LoopTimes loop(int coroutine) {
    return loopOf[of(coroutine).thread()];
  }

  private LoopTimes loopOf(int thread) {
    return thread != NONE && thread < loopOf.length ? loopOf[thread] : null;
  }

  @Override
  public void madeReady(long time, int thread) {
    threadReady(time, thread);
  }

  @Override
  public void preempted(long time, int thread, int cpu, Departure why) {
    threadReady(time, thread);
  }

  @Override
  public void woken(long time, int thread, int waker) {
    threadReady(time, thread);
  }

  private void threadReady(long time, int thread) {
    LoopTimes loop = loopOf(thread);
    if (loop != null) {
      loop.threadReady(time);
    }
  }

  @Override
  public void dispatched(long time, int thread, int cpu) {
    LoopTimes loop = loopOf(thread);
    if (loop != null) {
      loop.dispatched(time);
    }
  }

  @Override
  public void blocked(long time, int thread, int cpu, BlockCause cause, int object) {
    LoopTimes loop = loopOf(thread);
    if (loop != null) {
      loop.blocked(time, cause, object);
    }
  }

  @Override
  public void suspended(long time, int thread) {
    LoopTimes loop = loopOf(thread);
    if (loop != null) {
      loop.stopped(time);
    }
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    LoopTimes loop = loopOf(thread);
    if (loop != null) {
      loop.endingWithThread().forEach(left -> memory.grow(-left.reserved(), -left.resident()));
      loop.exited(time);
    }
  }

  @Override
  public void charged(int cpu, int thread, Account account, long from, long to) {
    LoopTimes loop = loopOf(thread);
    if (loop != null) {
      loop.charge(account, from, to);
    }
  }

  /**
   * Closes the times of the coroutines that have not ended.
   *
   * @throws IllegalStateException if the books of one do not balance
   */
  @Override
  public void finished(long time) {
    loops.forEach(loop -> loop.finish(time));
  }

  /** Returns the coroutines by their ids, which are in the order in which they were made. */
  public List<CoroutineTimes> all() {
    return Collections.unmodifiableList(all);
  }

  public CoroutineTimes of(int coroutine) {
    return all.get(coroutine);
  }

  /** Returns the coroutine whose turn it is in a thread; NONE where it runs none. */
  public int current(int thread) {
    LoopTimes loop = loopOf(thread);
    return loop == null || loop.current() == null ? NONE : loop.current().id();
  }

  /** Returns the event loops in the order in which their first coroutines were made. */
  public List<LoopTimes> loops() {
    return Collections.unmodifiableList(loops);
  }

  /** Returns the first errors that nobody heard of. */
  public List<LostError> lostErrors() {
    return Collections.unmodifiableList(lostErrors);
  }

  /** Returns how many errors nobody heard of in all. */
  public long lostErrorCount() {
    return lostErrorCount;
  }

  /** Returns the memory that they kept. */
  public Memory memory() {
    return memory;
  }

  /** Returns when coroutines did what, for charts. */
  public CoroutineStretches stretches() {
    return stretches;
  }
}
