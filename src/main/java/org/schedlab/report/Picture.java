package org.schedlab.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts of one width under each other, as one picture. */
final class Picture {
  private final int width;
  private final List<Panel> panels;

  private Picture(int width, List<Panel> panels) {
    this.width = width;
    this.panels = List.copyOf(panels);
  }

  /** A part of a picture, as wide as all of it. */
  interface Panel {
    int height();

    void paint(Graphics2D graphics);
  }

  /** A chart of XChart. */
  record ChartPanel(Chart<?, ?> chart) implements Panel {
    @Override
    public int height() {
      return chart.getHeight();
    }

    @Override
    public void paint(Graphics2D graphics) {
      chart.paint(graphics, chart.getWidth(), chart.getHeight());
    }
  }

  /**
   * Returns the picture of a Gantt chart with those of memory and channels, if any, below.
   *
   * @param width in pixels
   */
  static Picture of(Run run, Gantt gantt, int width) {
    String title = run.scenario().name() + " — " + run.setting();
    TimeAxis axis = TimeAxis.of(gantt, run.unit(), width);
    int left = GanttChart.leftOf(gantt);
    boolean memory = MemoryCharts.exist(run);
    boolean channels = ChannelCharts.exist(run);
    if (memory || channels) {
      left = Math.max(left, MemoryCharts.LEFT);
    }
    List<XYChart> charts = new ArrayList<>();
    charts.add(new GanttChart(gantt, title, axis, left).chart());
    if (channels) {
      charts.addAll(new ChannelCharts(run, axis, left).charts());
    }
    if (memory) {
      charts.addAll(new MemoryCharts(run, axis, left).charts());
    }
    List<Panel> panels = new ArrayList<>();
    for (XYChart chart : charts) {
      panels.add(new HeadingPanel(chart, panels.isEmpty()));
      panels.add(new ChartPanel(chart));
      panels.add(new LegendPanel(chart));
    }
    return new Picture(width, panels);
  }

  /** Returns the picture of some panels. */
  static Picture of(List<Panel> panels) {
    return new Picture(RunReport.CHART_WIDTH, panels);
  }

  byte[] png() throws IOException {
    return png(image());
  }

  /** Returns the picture in pixels. */
  BufferedImage image() {
    int height = panels.stream().mapToInt(Panel::height).sum();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int top = 0;
    for (Panel panel : panels) {
      Graphics2D graphics = image.getSubimage(0, top, width, panel.height()).createGraphics();
      panel.paint(graphics);
      graphics.dispose();
      top += panel.height();
    }
    return image;
  }

  /** Returns the bytes of a PNG file. */
  static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    ImageIO.setUseCache(false);
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  byte[] svg() {
    List<SvgWriter.Part> parts = new ArrayList<>();
    for (Panel panel : panels) {
      VectorGraphics2D graphics = new VectorGraphics2D();
      panel.paint(graphics);
      parts.add(new SvgWriter.Part(graphics.getCommands(), panel.height()));
    }
    return SvgWriter.write(parts, width);
  }
}
