package org.schedlab.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import org.knowm.xchart.style.markers.Marker;

/** A cross that is seen on a dark bar; XChart's own is a hairline. */
final class ThickCross extends Marker {
  @Override
  public void paint(Graphics2D g, double x, double y, int size) {
    g.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_MITER));
    double half = size / 2.0;
    g.draw(new Line2D.Double(x - half, y - half, x + half, y + half));
    g.draw(new Line2D.Double(x - half, y + half, x + half, y - half));
  }
}
