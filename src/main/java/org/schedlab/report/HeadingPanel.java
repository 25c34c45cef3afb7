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

  private final XYChart chart;
  private final boolean first;

  /**
   * @param first whether it is the title of the whole picture
   */
  HeadingPanel(XYChart chart, boolean first) {
    this.chart = chart;
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
    g.fill(new Rectangle2D.Double(0, 0, chart.getWidth(), height()));
    Font font = new Font(Font.SANS_SERIF, Font.BOLD, first ? 15 : 13);
    g.setFont(font);
    g.setColor(TimeAxis.TEXT);
    double width = font.getStringBounds(chart.getTitle(), CONTEXT).getWidth();
    float left = (float) Math.max(4, (chart.getWidth() - width) / 2);
    g.drawString(chart.getTitle(), left, height() - 8);
  }
}
