package org.schedlab.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Draws a chart as PNG and as SVG, each in a thread of its own: most of it is class loading. */
final class ChartTask {
  /** How many threads a picture shows. */
  private static final int LANES = 40;

  private final FutureTask<byte[]> png;
  private final FutureTask<byte[]> svg;

  private ChartTask(Callable<byte[]> png, Callable<byte[]> svg) {
    this.png = new FutureTask<>(png);
    this.svg = new FutureTask<>(svg);
  }

  /** Begins to draw; {@link #images} waits for the result. */
  static ChartTask start(Run run, Window window, int width) {
    // Drawing into memory needs no display, and must not look for one.
    System.setProperty("java.awt.headless", "true");
    Gantt gantt = GanttChart.fitted(GanttLanes.of(run, window, LANES));
    ChartTask task =
        new ChartTask(
            () -> Picture.of(run, gantt, width).png(), () -> Picture.of(run, gantt, width).svg());
    launch(task.png, "chart-png");
    launch(task.svg, "chart-svg");
    return task;
  }

  /** Begins to draw some panels under each other. */
  static ChartTask start(List<Picture.Panel> panels) {
    System.setProperty("java.awt.headless", "true");
    ChartTask task = new ChartTask(() -> Picture.of(panels).png(), () -> Picture.of(panels).svg());
    launch(task.png, "chart-png");
    launch(task.svg, "chart-svg");
    return task;
  }

  private static void launch(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  GanttImages images() throws ChartFailedException {
    return new GanttImages(result(png), result(svg));
  }

  private static byte[] result(FutureTask<byte[]> task) throws ChartFailedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChartFailedException("drawing the chart was interrupted", e);
    }
  }

  /**
   * Java has no exception for missing fonts; which Error it throws instead depends on its version.
   */
  private static ChartFailedException failure(Throwable cause) {
    if (cause instanceof OutOfMemoryError error) {
      throw error;
    }
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 12)
          .getStringBounds("x", new FontRenderContext(null, true, true));
    } catch (Error | RuntimeException noFonts) {
      return new ChartFailedException(
          "no fonts are installed, so no chart was drawn; on Debian: apt-get install fontconfig"
              + " libfreetype6 fonts-dejavu-core",
          noFonts);
    }
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    if (cause instanceof Error bug) {
      throw bug;
    }
    return new ChartFailedException("the chart could not be drawn: " + cause.getMessage(), cause);
  }
}
