package org.schedlab.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/** What stands below a chart: of what its axis is, and the legend in as many lines as it needs. */
final class LegendPanel implements Picture.Panel {
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
  private static final int ROW = 26;
  private static final int CAPTION = 20;
  private static final int MARGIN = 10;
  private static final int BOX = 16;
  private static final int MARKER = 9;

  /** From the left of a box to its words. */
  private static final int INDENT = 22;

  /** What XChart has beside the words of an entry, and so this one. */
  private static final int BESIDE = 34;

  private final int total;
  private final String caption;
  private final List<List<XYSeries>> rows = new ArrayList<>();

  LegendPanel(XYChart chart) {
    total = chart.getWidth();
    caption = chart.getXAxisTitle();
    double used = total;
    for (XYSeries series : chart.getSeriesCollection()) {
      double width = width(series);
      if (used + width > total - 2 * MARGIN) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(series);
      used += width;
    }
  }

  private static double width(XYSeries series) {
    return FONT.getStringBounds(series.getLabel(), CONTEXT).getWidth() + BESIDE;
  }

  @Override
  public int height() {
    return CAPTION + rows.size() * ROW + MARGIN;
  }

  @Override
  public void paint(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fill(new Rectangle2D.Double(0, 0, total, height()));
    g.setFont(FONT);
    g.setColor(TimeAxis.TEXT);
    double width = FONT.getStringBounds(caption, CONTEXT).getWidth();
    g.drawString(caption, (float) Math.max(4, (total - width) / 2), CAPTION - 7);
    for (int row = 0; row < rows.size(); row++) {
      double used = rows.get(row).stream().mapToDouble(LegendPanel::width).sum();
      double left = (total - used) / 2;
      double middle = CAPTION + (row + 0.5) * ROW;
      for (XYSeries series : rows.get(row)) {
        paint(g, series, left, middle);
        left += width(series);
      }
    }
  }

  private static void paint(Graphics2D g, XYSeries series, double left, double middle) {
    XYSeriesRenderStyle style = series.getXYSeriesRenderStyle().orElse(XYSeriesRenderStyle.Line);
    switch (style) {
      case Scatter -> {
        g.setColor(series.getMarkerColor());
        series.getMarker().paint(g, left + BOX / 2.0, middle, MARKER);
      }
      case PolygonArea -> {
        g.setColor(series.getFillColor());
        g.fill(new Rectangle2D.Double(left, middle - BOX / 2.0, BOX, BOX));
      }
      default -> {
        g.setColor(series.getLineColor());
        g.fill(new Rectangle2D.Double(left, middle - 1, BOX, 2));
      }
    }
    g.setColor(TimeAxis.TEXT);
    g.drawString(series.getLabel(), (float) (left + INDENT), (float) (middle + 4));
  }
}
