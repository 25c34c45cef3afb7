package org.schedlab.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.scenario.Measure;

/** The files of a comparison, complete or not there at all. */
final class ModelFolder {
  private static final String PNG = "models.png";
  private static final String SVG = "models.svg";

  private final ModelComparison comparison;
  private final Path folder;
  private final CompleteFiles files;

  ModelFolder(ModelComparison comparison, Path folder) {
    this.comparison = comparison;
    this.folder = folder;
    this.files = new CompleteFiles(folder);
  }

  void write(boolean charts) throws IOException, ChartFailedException {
    Files.createDirectories(folder);
    files.file("models.json", comparison::writeJson);
    files.text("models.csv", this::csv);
    Files.deleteIfExists(folder.resolve(PNG));
    Files.deleteIfExists(folder.resolve(SVG));
    ChartFailedException failure = charts ? draw() : null;
    boolean drawn = charts && failure == null;
    files.text("models.md", out -> out.append(page(drawn)));
    for (ModelRun run : comparison.runs()) {
      if (run.count() == comparison.runs().get(0).count()) {
        writeRun(run, drawn);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void writeRun(ModelRun run, boolean charts) throws IOException, ChartFailedException {
    Path own = folder.resolve(run.model().key());
    if (charts) {
      run.report().writeFolder(own, Window.ALL, RunReport.CHART_WIDTH);
    } else {
      run.report().writeFolder(own);
    }
  }

  /** Draws the charts; returns why that cannot be done here, or null. */
  private ChartFailedException draw() throws IOException {
    try {
      ChartPreparation.await();
      GanttImages images = ChartTask.start(new ModelCharts(comparison).panels()).images();
      files.file(PNG, out -> out.write(images.png()));
      files.file(SVG, out -> out.write(images.svg()));
      return null;
    } catch (ChartFailedException e) {
      return e;
    }
  }

  private void csv(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord("model", "count", "measure", "value", "unit");
    for (ModelRun run : comparison.runs()) {
      for (Measure measure : Measure.values()) {
        BigDecimal value = comparison.inUnits(run.model(), run.count(), measure);
        csv.printRecord(
            run.model().key(),
            run.count() == 0 ? null : run.count(),
            measure.key(),
            value == null ? null : Decimals.plain(value),
            unit(measure));
      }
    }
  }

  private String unit(Measure measure) {
    return switch (measure.unit()) {
      case COUNT -> "";
      case TIME -> comparison.scenario().timeUnit().symbol();
      case PER_SECOND -> "1/s";
      case PERCENT -> "%";
      case BYTES -> "B";
    };
  }

  private String page(boolean drawn) {
    StringBuilder text = new StringBuilder();
    String name = Markdown.escaped(comparison.scenario().name());
    text.append("# ").append(name).append(" by execution models\n\n");
    String description = comparison.scenario().description();
    if (!description.isEmpty()) {
      text.append(description.strip()).append("\n\n");
    }
    text.append(Markdown.escaped(comparison.setting())).append(".\n\n");
    list(text, "Failed", comparison.failures());
    list(text, "Warnings", comparison.warnings());
    if (drawn) {
      text.append("![Comparison](").append(PNG).append(")\n\n");
    }
    for (Table table : new ModelTable(comparison).tables()) {
      text.append(table.toMarkdown());
    }
    if (comparison.isSweep()) {
      list(text, "Who is ahead", new ModelWinners(comparison).sentences());
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static void list(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append("## ").append(title).append("\n\n");
      lines.forEach(line -> text.append("- ").append(Markdown.escaped(line)).append('\n'));
      text.append('\n');
    }
  }
}
