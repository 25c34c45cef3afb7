package org.schedlab.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/** A mutex, or a semaphore, that coroutines await; who waits is served in order of waiting. */
final class AsyncLock {
  final Deque<Coroutine> waiters = new ArrayDeque<>(2);
  private final boolean mutex;
  private long free;
  private Coroutine holder;

  private AsyncLock(boolean mutex, long free) {
    this.mutex = mutex;
    this.free = free;
  }

  static AsyncLock mutex() {
    return new AsyncLock(true, 1);
  }

  static AsyncLock semaphore(long value) {
    return new AsyncLock(false, value);
  }

  boolean isFree() {
    return free > 0;
  }

  void take(Coroutine taker) {
    free--;
    holder = mutex ? taker : null;
  }

  /** Says whether a coroutine may give it back. */
  boolean mayBeLeftBy(Coroutine coroutine) {
    return !mutex || holder == coroutine;
  }

  /** It is given back; returns who has it now, or null. */
  Coroutine leave() {
    free++;
    holder = null;
    Coroutine next = waiters.poll();
    if (next != null) {
      take(next);
    }
    return next;
  }
}
