package org.schedlab.kernel.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * A barrier: threads wait until as many have come as it needs; then all go on, and it begins anew.
 *
 * @param <T> who waits
 */
public final class Barrier<T> {
  private final int parties;
  private final WaitList<T> waiters = new WaitList<>(null);

  public Barrier(int parties) {
    this.parties = parties;
  }

  /** Says whether the next thread to come opens it. */
  public boolean opensNext() {
    return waiters.size() + 1 == parties;
  }

  public void await(T thread) {
    waiters.add(thread);
  }

  public boolean withdraw(T thread) {
    return waiters.remove(thread);
  }

  /** Lets all who wait go on; returns them in the order in which they came. */
  public List<T> open() {
    List<T> released = new ArrayList<>(waiters.all());
    released.forEach(waiters::remove);
    return released;
  }

  public WaitList<T> waiters() {
    return waiters;
  }
}
