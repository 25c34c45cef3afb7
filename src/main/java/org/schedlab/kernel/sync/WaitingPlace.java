package org.schedlab.kernel.sync;

/**
 * Where one can wait for something.
 *
 * @param <T> who waits; told apart by identity
 */
@FunctionalInterface
public interface WaitingPlace<T> {
  /** Waits there no more. */
  void withdraw(T waiter);
}
