package org.schedlab.kernel.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Those who wait for something, in the order in which they began.
 *
 * @param <T> who waits; told apart by identity
 */
public final class WaitList<T> implements WaitingPlace<T> {
  private final List<T> waiting = new ArrayList<>(2);
  private final ToLongFunction<T> urgency;

  /**
   * Makes an empty list.
   *
   * @param urgency of a waiter, the smaller the more urgent, asked when one is taken; null to serve
   *     in order of waiting
   */
  public WaitList(ToLongFunction<T> urgency) {
    this.urgency = urgency;
  }

  public void add(T waiter) {
    waiting.add(waiter);
  }

  /** Adds one that is served before all others that are as urgent. */
  public void addFirst(T waiter) {
    waiting.add(0, waiter);
  }

  /** Takes a waiter out that waits no more; returns whether it was there. */
  public boolean remove(T waiter) {
    return waiting.remove(waiter);
  }

  @Override
  public void withdraw(T waiter) {
    remove(waiter);
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  public int size() {
    return waiting.size();
  }

  /** Returns who is to be served next, or null. */
  public T peek() {
    if (urgency == null) {
      return waiting.isEmpty() ? null : waiting.get(0);
    }
    T next = null;
    for (T waiter : waiting) {
      if (next == null || urgency.applyAsLong(waiter) < urgency.applyAsLong(next)) {
        next = waiter;
      }
    }
    return next;
  }

  /** Takes out who is to be served next; null if nobody waits. */
  public T take() {
    T next = peek();
    waiting.remove(next);
    return next;
  }

  /** Returns all, in the order in which they began to wait. */
  public List<T> all() {
    return Collections.unmodifiableList(waiting);
  }
}
