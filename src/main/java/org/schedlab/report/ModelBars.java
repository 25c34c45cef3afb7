package org.schedlab.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Measure;

/** Bar charts beside each other, one for each measure and in it one bar for each model. */
record ModelBars(ModelComparison comparison, List<Measure> measures) implements Picture.Panel {
  static final int COLUMNS = 3;

  private static final int WIDTH = RunReport.CHART_WIDTH / COLUMNS;
  private static final int TOP = 34;
  private static final int ROW = 34;
  private static final int BAR = 22;

  /** Room for the names of models. */
  private static final int LEFT = 92;

  /** Room for a value behind the longest bar. */
  private static final int RIGHT = 118;

  private static final int BOTTOM = 34;

  @Override
  public int height() {
    return TOP + ROW * comparison.models().size() + BOTTOM;
  }

  @Override
  public void paint(Graphics2D graphics) {
    Ink ink = new Ink(graphics, RunReport.CHART_WIDTH, height());
    for (int i = 0; i < measures.size(); i++) {
      paint(ink, measures.get(i), i * WIDTH);
    }
  }

  private void paint(Ink ink, Measure measure, double x) {
    List<ExecutionModel> best = comparison.best(measure, 0);
    double longest =
        comparison.models().stream()
            .map(model -> comparison.value(model, 0, measure))
            .filter(Objects::nonNull)
            .mapToDouble(BigDecimal::doubleValue)
            .max()
            .orElse(0);
    double room = WIDTH - LEFT - RIGHT;
    ink.left(measure.label(), x + LEFT, 22, Ink.BOLD, TimeAxis.TEXT);
    double axis = TOP + ROW * comparison.models().size();
    for (int i = 0; i < comparison.models().size(); i++) {
      ExecutionModel model = comparison.models().get(i);
      double top = TOP + i * ROW + (ROW - BAR) / 2.0;
      double words = top + BAR / 2.0 + 4;
      ink.right(model.plural(), x + LEFT - 8, words, Ink.PLAIN, TimeAxis.TEXT);
      BigDecimal value = comparison.value(model, 0, measure);
      double length = value == null || longest == 0 ? 0 : room * value.doubleValue() / longest;
      ink.fill(new Rectangle2D.Double(x + LEFT, top, length, BAR), Ink.colour(model));
      String tasks = ModelTable.shown(measure, value, comparison.value(model, 0, Measure.TASKS));
      String shown = tasks + (best.contains(model) ? " ★" : "");
      ink.left(shown, x + LEFT + length + 6, words, Ink.PLAIN, TimeAxis.TEXT);
    }
    ink.line(x + LEFT, TOP, x + LEFT, axis, 1, Palette.DARK);
    ink.line(x + LEFT, axis, x + LEFT + room, axis, 1, Palette.DARK);
    ink.middle("0", x + LEFT, axis + 16, Ink.PLAIN, TimeAxis.TEXT);
    if (longest > 0) {
      String most = ModelTable.onAxis(measure, BigDecimal.valueOf(longest));
      ink.middle(most, x + LEFT + room, axis + 16, Ink.PLAIN, TimeAxis.TEXT);
    }
  }
}
