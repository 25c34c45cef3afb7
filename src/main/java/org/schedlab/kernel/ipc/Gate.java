package org.schedlab.kernel.ipc;

import org.schedlab.kernel.sync.WaitList;
import org.schedlab.kernel.sync.WaitingPlace;

/**
 * Those who sleep at one side of a stream until they can go on, and those who want to hear when one
 * could. Sleepers are woken one at a time, in the order in which they began to wait: who was woken
 * wakes the next where something is left for him. So no wake-up is lost, and nobody is woken for
 * nothing as long as nobody comes between.
 *
 * @param <T> who waits; told apart by identity
 */
public final class Gate<T> implements WaitingPlace<T> {
  private final WaitList<T> sleepers = new WaitList<>(null);
  private final WaitList<T> watchers = new WaitList<>(null);
  private T woken;

  /**
   * Begins to wait.
   *
   * @param again whether he was woken and found nothing: he keeps his place
   */
  public void await(T sleeper, boolean again) {
    if (again) {
      sleepers.addFirst(sleeper);
    } else {
      sleepers.add(sleeper);
    }
  }

  /** Wants to hear when one could go on, without being one of those who take. */
  public void watch(T watcher) {
    watchers.add(watcher);
  }

  /** Waits or watches no more. */
  @Override
  public void withdraw(T who) {
    sleepers.remove(who);
    watchers.remove(who);
    passOn(who);
  }

  /** Who was woken has tried: another may be woken. */
  public void passOn(T who) {
    if (woken == who) {
      woken = null;
    }
  }

  /** Returns who would be woken now, or null. */
  public T next() {
    return woken == null ? sleepers.peek() : null;
  }

  /** Wakes the next sleeper: takes him out of the line. Only where {@link #next} is not null. */
  public T wakeNext() {
    woken = sleepers.take();
    return woken;
  }

  /** Takes one out whoever was woken before, for nobody can wait here any more; or null. */
  public T takeAny() {
    return sleepers.take();
  }

  /** Takes a watcher out, or null. */
  public T takeWatcher() {
    return watchers.take();
  }
}
