package org.schedlab.metrics;

/**
 * When threads suffered from priority inversion. Stretches of one thread that touch are one; above
 * the limit none is kept.
 */
public final class InvertedStretches {
  // Columns of a stretch.
  private static final int THREAD = 0;
  private static final int FROM = 1;
  private static final int TO = 2;

  private final int limit;
  private final LongRows kept = new LongRows(3);
  private boolean omitted;

  /** By thread, the row of its last stretch. */
  private int[] lastOf = new int[0];

  InvertedStretches(int limit) {
    this.limit = limit;
  }

  /** Adds a stretch that ends no earlier than those before; the same one may come again. */
  void add(int thread, long from, long to) {
    if (omitted) {
      return;
    }
    lastOf = LockUse.grown(lastOf, thread);
    int row = lastOf[thread];
    if (row >= 0 && kept.get(row, TO) >= from) {
      kept.set(row, TO, to);
      return;
    }
    if (kept.size() == limit) {
      omitted = true;
      kept.clear();
      return;
    }
    row = kept.append();
    kept.set(row, THREAD, thread);
    kept.set(row, FROM, from);
    kept.set(row, TO, to);
    lastOf[thread] = row;
  }

  /** Returns how many stretches are kept. */
  public int count() {
    return kept.size();
  }

  public int thread(int index) {
    return (int) kept.get(index, THREAD);
  }

  public long from(int index) {
    return kept.get(index, FROM);
  }

  public long to(int index) {
    return kept.get(index, TO);
  }
}
