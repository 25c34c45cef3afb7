package org.schedlab.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.schedlab.metrics.JobStatistic;
import org.schedlab.report.RunComparison.Alternative;
import org.schedlab.statistics.Sample;

/**
 * The charts of a comparison: bars of the mean times with their intervals, the distribution of the
 * turnaround, and the Gantt charts of the first runs under each other, on one time axis.
 */
final class ComparisonCharts {
  private static final int WIDTH = RunReport.CHART_WIDTH;
  private static final int BARS_HEIGHT = 380;
  private static final int CURVES_HEIGHT = 400;

  private static final List<RunMeasure> BARS =
      List.of(RunMeasure.TURNAROUND, RunMeasure.RESPONSE, RunMeasure.WAITING);

  /** More alternatives than that make a picture of Gantt charts that nobody looks at. */
  private static final int MOST_GANTTS = 8;

  private static final int LANES = 20;

  /** Of quantiles, in thousandths. */
  private static final int STEP = 10;

  /** From where on equal factors are equal lengths. */
  private static final double WIDE = 100;

  private final RunComparison comparison;

  ComparisonCharts(RunComparison comparison) {
    this.comparison = comparison;
  }

  /** Returns the charts that there is something to show in, under each other. */
  List<Picture.Panel> panels() {
    List<Picture.Panel> panels = new ArrayList<>();
    String name = comparison.scenario().name() + " — " + comparison.setting();
    List<RunMeasure> bars = BARS.stream().filter(comparison.measures()::contains).toList();
    panels.add(new HeadingPanel(name, WIDTH, true));
    if (!bars.isEmpty()) {
      panels.add(new Picture.ChartPanel(bars(bars)));
    }
    if (comparison.alternatives().stream().allMatch(a -> a.turnaround().count() > 1)) {
      panels.add(new HeadingPanel("Turnaround of the jobs of the first runs", WIDTH, false));
      panels.add(new Picture.ChartPanel(curves()));
    }
    return panels;
  }

  private String unit() {
    return Decimals.symbol(comparison.unit());
  }

  private CategoryChart bars(List<RunMeasure> measures) {
    CategoryChart chart = new CategoryChart(WIDTH, BARS_HEIGHT);
    style(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.7);
    chart.getStyler().setYAxisMin(0.0);
    boolean intervals = comparison.replications() > 1;
    chart.setYAxisTitle(
        intervals ? "time (" + unit() + "), mean with interval" : "time (" + unit() + ")");
    List<String> labels = comparison.alternatives().stream().map(Alternative::label).toList();
    for (RunMeasure measure : measures) {
      List<Double> means = new ArrayList<>();
      List<Double> halves = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        Sample sample = comparison.sample(i, measure);
        means.add(sample.mean());
        halves.add(intervals ? sample.halfWidth(comparison.confidence()) : 0.0);
      }
      CategorySeries series =
          intervals
              ? chart.addSeries(measure.label(), labels, means, halves)
              : chart.addSeries(measure.label(), labels, means);
      series.setFillColor(Palette.SERIES.get(measures.indexOf(measure)));
    }
    return chart;
  }

  private XYChart curves() {
    XYChart chart = new XYChart(WIDTH, CURVES_HEIGHT);
    style(chart.getStyler());
    chart.setYAxisTitle("share of jobs that took at most so long");
    chart.setXAxisTitle("turnaround (" + unit() + ")");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(1.0);
    chart.getStyler().setYAxisTickMarkSpacingHint(50);
    double nanos = comparison.unit().nanos();
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Alternative alternative : comparison.alternatives()) {
      JobStatistic values = alternative.turnaround();
      least = Math.min(least, values.quantile(1) / nanos);
      most = Math.max(most, values.max() / nanos);
    }
    boolean logarithmic = least > 0 && most / least > WIDE;
    chart.getStyler().setXAxisLogarithmic(logarithmic);
    int number = 0;
    for (Alternative alternative : comparison.alternatives()) {
      add(chart, alternative, number++, nanos);
    }
    return chart;
  }

  /** Adds a curve that is exact at each of some quantiles, as a staircase. */
  private static void add(XYChart chart, Alternative alternative, int number, double nanos) {
    JobStatistic values = alternative.turnaround();
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    // XChart makes ticks of values at equal distances, hundreds of them: the first step is its own.
    double below = 1e-4;
    for (int thousandths = STEP; thousandths <= 1_000; thousandths += STEP) {
      double at = values.quantile(thousandths) / nanos;
      if (x.isEmpty() || at > x.get(x.size() - 1)) {
        x.add(at);
        y.add(below);
        x.add(at);
        y.add(thousandths / 1_000.0);
      } else {
        y.set(y.size() - 1, thousandths / 1_000.0);
      }
      below = thousandths / 1_000.0;
    }
    XYSeries series = chart.addSeries(alternative.label(), x, y);
    Color color = Palette.LINES.get(number % Palette.LINES.size());
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineWidth(2);
    // So that lines are told apart without their colours.
    series.setLineStyle(
        number % 3 == 0
            ? SeriesLines.SOLID
            : number % 3 == 1 ? SeriesLines.DASH_DASH : SeriesLines.DOT_DOT);
  }

  static void style(AxesChartStyler style) {
    style.setLocale(Locale.ROOT);
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    style.setBaseFont(plain);
    style.setLegendFont(plain);
    style.setLegendPosition(Styler.LegendPosition.OutsideE);
    style.setLegendBorderColor(Color.WHITE);
    style.setChartTitleVisible(false);
    style.setAxisTitleFont(plain);
    style.setAxisTickLabelsFont(plain);
    style.setChartFontColor(TimeAxis.TEXT);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(Ink.GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setPlotGridVerticalLinesVisible(false);
    style.setErrorBarsColor(Palette.DARK);
  }

  /** Returns the Gantt charts, or none where a run has too many bars to draw them. */
  List<Picture.Panel> gantts() {
    List<Alternative> shown =
        comparison.alternatives().stream().filter(a -> a.first() != null).toList();
    boolean drawable =
        !shown.isEmpty()
            && shown.size() <= MOST_GANTTS
            && shown.stream().noneMatch(a -> a.first().metrics().timeline().isOmitted());
    if (!drawable) {
      return List.of();
    }
    long end = shown.stream().mapToLong(a -> a.first().metrics().makespan()).max().orElse(0);
    List<Gantt> gantts = new ArrayList<>();
    for (Alternative alternative : shown) {
      gantts.add(GanttChart.fitted(GanttLanes.of(alternative.first().run(), Window.ALL, LANES)));
    }
    int left = gantts.stream().mapToInt(GanttChart::leftOf).max().orElse(0);
    List<Picture.Panel> panels = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      Gantt gantt = gantts.get(i);
      TimeAxis axis = new TimeAxis(0, Math.max(1, end), gantt.axisUnit(comparison.unit()), WIDTH);
      XYChart chart = new GanttChart(gantt, shown.get(i).label(), axis, left).chart();
      panels.add(new HeadingPanel(chart, i == 0));
      panels.add(new Picture.ChartPanel(chart));
      panels.add(new LegendPanel(chart));
    }
    return panels;
  }
}
