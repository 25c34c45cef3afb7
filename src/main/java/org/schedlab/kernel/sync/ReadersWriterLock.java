package org.schedlab.kernel.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * A readers-writer lock: any number of readers hold it at once, or one writer. With preference for
 * writers, readers wait as soon as a writer does; else only while one writes.
 *
 * <p>Unlocking serves the next waiter; a reader that is served takes along all readers that may
 * read with it.
 *
 * @param <T> who locks
 */
public final class ReadersWriterLock<T> {
  private final boolean preferWriters;
  private final WaitList<T> waitingReaders;
  private final WaitList<T> waitingWriters;

  /** Counts who began to wait, so that readers and writers can be served in one order. */
  private final List<T> order = new ArrayList<>();

  private final List<T> readers = new ArrayList<>();
  private T writer;

  public ReadersWriterLock(boolean preferWriters, ToLongFunction<T> urgency) {
    this.preferWriters = preferWriters;
    this.waitingReaders = new WaitList<>(urgency);
    this.waitingWriters = new WaitList<>(urgency);
  }

  /** Says whether a thread can lock it without waiting. */
  public boolean isFreeFor(boolean write) {
    if (write) {
      return writer == null && readers.isEmpty();
    }
    return writer == null && !(preferWriters && !waitingWriters.isEmpty());
  }

  /** Locks it for a thread, which need not wait. */
  public void lock(T thread, boolean write) {
    if (write) {
      writer = thread;
    } else {
      readers.add(thread);
    }
  }

  public void await(T thread, boolean write) {
    (write ? waitingWriters : waitingReaders).add(thread);
    order.add(thread);
  }

  /**
   * A thread waits no more. Others may be able to go on: those that {@link #admit} returns.
   *
   * @return whether it waited
   */
  public boolean withdraw(T thread) {
    order.remove(thread);
    return waitingReaders.remove(thread) || waitingWriters.remove(thread);
  }

  /** Says whether a thread holds it, to read or to write. */
  public boolean isHeldBy(T thread) {
    return writer == thread || readers.contains(thread);
  }

  /** Gives up what a thread holds; {@link #admit} then says who goes on. */
  public void unlock(T thread) {
    if (writer == thread) {
      writer = null;
    } else {
      readers.remove(thread);
    }
  }

  /** Lets those lock it that now can; returns them in their order. */
  public List<T> admit() {
    List<T> admitted = new ArrayList<>();
    while (writer == null) {
      T next = nextWaiter();
      if (next == null) {
        break;
      }
      boolean write = waitingWriters.all().contains(next);
      if (write && !readers.isEmpty()) {
        break;
      }
      withdraw(next);
      lock(next, write);
      admitted.add(next);
    }
    return admitted;
  }

  private T nextWaiter() {
    T nextWriter = waitingWriters.peek();
    T nextReader = waitingReaders.peek();
    if (nextWriter == null || nextReader == null) {
      return nextWriter == null ? nextReader : nextWriter;
    }
    if (preferWriters) {
      return nextWriter;
    }
    // Readers go on while others read; else the one that has waited longer.
    boolean readerFirst =
        !readers.isEmpty() || order.indexOf(nextReader) < order.indexOf(nextWriter);
    return readerFirst ? nextReader : nextWriter;
  }

  /** Is held as another one is, by whoever stands for its holders; nobody waits. */
  public void becomeCopyOf(ReadersWriterLock<T> original, UnaryOperator<T> counterpart) {
    writer = original.writer == null ? null : counterpart.apply(original.writer);
    readers.clear();
    original.readers.forEach(reader -> readers.add(counterpart.apply(reader)));
  }

  /** Returns all who hold it. */
  public List<T> holders() {
    return writer == null ? List.copyOf(readers) : List.of(writer);
  }

  /** Returns how many wait. */
  public int waiting() {
    return order.size();
  }

  public boolean isWriteLocked() {
    return writer != null;
  }

  public WaitList<T> waitingWriters() {
    return waitingWriters;
  }
}
