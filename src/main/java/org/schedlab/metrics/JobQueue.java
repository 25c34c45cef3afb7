package org.schedlab.metrics;

import java.util.Arrays;

/**
 * The released and uncompleted jobs of one thread, oldest first: a ring in which the release of a
 * job and its deadline stand side by side. Allocates only to grow.
 */
final class JobQueue {
  private static final int DEADLINE = 1;

  /** So many cells hold a job, as a power of two. */
  private static final int SHIFT = 1;

  private long[] ring = new long[2 << SHIFT];
  private int head;
  private int size;

  void add(long release, long deadline) {
    if (size << SHIFT == ring.length) {
      grow();
    }
    int tail = cell(size);
    ring[tail] = release;
    ring[tail + DEADLINE] = deadline;
    size++;
  }

  private int cell(int index) {
    return (head + index << SHIFT) & (ring.length - 1);
  }

  private void grow() {
    int first = cell(0);
    int length = ring.length;
    long[] grown = Arrays.copyOfRange(ring, first, first + 2 * length);
    System.arraycopy(ring, 0, grown, length - first, first);
    ring = grown;
    head = 0;
  }

  int size() {
    return size;
  }

  long release(int index) {
    return ring[cell(index)];
  }

  long deadline(int index) {
    return ring[cell(index) + DEADLINE];
  }

  void removeFirst() {
    if (size == 0) {
      throw new IllegalStateException("a job was completed that had not been released");
    }
    head = (head + 1) & ((ring.length >> SHIFT) - 1);
    size--;
  }
}
