package org.schedlab.report;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.style.markers.Marker;

/** The shape of a stop sign. */
final class Octagon extends Marker {
  /** Half of a side of a regular octagon, as a share of half its width: tan 22.5°. */
  private static final double HALF_SIDE = Math.sqrt(2) - 1;

  @Override
  public void paint(Graphics2D g, double x, double y, int size) {
    double half = size / 2.0 + 1;
    double side = half * HALF_SIDE;
    Path2D path = new Path2D.Double();
    path.moveTo(x - side, y - half);
    path.lineTo(x + side, y - half);
    path.lineTo(x + half, y - side);
    path.lineTo(x + half, y + side);
    path.lineTo(x + side, y + half);
    path.lineTo(x - side, y + half);
    path.lineTo(x - half, y + side);
    path.lineTo(x - half, y - side);
    path.closePath();
    g.fill(path);
  }
}
