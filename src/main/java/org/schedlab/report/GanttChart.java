package org.schedlab.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.schedlab.scenario.TimeUnit;

/**
 * A Gantt chart as a picture. XChart has none, so each state is a series of filled polygons, and
 * each sort of event a series of points. A lane with more bars than the picture has room for is
 * drawn as shares: in each column, how much of the time went to what.
 */
final class GanttChart {
  private static final int WIDTH = 1400;
  private static final int ROOM_FOR_TITLE_AXIS_AND_LEGEND = 150;
  private static final int TALLEST_LANE = 48;
  private static final int LOWEST_LANE = 20;
  private static final int LANES_HEIGHT = 1_000;

  /** Above so many spans a lane is a barcode; then its shares tell more. */
  private static final int MOST_SPANS = 1_000;

  /** Above so many marks of one sort they hide what they mark. */
  private static final int MOST_MARKS = 600;

  private static final int SHARE_COLUMNS = 400;

  // Halves of heights in lanes: of a running bar, of a ready or blocked one, of a lane of shares.
  static final double THICK = 0.34;
  private static final double THIN = 0.13;
  private static final double FULL = 0.40;

  /** What the axis shows before the window, as a share of it. */
  private static final double MARGIN = 0.005;

  private static final Color TEXT = new Color(0x222222);

  private final Gantt gantt;
  private final TimeUnit unit;
  private final int lanes;
  private final int laneHeight;
  private final XYChart chart;

  /**
   * @param gantt as {@link #fitted} made it
   */
  GanttChart(Gantt gantt, String title, TimeUnit unit) {
    this.gantt = gantt;
    this.unit = gantt.axisUnit(unit);
    this.lanes = gantt.lanes().size();
    this.laneHeight = Math.max(LOWEST_LANE, Math.min(TALLEST_LANE, LANES_HEIGHT / lanes));
    chart = new XYChart(WIDTH, lanes * laneHeight + ROOM_FOR_TITLE_AXIS_AND_LEGEND);
    style();
    addStates();
    addMarks();
    chart.setTitle(title);
    chart.setXAxisTitle(axisTitle());
    chart.addAnnotation(new LaneLabels(gantt, this.unit, laneHeight));
  }

  /** Returns the chart with as many bars to a lane as a picture has room for. */
  static Gantt fitted(Gantt gantt) {
    return gantt.coalesced(MOST_SPANS, SHARE_COLUMNS);
  }

  byte[] png() throws IOException {
    BufferedImage image =
        new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    ImageIO.setUseCache(false);
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  byte[] svg() {
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    return SvgWriter.write(graphics.getCommands(), chart.getWidth(), chart.getHeight());
  }

  private void style() {
    XYStyler style = chart.getStyler();
    style.setLocale(Locale.ROOT);
    style.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setChartFontColor(TEXT);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setChartTitleBoxVisible(false);
    style.setLegendPosition(Styler.LegendPosition.OutsideS);
    style.setLegendLayout(Styler.LegendLayout.Horizontal);
    style.setLegendBorderColor(Color.WHITE);
    style.setLegendSeriesLineLength(16);
    style.setMarkerSize(9);
    style.setPlotContentSize(1.0);
    style.setPlotMargin(0);
    style.setYAxisTicksVisible(false);
    style.setYAxisLeftWidthHint(LaneLabels.width(gantt));
    style.setPlotGridHorizontalLinesVisible(false);
    style.setPlotGridLinesColor(new Color(0xDDDDDD));
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setXAxisTickMarkSpacingHint(70);
    style.setXAxisTickLabelsFormattingFunction(this::tick);
    double span = units(gantt.to()) - units(gantt.from());
    // A little more than the window, or marks and the last number at its ends would be cut.
    style.setXAxisMin(units(gantt.from()) - span * MARGIN);
    style.setXAxisMax(units(gantt.to()) + span * 3 * MARGIN);
    style.setYAxisMin(-0.55);
    style.setYAxisMax(lanes - 0.35);
  }

  private String tick(double value) {
    double end = units(gantt.to());
    if (value - end > (end - units(gantt.from())) * MARGIN) {
      return " "; // So near to the picture's edge it would be cut.
    }
    BigDecimal exact = BigDecimal.valueOf(value).setScale(9, RoundingMode.HALF_EVEN);
    String text = exact.stripTrailingZeros().toPlainString();
    return exact.signum() == 0 ? "0" : text;
  }

  private double units(long time) {
    return (double) time / unit.nanos();
  }

  private double y(int lane) {
    return lanes - 1 - lane;
  }

  private void addStates() {
    for (Gantt.State state : Gantt.State.values()) {
      Polygons polygons = new Polygons();
      for (int lane = 0; lane < lanes; lane++) {
        add(polygons, state, lane);
      }
      if (!polygons.isEmpty()) {
        XYSeries series = chart.addSeries(state.label(), polygons.x(), polygons.y());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        series.setMarker(SeriesMarkers.NONE);
        series.setFillColor(Palette.of(state));
        series.setLineColor(Palette.of(state)); // The frame of its box in the legend.
        // XChart draws an outline as a line for each side: thousands of them, all invisible.
        series.setLineStyle(SeriesLines.NONE);
      }
    }
  }

  private void add(Polygons polygons, Gantt.State state, int lane) {
    Gantt.Lane of = gantt.lanes().get(lane);
    Gantt.Shares shares = of.shares();
    if (shares != null) {
      addShares(polygons, state, y(lane) - FULL, shares);
      return;
    }
    double half = state == Gantt.State.READY || state == Gantt.State.BLOCKED ? THIN : THICK;
    for (Gantt.Span span : of.spans()) {
      if (span.state() == state) {
        double low = y(lane) - half;
        polygons.rectangle(units(span.from()), units(span.to()), low, low + 2 * half);
      }
    }
  }

  /** Adds the layer of one state: on top of those of the states before it. */
  private void addShares(Polygons polygons, Gantt.State state, double base, Gantt.Shares shares) {
    for (int bin = 0; bin < shares.bins(); bin++) {
      long start = shares.from() + bin * shares.width();
      long end = Math.min(start + shares.width(), gantt.to());
      if (shares.time(state, bin) == 0 || start < gantt.from() || start >= end) {
        continue;
      }
      long below = 0;
      for (Gantt.State lower : Gantt.State.values()) {
        below += lower.compareTo(state) < 0 ? shares.time(lower, bin) : 0;
      }
      double scale = 2 * FULL / shares.width();
      double low = base + below * scale;
      double high = low + shares.time(state, bin) * scale;
      polygons.column(units(start), units(end), low, high);
    }
    polygons.close();
  }

  private void addMarks() {
    for (MarkStyle style : MarkStyle.values()) {
      List<Gantt.Mark> marks =
          gantt.marks().stream().filter(mark -> mark.kind() == style.kind()).toList();
      if (marks.isEmpty() || marks.size() > MOST_MARKS && !style.isFailure()) {
        continue;
      }
      double[] x = marks.stream().mapToDouble(mark -> units(mark.time())).toArray();
      double[] y = marks.stream().mapToDouble(mark -> y(mark.lane()) + 0.42).toArray();
      XYSeries series = chart.addSeries(style.label(), x, y);
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      series.setMarker(style.marker());
      series.setMarkerColor(style.color());
    }
  }

  private String axisTitle() {
    List<String> notes = gantt.notes();
    String title = "time (" + Decimals.symbol(unit) + ")";
    return notes.isEmpty() ? title : title + " — " + String.join("; ", notes);
  }
}
