package org.schedlab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.schedlab.metrics.ChannelLevel;
import org.schedlab.metrics.ChannelTimes;

/**
 * How full channels are, over the time axis of the Gantt chart above: a chart for those that hold
 * messages and one for those that hold bytes. Where a stretch of time is narrower than a line can
 * show, the line shows the most that was in the channel.
 */
final class ChannelCharts {
  /** How many lines a chart has: those of the channels that were fullest. */
  static final int LINES = 8;

  private static final int HEIGHT = 150;
  private static final long KIB = 1_024;

  /** So much of a unit is shown in it; less would be numbers below one. */
  private static final long FEW = 4;

  private final Run run;
  private final TimeAxis axis;
  private final int left;

  ChannelCharts(Run run, TimeAxis axis, int left) {
    this.run = run;
    this.axis = axis;
    this.left = left;
  }

  /** Says whether there is anything to show. */
  static boolean exist(Run run) {
    return run.metrics().channels().all().stream().anyMatch(of -> of.level().max() > 0);
  }

  List<XYChart> charts() {
    List<XYChart> charts = new ArrayList<>();
    for (boolean messages : new boolean[] {false, true}) {
      List<ChannelTimes> all =
          run.metrics().channels().all().stream()
              .filter(of -> of.countsMessages() == messages && of.level().max() > 0)
              .toList();
      if (!all.isEmpty()) {
        charts.add(chart(all, messages));
      }
    }
    return charts;
  }

  private static List<ChannelTimes> fullest(List<ChannelTimes> all) {
    Comparator<ChannelTimes> byMost = Comparator.comparingLong(of -> -of.level().max());
    Set<ChannelTimes> chosen = new HashSet<>(all.stream().sorted(byMost).limit(LINES).toList());
    return all.stream().filter(chosen::contains).toList();
  }

  private XYChart chart(List<ChannelTimes> all, boolean messages) {
    List<ChannelTimes> shown = fullest(all);
    long most = shown.stream().mapToLong(of -> of.level().max()).max().orElse(0);
    long unit = messages ? 1 : unit(most);
    XYChart chart = new XYChart(axis.width(), HEIGHT);
    XYStyler style = chart.getStyler();
    axis.style(style);
    style.setYAxisLeftWidthHint(left);
    style.setYAxisTickLabelsFormattingFunction(MemoryCharts::whole);
    style.setYAxisMin(0.0);
    style.setYAxisMax(1.1 * most / unit);
    String cut = all.size() > LINES ? ": the " + LINES + " fullest of " + all.size() : "";
    chart.setTitle((messages ? "Messages in queues" : "Bytes in channels") + cut);
    chart.setYAxisTitle(messages ? "messages" : name(unit));
    chart.setXAxisTitle(axis.title());
    Set<String> names = new HashSet<>();
    for (ChannelTimes channel : shown) {
      String name = channel.label();
      // XChart refuses two series of one name.
      for (int number = 2; !names.add(name); number++) {
        name = channel.label() + " (" + number + ")";
      }
      line(chart, name, channel.level(), unit, names.size() - 1);
    }
    return chart;
  }

  /** Returns how many bytes the numbers of the y-axis count in. */
  private static long unit(long most) {
    long unit = 1;
    while (unit < KIB * KIB && most >= FEW * KIB * unit) {
      unit *= KIB;
    }
    return unit;
  }

  private static String name(long unit) {
    return unit == 1 ? "bytes" : unit == KIB ? "KiB" : "MiB";
  }

  private void line(XYChart chart, String name, ChannelLevel level, long unit, int number) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    long width = level.binWidth();
    long to = Math.min(axis.to(), run.metrics().makespan());
    int first = (int) (axis.from() / width);
    int end = (int) Math.min(ChannelLevel.BINS, Math.max(Steps.ceilDiv(to, width), first + 1L));
    for (int bin = first; bin < end; bin++) {
      double value = (double) level.most(bin) / unit;
      if (y.isEmpty() || y.get(y.size() - 1) != value) {
        double at = axis.units(Math.max(axis.from(), bin * width));
        if (!y.isEmpty()) {
          x.add(at);
          y.add(y.get(y.size() - 1));
        }
        x.add(at);
        y.add(value);
      }
    }
    x.add(axis.units(to));
    y.add(y.get(y.size() - 1));
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(Palette.LINES.get(number));
    series.setLineStyle(SeriesLines.SOLID);
    series.setLineWidth(1.8f);
  }
}
