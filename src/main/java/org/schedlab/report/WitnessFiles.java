package org.schedlab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.schedlab.explore.FailureSearch;

/**
 * The files of schedules that fail, in the output folder of an exploration: a scenario for each
 * kind of failure, and the Gantt chart of its run.
 */
public final class WitnessFiles {
  private final Path folder;
  private final CompleteFiles files;

  /**
   * @param folder made if it is missing
   */
  public WitnessFiles(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    this.files = new CompleteFiles(folder);
  }

  /** Returns what the files of a kind are called, without extension. */
  public static String name(FailureSearch.Kind kind) {
    return switch (kind) {
      case ASSERT -> "witness-assert";
      case DEADLOCK -> "witness-deadlock";
    };
  }

  /** Removes what an earlier exploration has left: it would not be of this one. */
  public void clear() throws IOException {
    for (FailureSearch.Kind kind : FailureSearch.Kind.values()) {
      for (String extension : new String[] {".yaml", ".png", ".svg"}) {
        Files.deleteIfExists(folder.resolve(name(kind) + extension));
      }
    }
  }

  /** Writes a scenario; returns its path. */
  public Path writeScenario(FailureSearch.Kind kind, String text) throws IOException {
    files.text(name(kind) + ".yaml", out -> out.append(text));
    return folder.resolve(name(kind) + ".yaml");
  }

  /** Writes the chart of the run of a scenario. */
  public void writeChart(FailureSearch.Kind kind, RunReport report)
      throws IOException, ChartFailedException {
    GanttImages images = ChartTask.start(report.run(), Window.ALL, RunReport.CHART_WIDTH).images();
    files.file(name(kind) + ".png", out -> out.write(images.png()));
    files.file(name(kind) + ".svg", out -> out.write(images.svg()));
  }
}
