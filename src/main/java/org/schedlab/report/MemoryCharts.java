package org.schedlab.report;

import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.schedlab.metrics.MemoryTimeline;
import org.schedlab.metrics.ProcessLives;
import org.schedlab.scenario.Scenario;

/** What a picture shows of memory, over the time axis of the Gantt chart above it. */
final class MemoryCharts {
  /** The pixels left of the time axis that numbers and titles of the y-axes need. */
  static final int LEFT = 84;

  private static final int PAGES_HEIGHT = 200;
  private static final int FAULTS_HEIGHT = 130;

  /** More bars than that would touch each other. */
  private static final int MOST_BARS = 140;

  /** How much of its stretch of time a bar takes. */
  private static final double BAR = 0.85;

  /** A limit so many times above everything else would leave a flat chart. */
  private static final long FAR = 3;

  private final Run run;
  private final MemoryTimeline timeline;
  private final TimeAxis axis;
  private final int left;

  MemoryCharts(Run run, TimeAxis axis, int left) {
    this.run = run;
    this.timeline = run.metrics().memoryTimeline();
    this.axis = axis;
    this.left = left;
  }

  /** Says whether there is anything to show. */
  static boolean exist(Run run) {
    return run.hasMemory() && run.metrics().memoryTimeline().isAnyLoaded();
  }

  List<XYChart> charts() {
    return hasFaults() ? List.of(pages(), faults()) : List.of(pages());
  }

  /** Says whether a page fault happened at all in the run; else there is nothing to draw. */
  private boolean hasFaults() {
    return IntStream.range(0, MemoryTimeline.BINS)
        .anyMatch(bin -> timeline.faults(bin, false) + timeline.faults(bin, true) > 0);
  }

  private int firstBin() {
    return (int) (axis.from() / timeline.binWidth());
  }

  /** Returns the bin after the last one; the run's last bins may lie behind those that exist. */
  private int endBin() {
    long end = Steps.ceilDiv(Math.min(axis.to(), makespan()), timeline.binWidth());
    return (int) Math.min(MemoryTimeline.BINS, Math.max(end, firstBin()));
  }

  private long makespan() {
    return run.metrics().makespan();
  }

  private double leftOf(long bin) {
    return axis.units(Math.max(axis.from(), bin * timeline.binWidth()));
  }

  private double rightOf(long bin) {
    return axis.units(Math.min(axis.to(), bin * timeline.binWidth()));
  }

  private XYChart chart(String title, String yTitle, int height) {
    XYChart chart = new XYChart(axis.width(), height);
    XYStyler style = chart.getStyler();
    axis.style(style);
    style.setYAxisLeftWidthHint(left);
    style.setYAxisTickLabelsFormattingFunction(MemoryCharts::whole);
    style.setYAxisMin(0.0);
    chart.setTitle(title);
    chart.setYAxisTitle(yTitle);
    chart.setXAxisTitle(axis.title());
    return chart;
  }

  /** Pages and faults are whole; an axis of few of them has marks between. */
  static String whole(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : " ";
  }

  private XYChart pages() {
    boolean pageable = countsPageableOnly();
    long most = mostPages(pageable);
    int frames = run.scenario().machine().memory().frames();
    boolean limited = frames != Scenario.MemorySpec.UNLIMITED_FRAMES;
    boolean near = limited && frames <= FAR * Math.max(1, most);
    StringBuilder title = new StringBuilder("Pages in memory by process");
    title.append(pageable ? ", without code and stacks" : "");
    title.append(limited && !near ? "; the limit of " + frames + " frames is far above" : "");
    boolean forked = run.metrics().lives().forks() > 0;
    title.append(forked ? "; a page that processes share counts for each" : "");
    XYChart chart = chart(title.toString(), "pages", PAGES_HEIGHT);
    long[] base = new long[MemoryTimeline.BINS];
    for (int lane = 0; lane <= MemoryTimeline.PROCESSES; lane++) {
      if (timeline.hasLane(lane)) {
        area(chart, lane, pageable, base);
      }
    }
    if (near) {
      limit(chart, frames);
    }
    chart.getStyler().setYAxisMax(Math.max(1, Math.max(most, near ? frames : 0)) * 1.1);
    return chart;
  }

  /** Beside a limit that they do not count for, code and stacks would only confuse. */
  private boolean countsPageableOnly() {
    Scenario.MemorySpec memory = run.scenario().machine().memory();
    boolean limited = memory.frames() != Scenario.MemorySpec.UNLIMITED_FRAMES;
    return limited && !memory.pageableAll();
  }

  private long mostPages(boolean pageable) {
    long most = 0;
    for (int bin = firstBin(); bin < endBin(); bin++) {
      long sum = 0;
      for (int lane = 0; lane <= MemoryTimeline.PROCESSES; lane++) {
        sum += timeline.hasLane(lane) ? timeline.pages(lane, bin, pageable) : 0;
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  /** Adds the layer of one process on top of those before it. */
  private void area(XYChart chart, int lane, boolean pageable, long[] base) {
    Polygons polygons = new Polygons();
    for (int bin = firstBin(); bin < endBin(); bin++) {
      long pages = timeline.pages(lane, bin, pageable);
      if (pages > 0) {
        polygons.column(leftOf(bin), rightOf(bin + 1L), base[bin], base[bin] + pages);
        base[bin] += pages;
      }
    }
    polygons.close();
    fill(chart, name(lane), polygons, Palette.SERIES.get(lane));
  }

  /** Returns the name of a lane; XChart refuses two series of one name. */
  private String name(int lane) {
    if (lane == MemoryTimeline.PROCESSES) {
      return "other processes";
    }
    ProcessLives lives = run.metrics().lives();
    String name = lives.name(lane);
    boolean twice =
        IntStream.range(0, MemoryTimeline.PROCESSES)
            .anyMatch(other -> other != lane && name.equals(lives.name(other)));
    return twice ? name + " (process " + lane + ")" : name;
  }

  private static void fill(XYChart chart, String name, Polygons polygons, Color color) {
    if (polygons.isEmpty()) {
      return;
    }
    XYSeries series = chart.addSeries(name, polygons.x(), polygons.y());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setMarker(SeriesMarkers.NONE);
    series.setFillColor(color);
    series.setLineColor(color);
    series.setLineStyle(SeriesLines.NONE);
  }

  private void limit(XYChart chart, int frames) {
    double[] x = {axis.units(axis.from()), axis.units(axis.to())};
    double[] y = {frames, frames};
    XYSeries series = chart.addSeries("limit: " + frames + " frames", x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(Palette.BLACK);
    series.setLineStyle(SeriesLines.DASH_DASH);
    series.setLineWidth(1.5f);
  }

  private XYChart faults() {
    int first = firstBin();
    int end = endBin();
    int step = (int) Math.max(1, Steps.ceilDiv(end - first, MOST_BARS));
    String per = Decimals.readable(step * timeline.binWidth());
    XYChart chart = chart("Page faults per " + per, "faults", FAULTS_HEIGHT);
    Polygons minor = new Polygons();
    Polygons major = new Polygons();
    long most = 1;
    for (int bin = first; bin < end; bin += step) {
      long minors = 0;
      long majors = 0;
      for (int of = bin; of < Math.min(end, bin + step); of++) {
        minors += timeline.faults(of, false);
        majors += timeline.faults(of, true);
      }
      double from = leftOf(bin);
      double to = from + (rightOf(bin + (long) step) - from) * BAR;
      bar(minor, from, to, 0, minors);
      bar(major, from, to, minors, majors);
      most = Math.max(most, minors + majors);
    }
    fill(chart, "minor: served from memory", minor, Palette.SKY_BLUE);
    fill(chart, "major: read from a device", major, Palette.VERMILLION);
    chart.getStyler().setYAxisMax(most * 1.1);
    return chart;
  }

  private static void bar(Polygons polygons, double from, double to, long low, long count) {
    if (count > 0) {
      polygons.rectangle(from, to, low, low + count);
    }
  }
}
