package org.schedlab.bench;

/**
 * A binary heap of pairs of numbers in two arrays, the smallest first, for floors: what an event
 * list or a ready queue costs where nothing hangs on it.
 */
final class LongHeap {
  private final long[] keys;
  private final long[] ties;
  private int size;

  /**
   * Makes an empty heap.
   *
   * @param capacity the most pairs that it ever holds
   */
  LongHeap(int capacity) {
    keys = new long[capacity];
    ties = new long[capacity];
  }

  int size() {
    return size;
  }

  /** Returns the smallest pair's first number; only of a heap that is not empty. */
  long key() {
    return keys[0];
  }

  /** Returns the smallest pair's second number; only of a heap that is not empty. */
  long tie() {
    return ties[0];
  }

  /** Adds a pair. */
  void add(long key, long tie) {
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!before(key, tie, parent)) {
        break;
      }
      keys[at] = keys[parent];
      ties[at] = ties[parent];
      at = parent;
    }
    keys[at] = key;
    ties[at] = tie;
  }

  /** Takes the smallest pair out. */
  void removeFirst() {
    size--;
    if (size > 0) {
      siftDown(keys[size], ties[size]);
    }
  }

  /** Puts a pair in the place of the smallest one. */
  void replaceFirst(long key, long tie) {
    siftDown(key, tie);
  }

  private void siftDown(long key, long tie) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && before(keys[child + 1], ties[child + 1], child)) {
        child++;
      }
      if (before(key, tie, child)) {
        break;
      }
      keys[at] = keys[child];
      ties[at] = ties[child];
      at = child;
    }
    keys[at] = key;
    ties[at] = tie;
  }

  private boolean before(long key, long tie, int other) {
    return key != keys[other] ? key < keys[other] : tie < ties[other];
  }
}
