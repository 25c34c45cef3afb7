package org.schedlab.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Draws a chart as PNG and as SVG, in one thread beside the one that writes the tables.
 *
 * <p>Not in two: Java looks up its fonts when they are first used, and two threads that do so at
 * once can be given different ones for the same name. Only turning pixels into a PNG file, for
 * which no font is needed, is done beside drawing the SVG.
 */
final class ChartTask {
  /** How many threads a picture shows. */
  private static final int LANES = 40;

  private final FutureTask<GanttImages> images;

  private ChartTask(Callable<Picture> picture) {
    // Drawing into memory needs no display, and must not look for one.
    System.setProperty("java.awt.headless", "true");
    images =
        new FutureTask<>(
            () -> {
              ChartPreparation.await();
              Picture drawn = picture.call();
              BufferedImage image = drawn.image();
              FutureTask<byte[]> png = new FutureTask<>(() -> Picture.png(image));
              start(png, "chart encoder");
              byte[] svg = drawn.svg();
              return new GanttImages(png.get(), svg);
            });
    start(images, "chart");
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins to draw; {@link #images} waits for the result. */
  static ChartTask start(Run run, Window window, int width) {
    Gantt gantt = GanttChart.fitted(GanttLanes.of(run, window, LANES));
    return new ChartTask(() -> Picture.of(run, gantt, width));
  }

  /** Begins to draw some panels under each other. */
  static ChartTask start(List<Picture.Panel> panels) {
    return new ChartTask(() -> Picture.of(panels));
  }

  GanttImages images() throws ChartFailedException {
    try {
      return images.get();
    } catch (ExecutionException e) {
      boolean encoding = e.getCause() instanceof ExecutionException;
      throw failure(encoding ? e.getCause().getCause() : e.getCause());
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
