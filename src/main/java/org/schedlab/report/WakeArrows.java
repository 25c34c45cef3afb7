package org.schedlab.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.schedlab.scenario.TimeUnit;

/** Arrows in a Gantt chart, from the lane of who wakes to that of whom it wakes. */
final class WakeArrows extends Annotation {
  /** Above so many arrows they hide what they explain. */
  static final int MOST = 400;

  private static final double HEAD_LENGTH = 7;
  private static final double HALF_HEAD = 3.5;

  private final List<Gantt.Wake> wakes;
  private final int lanes;
  private final TimeUnit unit;

  WakeArrows(Gantt gantt, TimeUnit unit) {
    super(false);
    this.wakes = gantt.wakes();
    this.lanes = gantt.lanes().size();
    this.unit = unit;
  }

  @Override
  public void paint(Graphics2D g) {
    g.setColor(Palette.DARK);
    g.setStroke(new BasicStroke(1.2f));
    for (Gantt.Wake wake : wakes) {
      boolean down = wake.to() > wake.from();
      double x = chart.getScreenXFromChart((double) wake.time() / unit.nanos());
      // From the edge of the waker's bar to that of the thin bar of who sleeps.
      double start = chart.getScreenYFromChart(y(wake.from()) + side(down, GanttChart.THICK));
      double end = chart.getScreenYFromChart(y(wake.to()) - side(down, GanttChart.NAMED));
      paint(g, x, start, end);
    }
  }

  private double y(int lane) {
    return lanes - 1.0 - lane;
  }

  private static double side(boolean down, double half) {
    return down ? -half : half;
  }

  private static void paint(Graphics2D g, double x, double start, double end) {
    double back = end > start ? -HEAD_LENGTH : HEAD_LENGTH;
    g.draw(new Line2D.Double(x, start, x, end + back));
    Path2D head = new Path2D.Double();
    head.moveTo(x, end);
    head.lineTo(x - HALF_HEAD, end + back);
    head.lineTo(x + HALF_HEAD, end + back);
    head.closePath();
    g.fill(head);
  }
}
