package org.schedlab.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.XYChart;

/** The title above a chart. */
final class HeadingPanel implements Picture.Panel {
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final String title;
  private final int width;
  private final boolean first;

  /**
   * @param first whether it is the title of the whole picture
   */
  HeadingPanel(XYChart chart, boolean first) {
    this(chart.getTitle(), chart.getWidth(), first);
  }

  /**
   * @param width of the picture, in pixels
   * @param first whether it is the title of the whole picture
   */
  HeadingPanel(String title, int width, boolean first) {
    this.title = title;
    this.width = width;
    this.first = first;
  }

  @Override
  public int height() {
    return first ? 32 : 28;
  }

  @Override
  public void paint(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fill(new Rectangle2D.Double(0, 0, width, height()));
    Font font = new Font(Font.SANS_SERIF, Font.BOLD, first ? 15 : 13);
    g.setFont(font);
    g.setColor(TimeAxis.TEXT);
    double length = font.getStringBounds(title, CONTEXT).getWidth();
    float left = (float) Math.max(4, (width - length) / 2);
    g.drawString(title, left, height() - 8);
  }
}
