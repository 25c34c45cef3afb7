package org.schedlab.report;

import java.util.Arrays;

/** Polygons as XChart's area series wants them: corners in turn, NaN between two of them. */
final class Polygons {
  private double[] x = new double[64];
  private double[] y = new double[64];
  private int size;

  // The polygon of touching columns that is being drawn: its upper edge; the lower one, reversed,
  // follows when it is closed.
  private double[] edgeX = new double[16];
  private double[] edgeLow = new double[16];
  private double[] edgeHigh = new double[16];
  private int edge;

  void rectangle(double left, double right, double low, double high) {
    point(left, low);
    point(left, high);
    point(right, high);
    point(right, low);
    point(left, low);
    point(left, Double.NaN);
  }

  /** Adds a column; columns that touch become one polygon with steps. */
  void column(double left, double right, double low, double high) {
    if (edge > 0 && edgeX[edge - 1] != left) {
      close();
    }
    if (edge > 0 && edgeLow[edge - 1] == low && edgeHigh[edge - 1] == high) {
      edgeX[edge - 1] = right;
      return;
    }
    edgePoint(left, low, high);
    edgePoint(right, low, high);
  }

  private void edgePoint(double at, double low, double high) {
    if (edge == edgeX.length) {
      edgeX = Arrays.copyOf(edgeX, edge * 2);
      edgeLow = Arrays.copyOf(edgeLow, edge * 2);
      edgeHigh = Arrays.copyOf(edgeHigh, edge * 2);
    }
    edgeX[edge] = at;
    edgeLow[edge] = low;
    edgeHigh[edge] = high;
    edge++;
  }

  /** Ends the polygon of the columns so far. */
  void close() {
    if (edge == 0) {
      return;
    }
    for (int i = 0; i < edge; i++) {
      point(edgeX[i], edgeHigh[i]);
    }
    for (int i = edge - 1; i >= 0; i--) {
      point(edgeX[i], edgeLow[i]);
    }
    point(edgeX[0], edgeHigh[0]);
    point(edgeX[0], Double.NaN);
    edge = 0;
  }

  private void point(double atX, double atY) {
    if (size == x.length) {
      x = Arrays.copyOf(x, size * 2);
      y = Arrays.copyOf(y, size * 2);
    }
    x[size] = atX;
    y[size] = atY;
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  double[] x() {
    return Arrays.copyOf(x, size);
  }

  double[] y() {
    return Arrays.copyOf(y, size);
  }
}
