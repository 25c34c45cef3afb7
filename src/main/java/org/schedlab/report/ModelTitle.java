package org.schedlab.report;

import java.awt.Graphics2D;
import org.schedlab.scenario.ExecutionModel;

/** What a picture of models compares, and how its models are drawn. */
record ModelTitle(ModelComparison comparison) implements Picture.Panel {
  private static final int HEIGHT = 74;
  private static final int GAP = 34;

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void paint(Graphics2D graphics) {
    Ink ink = new Ink(graphics, RunReport.CHART_WIDTH, HEIGHT);
    String title = comparison.scenario().name() + " — " + comparison.setting();
    ink.middle(title, RunReport.CHART_WIDTH / 2.0, 26, Ink.TITLE, TimeAxis.TEXT);
    String best = comparison.isSweep() ? "a ring: the best" : "★ the best";
    double width = Ink.width(best, Ink.PLAIN);
    for (ExecutionModel model : comparison.models()) {
      width += Ink.width(model.plural(), Ink.PLAIN) + GAP + 14;
    }
    double x = (RunReport.CHART_WIDTH - width) / 2;
    for (ExecutionModel model : comparison.models()) {
      ink.mark(model, x + 5, 52);
      ink.left(model.plural(), x + 16, 56, Ink.PLAIN, TimeAxis.TEXT);
      x += Ink.width(model.plural(), Ink.PLAIN) + GAP + 14;
    }
    ink.left(best, x, 56, Ink.PLAIN, TimeAxis.TEXT);
  }
}
