package org.schedlab.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A Gantt chart as a picture. XChart has none, so each state is a series of filled polygons, and
 * each sort of event a series of points. A lane with more bars than the picture has room for is
 * drawn as shares: in each column, how much of the time went to what.
 */
final class GanttChart {
  private static final int ROOM_FOR_AXIS = 54;
  private static final int TALLEST_LANE = 48;
  private static final int LOWEST_LANE = 20;
  private static final int LANES_HEIGHT = 1_000;

  /** Above so many spans a lane is a barcode; then its shares tell more. */
  private static final int MOST_SPANS = 1_000;

  /** Above so many marks of one sort they hide what they mark. */
  private static final int MOST_MARKS = 600;

  private static final int SHARE_COLUMNS = 400;

  // Halves of heights in lanes: of a running bar, of a ready or blocked one, of one
  // that names what it waits for, of that with the frame of an inversion, of a lane of shares.
  static final double THICK = 0.34;
  private static final double THIN = 0.13;
  static final double NAMED = 0.20;
  private static final double FRAMED = 0.28;
  private static final double FULL = 0.40;

  // A coroutine that awaits is a line below its words: only its thread's bars are thick.
  private static final double LINE = 0.04;
  private static final double BELOW = 0.27;

  private final Gantt gantt;
  private final TimeAxis axis;
  private final int lanes;
  private final XYChart chart;

  /**
   * @param gantt as {@link #fitted} made it
   * @param left the pixels left of the time axis, at least {@link #leftOf}
   */
  GanttChart(Gantt gantt, String title, TimeAxis axis, int left) {
    this.gantt = gantt;
    this.axis = axis;
    this.lanes = gantt.lanes().size();
    int laneHeight = Math.max(LOWEST_LANE, Math.min(TALLEST_LANE, LANES_HEIGHT / lanes));
    chart = new XYChart(axis.width(), lanes * laneHeight + ROOM_FOR_AXIS);
    style(left);
    addStates();
    addInversions();
    addMarks();
    chart.setTitle(title);
    chart.setXAxisTitle(axisTitle());
    if (drawsWakes()) {
      chart.addAnnotation(new WakeArrows(gantt, axis.unit()));
    }
    chart.addAnnotation(new LaneLabels(gantt, axis.unit(), laneHeight));
  }

  private boolean drawsWakes() {
    return !gantt.wakes().isEmpty() && gantt.wakes().size() <= WakeArrows.MOST;
  }

  /** Returns how many pixels the names of the lanes need. */
  static int leftOf(Gantt gantt) {
    return LaneLabels.width(gantt);
  }

  /** Returns the chart with as many bars to a lane as a picture has room for. */
  static Gantt fitted(Gantt gantt) {
    return gantt.coalesced(MOST_SPANS, SHARE_COLUMNS);
  }

  XYChart chart() {
    return chart;
  }

  private void style(int left) {
    XYStyler style = chart.getStyler();
    axis.style(style);
    style.setYAxisTicksVisible(false);
    style.setYAxisLeftWidthHint(left);
    style.setPlotGridHorizontalLinesVisible(false);
    style.setYAxisMin(-0.55);
    style.setYAxisMax(lanes - 0.35);
  }

  private double units(long time) {
    return axis.units(time);
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
      addSeries(state.label(), polygons, Palette.of(state));
    }
  }

  /** Sets waits off that inversions prolong, by a line along each side. */
  private void addInversions() {
    Polygons polygons = new Polygons();
    for (Gantt.Inverted inverted : gantt.inversions()) {
      double from = units(inverted.from());
      double to = units(inverted.to());
      double y = y(inverted.lane());
      polygons.rectangle(from, to, y + NAMED, y + FRAMED);
      polygons.rectangle(from, to, y - FRAMED, y - NAMED);
    }
    addSeries("framed: priority inversion", polygons, Palette.BLACK);
  }

  private void addSeries(String label, Polygons polygons, Color color) {
    if (polygons.isEmpty()) {
      return;
    }
    XYSeries series = chart.addSeries(label, polygons.x(), polygons.y());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setMarker(SeriesMarkers.NONE);
    series.setFillColor(color);
    series.setLineColor(color); // The frame of its box in the legend.
    // XChart draws an outline as a line for each side: thousands of them, all invisible.
    series.setLineStyle(SeriesLines.NONE);
  }

  private static double halfHeight(Gantt.State state) {
    return switch (state) {
      case RUNNING, SWITCH, KERNEL -> THICK;
      case READY, BLOCKED, PAGING -> THIN;
      case LOCK, SIGNAL, COMMUNICATION, COROUTINE_SWITCH -> NAMED;
      case AWAITING -> LINE;
    };
  }

  private void add(Polygons polygons, Gantt.State state, int lane) {
    Gantt.Lane of = gantt.lanes().get(lane);
    Gantt.Shares shares = of.shares();
    if (shares != null) {
      addShares(polygons, state, y(lane) - FULL, shares);
      return;
    }
    for (Gantt.Span span : of.spans()) {
      if (span.state() == state) {
        boolean line = state == Gantt.State.AWAITING;
        double half = span.isNamedWait() && !line ? NAMED : halfHeight(state);
        double low = y(lane) - half - (line ? BELOW : 0);
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
    List<String> notes = new ArrayList<>(gantt.notes());
    if (drawsWakes()) {
      notes.add("arrows lead from who wakes to whom");
    } else if (!gantt.wakes().isEmpty()) {
      notes.add(gantt.wakes().size() + " wake-ups are too many for arrows");
    }
    String title = axis.title();
    return notes.isEmpty() ? title : title + " — " + String.join("; ", notes);
  }
}
