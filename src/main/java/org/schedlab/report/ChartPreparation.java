package org.schedlab.report;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * Loads what drawing needs (fonts, XChart, encoders) beside what is done before there is something
 * to draw: that takes longer than all else in the run of a small scenario. It does so by drawing a
 * chart that nobody sees.
 */
public final class ChartPreparation {
  private static final int SIZE = 100;

  private static FutureTask<Void> begun;

  private ChartPreparation() {}

  /** Begins, unless that has been done. */
  public static synchronized void begin() {
    if (begun != null) {
      return;
    }
    System.setProperty("java.awt.headless", "true");
    begun = new FutureTask<>(ChartPreparation::draw, null);
    Thread thread = new Thread(begun, "chart preparation");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits until nothing is being loaded any more: Java can give two threads that look up fonts at
   * once different ones for the same name.
   */
  static void await() {
    FutureTask<Void> running;
    synchronized (ChartPreparation.class) {
      running = begun;
    }
    if (running == null) {
      return;
    }
    try {
      running.get();
    } catch (ExecutionException e) {
      // Whoever draws comes to the same and says it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void draw() {
    XYChart chart = new XYChart(SIZE, SIZE);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setChartTitleVisible(false);
    XYSeries area = chart.addSeries("area", new double[] {0, 1, 1, 0}, new double[] {0, 0, 1, 1});
    area.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    chart
        .addSeries("points", new double[] {0, 1}, new double[] {0, 1})
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    Picture picture =
        Picture.of(
            List.of(
                new HeadingPanel(chart, true),
                new Picture.ChartPanel(chart),
                new LegendPanel(chart)));
    try {
      Picture.png(picture.image());
    } catch (IOException e) {
      throw new IllegalStateException("pictures are written to memory", e);
    }
    picture.svg();
  }
}
