package org.schedlab.kernel.sync;

import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * A mutex: who holds it and who waits. It knows no time. Unlocking hands it to the next waiter.
 *
 * @param <T> who locks
 */
public final class Mutex<T> {
  private final boolean recursive;
  private final boolean checking;
  private final WaitList<T> waiters;
  private T holder;
  private int depth;

  /** What came of an attempt to lock. */
  public enum Locking {
    LOCKED,
    /** Somebody holds it: the caller waits, or would have to. */
    HELD,
    /** The caller holds it itself, and the mutex says so instead of letting it wait forever. */
    HELD_BY_CALLER
  }

  /**
   * Makes a mutex that nobody holds.
   *
   * @param recursive whether the holder may lock it again
   * @param checking whether the holder is told when it locks it again; else it waits for itself
   * @param urgency as for {@link WaitList}
   */
  public Mutex(boolean recursive, boolean checking, ToLongFunction<T> urgency) {
    this.recursive = recursive;
    this.checking = checking;
    this.waiters = new WaitList<>(urgency);
  }

  /** Says what {@link #lock} would do. */
  public Locking test(T thread) {
    if (holder == null || (holder == thread && recursive)) {
      return Locking.LOCKED;
    }
    return holder == thread && checking ? Locking.HELD_BY_CALLER : Locking.HELD;
  }

  /** Locks it for a thread if that can be done without waiting. */
  public Locking lock(T thread) {
    Locking result = test(thread);
    if (result == Locking.LOCKED) {
      holder = thread;
      depth++;
    }
    return result;
  }

  /** Puts a thread among those that wait. */
  public void await(T thread) {
    waiters.add(thread);
  }

  /** A thread waits no more; returns whether it did. */
  public boolean withdraw(T thread) {
    return waiters.remove(thread);
  }

  /**
   * Undoes one lock of the holder. When it was the last one, the next waiter, if any, holds the
   * mutex.
   *
   * @return who has got it; null if nobody has, or the holder goes on holding it
   * @throws IllegalStateException if the thread does not hold it
   */
  public T unlock(T thread) {
    if (holder != thread) {
      throw new IllegalStateException("only the holder may unlock");
    }
    if (--depth > 0) {
      return null;
    }
    holder = waiters.take();
    depth = holder == null ? 0 : 1;
    return holder;
  }

  /** Is held as another one is, by whoever stands for its holder; nobody waits. */
  public void becomeCopyOf(Mutex<T> original, UnaryOperator<T> counterpart) {
    holder = original.holder == null ? null : counterpart.apply(original.holder);
    depth = original.depth;
  }

  /** Returns who holds it, or null. */
  public T holder() {
    return holder;
  }

  /** Says whether an unlock of the holder would hand it to somebody. */
  public boolean isContended() {
    return depth == 1 && !waiters.isEmpty();
  }

  public WaitList<T> waiters() {
    return waiters;
  }
}
