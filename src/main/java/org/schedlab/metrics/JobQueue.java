package org.schedlab.metrics;

/** The released and uncompleted jobs of one thread, oldest first. Allocates only to grow. */
final class JobQueue {
  private long[] releases = new long[4];
  private long[] deadlines = new long[4];
  private int head;
  private int size;

  void add(long release, long deadline) {
    if (size == releases.length) {
      releases = unrolled(releases);
      deadlines = unrolled(deadlines);
      head = 0;
    }
    int tail = (head + size) & (releases.length - 1);
    releases[tail] = release;
    deadlines[tail] = deadline;
    size++;
  }

  private long[] unrolled(long[] ring) {
    long[] grown = new long[ring.length * 2];
    System.arraycopy(ring, head, grown, 0, ring.length - head);
    System.arraycopy(ring, 0, grown, ring.length - head, head);
    return grown;
  }

  int size() {
    return size;
  }

  long release(int index) {
    return releases[(head + index) & (releases.length - 1)];
  }

  long deadline(int index) {
    return deadlines[(head + index) & (deadlines.length - 1)];
  }

  void removeFirst() {
    if (size == 0) {
      throw new IllegalStateException("a job was completed that had not been released");
    }
    head = (head + 1) & (releases.length - 1);
    size--;
  }
}
