package org.schedlab.runtime;

import java.util.Arrays;

/**
 * Points in time at which suspensions end, or are given up, the earliest first and of equals the
 * one that was added first. A heap of primitive arrays: with a million coroutines that sleep,
 * objects in a queue took most of the time of a run.
 */
final class Timers {
  /** Children of a node: four lie in one line of a cache. */
  private static final int WAYS = 4;

  private long[] times = new long[16];
  private long[] orders = new long[16];
  private Coroutine[] coroutines = new Coroutine[16];
  private int[] suspensions = new int[16];
  private int size;
  private long added;

  /**
   * Adds the end of a coroutine's suspension in progress.
   *
   * @param limit whether it is given up then, else what it awaits has come
   */
  void add(long time, Coroutine coroutine, boolean limit) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      coroutines = Arrays.copyOf(coroutines, 2 * size);
      suspensions = Arrays.copyOf(suspensions, 2 * size);
    }
    // The lowest bit does not change the order of two that differ above it.
    long order = added++ << 1 | (limit ? 1 : 0);
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) / WAYS;
      if (!isBefore(time, order, parent)) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    put(at, time, order, coroutine, coroutine.suspension);
  }

  private boolean isBefore(long time, long order, int other) {
    return time < times[other] || time == times[other] && order < orders[other];
  }

  private void move(int from, int to) {
    put(to, times[from], orders[from], coroutines[from], suspensions[from]);
  }

  private void put(int at, long time, long order, Coroutine coroutine, int suspension) {
    times[at] = time;
    orders[at] = order;
    coroutines[at] = coroutine;
    suspensions[at] = suspension;
  }

  /** Returns the time of the first that still means something; MAX_VALUE for none. */
  long next() {
    while (size > 0 && !isMeant(0)) {
      remove();
    }
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  private boolean isMeant(int at) {
    Coroutine coroutine = coroutines[at];
    return coroutine.state == Coroutine.State.SUSPENDED && coroutine.suspension == suspensions[at];
  }

  /** Returns whose suspension the first one ends. */
  Coroutine coroutine() {
    return coroutines[0];
  }

  /** Says whether the first one gives a suspension up. */
  boolean isLimit() {
    return (orders[0] & 1) != 0;
  }

  /** Takes the first one out. */
  void remove() {
    size--;
    long time = times[size];
    long order = orders[size];
    int at = 0;
    while (true) {
      int first = WAYS * at + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      for (int child = first + 1; child < Math.min(first + WAYS, size); child++) {
        if (isBefore(times[child], orders[child], least)) {
          least = child;
        }
      }
      if (!isBefore(times[least], orders[least], size)) {
        break;
      }
      move(least, at);
      at = least;
    }
    put(at, time, order, coroutines[size], suspensions[size]);
    coroutines[size] = null;
  }
}
