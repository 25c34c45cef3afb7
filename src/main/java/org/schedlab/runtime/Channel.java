package org.schedlab.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Values on their way between coroutines, in order. Who waits is served at once and in order of
 * waiting: a value goes to the first who waits for one, and the first who waits for room has it.
 */
final class Channel {
  final Deque<Coroutine> putters = new ArrayDeque<>(2);
  final Deque<Coroutine> getters = new ArrayDeque<>(2);
  private final Deque<Long> values = new ArrayDeque<>();
  private final long capacity;

  Channel(long capacity) {
    this.capacity = capacity;
  }

  boolean isFull() {
    return values.size() >= capacity;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  void put(long value) {
    values.addLast(value);
  }

  /** Puts a value in that comes before all others. */
  void putBack(long value) {
    values.addFirst(value);
  }

  long take() {
    return values.removeFirst();
  }
}
