package org.schedlab.runtime;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * Points in time at which suspensions end, or are given up, the earliest first and of equals the
 * one that was added first. Those that are not before the last one of a line are added to it, as
 * all are where coroutines wait for the same time; the others go to a heap. Both are primitive
 * arrays: with a million coroutines that sleep, objects in a queue took most of the time of a run.
 */
final class Timers {
  /** Children of a node: four lie in one line of a cache. */
  private static final int WAYS = 4;

  /** Timers in columns. */
  private static final class Columns {
    private long[] times = new long[16];
    private long[] orders = new long[16];
    private Coroutine[] coroutines = new Coroutine[16];
    private int[] suspensions = new int[16];

    /** Makes room for twice as many; what begins at {@code first} then begins at 0. */
    private void grow(int first) {
      int length = times.length;
      times = turned(times, Arrays.copyOf(times, 2 * length), first);
      orders = turned(orders, Arrays.copyOf(orders, 2 * length), first);
      coroutines = turned(coroutines, Arrays.copyOf(coroutines, 2 * length), first);
      suspensions = turned(suspensions, Arrays.copyOf(suspensions, 2 * length), first);
    }

    private static <T> T turned(T old, T larger, int first) {
      int length = Array.getLength(old);
      System.arraycopy(old, first, larger, 0, length - first);
      System.arraycopy(old, 0, larger, length - first, first);
      return larger;
    }

    private void put(int at, long time, long order, Coroutine coroutine, int suspension) {
      times[at] = time;
      orders[at] = order;
      coroutines[at] = coroutine;
      suspensions[at] = suspension;
    }

    private boolean isMeant(int at) {
      Coroutine coroutine = coroutines[at];
      return coroutine.state == Coroutine.State.SUSPENDED
          && coroutine.suspension == suspensions[at];
    }
  }

  private final Columns heap = new Columns();
  private int size;
  private final Columns line = new Columns();
  private int head;
  private int waiting;
  private long last;
  private long added;

  /**
   * Adds the end of a coroutine's suspension in progress.
   *
   * @param limit whether it is given up then, else what it awaits has come
   */
  void add(long time, Coroutine coroutine, boolean limit) {
    // The lowest bit does not change the order of two that differ above it.
    long order = added++ << 1 | (limit ? 1 : 0);
    if (waiting == 0 || time >= last) {
      if (waiting == line.times.length) {
        line.grow(head);
        head = 0;
      }
      int at = head + waiting++ & line.times.length - 1;
      line.put(at, time, order, coroutine, coroutine.suspension);
      last = time;
    } else {
      addToHeap(time, order, coroutine);
    }
  }

  private void addToHeap(long time, long order, Coroutine coroutine) {
    if (size == heap.times.length) {
      heap.grow(0);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) / WAYS;
      if (!isBefore(time, order, parent)) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    heap.put(at, time, order, coroutine, coroutine.suspension);
  }

  private boolean isBefore(long time, long order, int other) {
    long otherTime = heap.times[other];
    return time < otherTime || time == otherTime && order < heap.orders[other];
  }

  private void move(int from, int to) {
    heap.put(
        to, heap.times[from], heap.orders[from], heap.coroutines[from], heap.suspensions[from]);
  }

  /** Returns the time of the first that still means something; MAX_VALUE for none. */
  long next() {
    while (size > 0 && !heap.isMeant(0)) {
      removeFromHeap();
    }
    while (waiting > 0 && !line.isMeant(head)) {
      removeFromLine();
    }
    if (size == 0 && waiting == 0) {
      return Long.MAX_VALUE;
    }
    return isInLine() ? line.times[head] : heap.times[0];
  }

  /** Says whether the first one stands in the line, else in the heap. */
  private boolean isInLine() {
    return size == 0 || waiting > 0 && isBefore(line.times[head], line.orders[head], 0);
  }

  /** Returns whose suspension the first one ends. */
  Coroutine coroutine() {
    return isInLine() ? line.coroutines[head] : heap.coroutines[0];
  }

  /** Says whether the first one gives a suspension up. */
  boolean isLimit() {
    return ((isInLine() ? line.orders[head] : heap.orders[0]) & 1) != 0;
  }

  /** Takes the first one out. */
  void remove() {
    if (isInLine()) {
      removeFromLine();
    } else {
      removeFromHeap();
    }
  }

  private void removeFromLine() {
    line.coroutines[head] = null;
    head = head + 1 & line.times.length - 1;
    waiting--;
  }

  private void removeFromHeap() {
    size--;
    long time = heap.times[size];
    long order = heap.orders[size];
    int at = 0;
    while (true) {
      int first = WAYS * at + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      for (int child = first + 1; child < Math.min(first + WAYS, size); child++) {
        if (isBefore(heap.times[child], heap.orders[child], least)) {
          least = child;
        }
      }
      if (!isBefore(heap.times[least], heap.orders[least], size)) {
        break;
      }
      move(least, at);
      at = least;
    }
    heap.put(at, time, order, heap.coroutines[size], heap.suspensions[size]);
    heap.coroutines[size] = null;
  }
}
