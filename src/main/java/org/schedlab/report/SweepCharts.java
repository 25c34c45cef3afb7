package org.schedlab.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.schedlab.scenario.Experiment.Factor;
import org.schedlab.statistics.Sample;

/**
 * The charts of a sweep: the main effect of each factor on each measure, and for each pair of
 * factors how the effect of one depends on the level of the other. Where factors do not interact
 * the lines are parallel.
 */
final class SweepCharts {
  private static final int WIDTH = RunReport.CHART_WIDTH;
  private static final int HEIGHT = 300;
  private static final int MOST_MEASURES = 4;
  private static final int MOST_COLUMNS = 4;

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_DOWN
  };

  private final SweepResults results;
  private final List<Factor> factors;

  SweepCharts(SweepResults results) {
    this.results = results;
    this.factors = results.experiment().factors();
  }

  /** Charts beside each other, each as wide as the others. */
  private record Row(List<CategoryChart> charts) implements Picture.Panel {
    @Override
    public int height() {
      return HEIGHT;
    }

    @Override
    public void paint(Graphics2D graphics) {
      graphics.setColor(Color.WHITE);
      graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
      for (int i = 0; i < charts.size(); i++) {
        CategoryChart chart = charts.get(i);
        graphics.translate(i * chart.getWidth(), 0);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.translate(-i * chart.getWidth(), 0);
      }
    }
  }

  /** Returns a row of charts for each of the first measures, a chart for each factor. */
  List<Picture.Panel> mainEffects() {
    List<Picture.Panel> panels = new ArrayList<>();
    panels.add(new HeadingPanel("Main effects — " + results.setting(), WIDTH, true));
    List<RunMeasure> measures = results.measures().stream().limit(MOST_MEASURES).toList();
    for (RunMeasure measure : measures) {
      for (int first = 0; first < factors.size(); first += MOST_COLUMNS) {
        List<CategoryChart> charts = new ArrayList<>();
        int last = Math.min(factors.size(), first + MOST_COLUMNS);
        for (int factor = first; factor < last; factor++) {
          charts.add(mainEffect(factor, measure, WIDTH / (last - first)));
        }
        panels.add(new Row(charts));
      }
    }
    return panels;
  }

  private CategoryChart mainEffect(int factor, RunMeasure measure, int width) {
    CategoryChart chart = chart(factor, measure, width);
    chart.getStyler().setLegendVisible(false);
    List<Sample> samples = new ArrayList<>();
    for (int level = 0; level < factors.get(factor).levels().size(); level++) {
      samples.add(results.marginal(factor, level, measure));
    }
    add(chart, factors.get(factor).name(), labels(factor), samples, 0);
    return chart;
  }

  /** Returns charts of the first measure for each pair of factors; none of a single factor. */
  List<Picture.Panel> interactions() {
    List<Picture.Panel> panels = new ArrayList<>();
    if (factors.size() < 2 || results.measures().isEmpty()) {
      return panels;
    }
    RunMeasure measure = results.measures().get(0);
    panels.add(
        new HeadingPanel(
            "Interactions, " + measure.label() + " — " + results.setting(), WIDTH, true));
    List<CategoryChart> row = new ArrayList<>();
    for (int factor = 0; factor < factors.size(); factor++) {
      for (int other = 0; other < factors.size(); other++) {
        if (other != factor) {
          row.add(interaction(factor, other, measure));
        }
        if (row.size() == 2) {
          panels.add(new Row(List.copyOf(row)));
          row.clear();
        }
      }
    }
    if (!row.isEmpty()) {
      panels.add(new Row(row));
    }
    return panels;
  }

  private CategoryChart interaction(int factor, int other, RunMeasure measure) {
    CategoryChart chart = chart(factor, measure, WIDTH / 2);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    for (int line = 0; line < factors.get(other).levels().size(); line++) {
      List<Sample> samples = new ArrayList<>();
      for (int level = 0; level < factors.get(factor).levels().size(); level++) {
        samples.add(results.marginal(factor, level, other, line, measure));
      }
      String name = factors.get(other).name() + " " + results.label(other, line);
      add(chart, name, labels(factor), samples, line);
    }
    return chart;
  }

  private List<String> labels(int factor) {
    return factors.get(factor).levels().stream().map(level -> level.label()).toList();
  }

  private CategoryChart chart(int factor, RunMeasure measure, int width) {
    CategoryChart chart = new CategoryChart(width, HEIGHT);
    ComparisonCharts.style(chart.getStyler());
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
    chart.getStyler().setMarkerSize(8);
    // Lines of one chart stand on the same levels, not beside each other as bars do.
    chart.getStyler().setOverlapped(true);
    chart.setXAxisTitle(factors.get(factor).name());
    String unit = measure.unit() == RunMeasure.Unit.TIME ? Decimals.symbol(results.unit()) : "";
    chart.setYAxisTitle(measure.label() + (unit.isEmpty() ? "" : " (" + unit + ")"));
    return chart;
  }

  private void add(
      CategoryChart chart, String name, List<String> labels, List<Sample> samples, int number) {
    List<Double> means = samples.stream().map(Sample::mean).toList();
    boolean intervals = results.experiment().replications() > 1;
    CategorySeries series;
    if (intervals) {
      double confidence = results.experiment().confidence();
      List<Double> halves = samples.stream().map(s -> s.halfWidth(confidence)).toList();
      series = chart.addSeries(name, labels, means, halves);
    } else {
      series = chart.addSeries(name, labels, means);
    }
    series.setLineColor(Palette.LINES.get(number % Palette.LINES.size()));
    series.setMarkerColor(Palette.LINES.get(number % Palette.LINES.size()));
    series.setMarker(MARKERS[number % MARKERS.length]);
    series.setLineStyle(SeriesLines.SOLID);
  }
}
