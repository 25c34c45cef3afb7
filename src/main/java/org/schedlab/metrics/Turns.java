package org.schedlab.metrics;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whose turn it was in a thread, kept for as long as the thread's time has not been charged: one
 * charge may cover the turns of several coroutines.
 */
final class Turns {
  /** From a time on it is the turn of a coroutine; of none where it is null. */
  private record Turn(long from, CoroutineTimes coroutine) {}

  private final Deque<Turn> turns = new ArrayDeque<>(4);

  /** Nobody's turn is told of before the first. */
  Turns() {
    turns.add(new Turn(0, null));
  }

  /** From now on it is somebody else's turn, or nobody's. */
  void begin(long time, CoroutineTimes coroutine) {
    if (turns.getLast().from == time) {
      turns.removeLast();
    }
    turns.addLast(new Turn(time, coroutine));
  }

  /** Divides a charge among those whose turn it was; later ones must not go back behind it. */
  void charge(boolean isOwnWork, long from, long to) {
    long at = from;
    while (at < to) {
      Turn turn = turns.removeFirst();
      boolean last = turns.isEmpty();
      long until = last ? to : Math.min(to, turns.getFirst().from);
      if (turn.coroutine != null && until > at) {
        turn.coroutine.charge(isOwnWork, until - at);
      }
      at = Math.max(at, until);
      if (last || turns.getFirst().from > to) {
        turns.addFirst(turn);
        return;
      }
    }
  }
}
