package org.schedlab.report;

import java.awt.Graphics2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Measure;

/**
 * Charts beside each other, one for each measure: a curve for each model over the number of tasks,
 * on logarithmic axes. The best of each number has a ring, and its name stands below the axis.
 */
record ModelCurves(ModelComparison comparison, List<Measure> measures) implements Picture.Panel {
  static final int COLUMNS = 2;

  private static final int WIDTH = RunReport.CHART_WIDTH / COLUMNS;
  private static final int HEIGHT = 390;
  private static final int TOP = 40;
  private static final int LEFT = 96;
  private static final int RIGHT = 40;
  private static final int BOTTOM = 78;
  private static final int INNER_WIDTH = WIDTH - LEFT - RIGHT;
  private static final int INNER_HEIGHT = HEIGHT - TOP - BOTTOM;

  /** The first curve stays inside of the left axis, the last inside of the right end. */
  private static final double INSET = 0.06;

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void paint(Graphics2D graphics) {
    Ink ink = new Ink(graphics, RunReport.CHART_WIDTH, HEIGHT);
    for (int i = 0; i < measures.size(); i++) {
      paint(ink, measures.get(i), i * WIDTH);
    }
  }

  private void paint(Ink ink, Measure measure, double left) {
    ink.left(title(measure), left + LEFT, 24, Ink.BOLD, TimeAxis.TEXT);
    List<Double> known = known(measure);
    if (known.isEmpty()) {
      String none = "0 in every run";
      ink.middle(none, left + LEFT + INNER_WIDTH / 2.0, TOP + 60, Ink.PLAIN, TimeAxis.TEXT);
      return;
    }
    double smallest = known.stream().mapToDouble(value -> value).min().orElseThrow();
    double largest = known.stream().mapToDouble(value -> value).max().orElseThrow();
    boolean bytes = measure.unit() == Measure.Unit.BYTES;
    LogAxis axis = bytes ? LogAxis.binary(smallest, largest) : LogAxis.decimal(smallest, largest);
    for (double mark : axis.marks()) {
      double y = y(axis, mark);
      ink.line(left + LEFT, y, left + LEFT + INNER_WIDTH, y, 1, Ink.GRID);
      String shown = ModelTable.onAxis(measure, BigDecimal.valueOf(mark));
      ink.right(shown, left + LEFT - 8, y + 4, Ink.PLAIN, TimeAxis.TEXT);
    }
    double bottom = TOP + INNER_HEIGHT;
    ink.line(left + LEFT, TOP, left + LEFT, bottom, 1, Palette.DARK);
    ink.line(left + LEFT, bottom, left + LEFT + INNER_WIDTH, bottom, 1, Palette.DARK);
    counts(ink, measure, left);
    for (ExecutionModel model : comparison.models()) {
      curve(ink, model, measure, axis, left);
    }
  }

  private String title(Measure measure) {
    String better =
        switch (measure.better()) {
          case HIGHER -> " (higher is better)";
          case LOWER -> " (lower is better)";
          case NEITHER -> "";
        };
    return measure.label() + better;
  }

  /** Returns all values that a logarithmic axis can show. */
  private List<Double> known(Measure measure) {
    List<Double> known = new ArrayList<>();
    for (ExecutionModel model : comparison.models()) {
      for (int count : comparison.counts()) {
        BigDecimal value = comparison.value(model, count, measure);
        if (value != null && value.signum() > 0) {
          known.add(value.doubleValue());
        }
      }
    }
    return known;
  }

  private double x(int count, double left) {
    List<Integer> counts = comparison.counts();
    double first = StrictMath.log(counts.get(0));
    double last = StrictMath.log(counts.get(counts.size() - 1));
    double share = last == first ? 0.5 : (StrictMath.log(count) - first) / (last - first);
    return left + LEFT + INNER_WIDTH * (INSET + (1 - 2 * INSET) * share);
  }

  private static double y(LogAxis axis, double value) {
    return TOP + INNER_HEIGHT * (1 - axis.place(value));
  }

  private void counts(Ink ink, Measure measure, double left) {
    double bottom = TOP + INNER_HEIGHT;
    for (int count : comparison.counts()) {
      double x = x(count, left);
      ink.line(x, bottom, x, bottom + 5, 1, Palette.DARK);
      ink.middle(ModelTable.grouped(count), x, bottom + 20, Ink.PLAIN, TimeAxis.TEXT);
      List<ExecutionModel> best = comparison.best(measure, count);
      if (best.size() == 1) {
        ink.middle(best.get(0).plural(), x, bottom + 36, Ink.PLAIN, Ink.colour(best.get(0)));
      }
    }
    ink.right("best:", left + LEFT - 8, bottom + 36, Ink.PLAIN, TimeAxis.TEXT);
    String name = "number of: " + comparison.swept();
    ink.middle(name, left + LEFT + INNER_WIDTH / 2.0, bottom + 58, Ink.PLAIN, TimeAxis.TEXT);
  }

  private void curve(Ink ink, ExecutionModel model, Measure measure, LogAxis axis, double left) {
    double lastX = 0;
    double lastY = 0;
    boolean begun = false;
    for (int count : comparison.counts()) {
      BigDecimal value = comparison.value(model, count, measure);
      if (value == null) {
        begun = false;
        continue;
      }
      double x = x(count, left);
      double y = y(axis, value.doubleValue());
      if (begun) {
        ink.line(lastX, lastY, x, y, 2, Ink.colour(model));
      }
      ink.mark(model, x, y);
      if (comparison.best(measure, count).contains(model)) {
        ink.ring(x, y, 10, Palette.BLACK);
      }
      begun = true;
      lastX = x;
      lastY = y;
    }
  }
}
