package org.schedlab.kernel.sync;

import java.util.function.ToLongFunction;

/**
 * A counting semaphore. A post goes to the next waiter before anybody else can take it.
 *
 * @param <T> who waits
 */
public final class CountingSemaphore<T> {
  private long value;
  private final WaitList<T> waiters;

  public CountingSemaphore(long value, ToLongFunction<T> urgency) {
    this.value = value;
    this.waiters = new WaitList<>(urgency);
  }

  /** Takes one if there is one; returns whether. */
  public boolean take() {
    if (value == 0) {
      return false;
    }
    value--;
    return true;
  }

  /** Says whether one can be taken without waiting. */
  public boolean isAvailable() {
    return value > 0;
  }

  public void await(T thread) {
    waiters.add(thread);
  }

  public boolean withdraw(T thread) {
    return waiters.remove(thread);
  }

  /** Gives one; returns the waiter that has got it, or null. */
  public T post() {
    T next = waiters.take();
    if (next == null) {
      value++;
    }
    return next;
  }

  /** Has the value of another one; nobody waits. */
  public void becomeCopyOf(CountingSemaphore<T> original) {
    value = original.value;
  }

  public long value() {
    return value;
  }

  public WaitList<T> waiters() {
    return waiters;
  }
}
