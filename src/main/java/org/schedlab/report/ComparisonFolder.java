package org.schedlab.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.report.RunComparison.Alternative;

/** The files of a comparison, complete or not there at all. */
final class ComparisonFolder {
  private static final List<String> CHARTS =
      List.of("comparison.png", "comparison.svg", "gantt.png", "gantt.svg");

  private final RunComparison comparison;
  private final Path folder;
  private final CompleteFiles files;

  ComparisonFolder(RunComparison comparison, Path folder) {
    this.comparison = comparison;
    this.folder = folder;
    this.files = new CompleteFiles(folder);
  }

  void write(boolean charts) throws IOException, ChartFailedException {
    Files.createDirectories(folder);
    files.file("comparison.json", comparison::writeJson);
    files.text("comparison.csv", this::csv);
    for (String chart : CHARTS) {
      Files.deleteIfExists(folder.resolve(chart));
    }
    ChartFailedException failure = charts ? draw() : null;
    files.text("comparison.md", out -> out.append(page()));
    Set<String> taken = new HashSet<>();
    for (Alternative alternative :
        comparison.alternatives().stream().filter(a -> a.first() != null).toList()) {
      alternative.first().writeFolder(folder.resolve(folderName(alternative.label(), taken)));
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Returns a name for an alternative's folder: its label, with what no folder can have as _. */
  private static String folderName(String label, Set<String> taken) {
    String name = label.replaceAll("[^\\p{L}\\p{N}=.+-]+", "_").replaceAll("^[._]+|_+$", "");
    String free = name.isEmpty() ? "alternative" : name;
    for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private ChartFailedException draw() throws IOException {
    try {
      ComparisonCharts charts = new ComparisonCharts(comparison);
      write("comparison", ChartTask.start(charts.panels()).images());
      List<Picture.Panel> gantts = charts.gantts();
      if (!gantts.isEmpty()) {
        write("gantt", ChartTask.start(gantts).images());
      }
      return null;
    } catch (ChartFailedException e) {
      return e;
    }
  }

  private void write(String name, GanttImages images) throws IOException {
    files.file(name + ".png", out -> out.write(images.png()));
    files.file(name + ".svg", out -> out.write(images.svg()));
  }

  private void csv(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord("alternative", "replication", "seed", "measure", "value", "unit");
    for (Alternative alternative : comparison.alternatives()) {
      for (int i = 0; i < alternative.runs().size(); i++) {
        for (Map.Entry<RunMeasure, BigDecimal> value : alternative.runs().get(i).entrySet()) {
          csv.printRecord(
              alternative.label(),
              i,
              comparison.seed(i),
              value.getKey().key(),
              Decimals.plain(value.getValue()),
              unit(value.getKey()));
        }
      }
    }
  }

  private String unit(RunMeasure measure) {
    return switch (measure.unit()) {
      case TIME -> comparison.unit().symbol();
      case PER_SECOND -> "1/s";
      case RATIO, COUNT -> "";
    };
  }

  private String page() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(Markdown.escaped(comparison.scenario().name())).append("\n\n");
    String description = comparison.scenario().description();
    if (!description.isEmpty()) {
      text.append(description.strip()).append("\n\n");
    }
    text.append(Markdown.escaped(comparison.setting())).append(".\n\n");
    ComparisonTables tables = new ComparisonTables(comparison);
    list(text, "Failed", comparison.failures());
    list(text, "In words", tables.sentences());
    if (Files.exists(folder.resolve("comparison.png"))) {
      text.append("![Comparison](comparison.png)\n\n");
    }
    for (Table table : tables.all()) {
      text.append(table.toMarkdown());
    }
    if (Files.exists(folder.resolve("gantt.png"))) {
      text.append("![Gantt charts](gantt.png)\n\n");
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
