package org.schedlab.metrics;

import java.util.Arrays;

/** Rows of longs in one growing array: what a list of records would be, without the objects. */
final class LongRows {
  private final int width;
  private long[] cells;
  private int rows;

  LongRows(int width) {
    this.width = width;
    this.cells = new long[16 * width];
  }

  int size() {
    return rows;
  }

  /** Appends a row of zeros and returns its number. */
  int append() {
    if ((rows + 1) * width > cells.length) {
      cells = Arrays.copyOf(cells, Math.multiplyExact(cells.length, 2));
    }
    return rows++;
  }

  long get(int row, int column) {
    return cells[row * width + column];
  }

  void set(int row, int column, long value) {
    cells[row * width + column] = value;
  }

  /** Forgets all rows and gives their memory back. */
  void clear() {
    rows = 0;
    cells = new long[16 * width];
  }
}
