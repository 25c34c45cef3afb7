package org.schedlab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.scenario.Experiment.Factor;
import org.schedlab.statistics.Sample;

/** The files of a sweep, complete or not there at all. */
final class SweepFolder {
  private static final List<String> CHARTS =
      List.of("main-effects.png", "main-effects.svg", "interactions.png", "interactions.svg");

  private final SweepResults results;
  private final Path folder;
  private final CompleteFiles files;

  SweepFolder(SweepResults results, Path folder) {
    this.results = results;
    this.folder = folder;
    this.files = new CompleteFiles(folder);
  }

  void write(boolean charts) throws IOException, ChartFailedException {
    Files.createDirectories(folder);
    files.text("results.csv", this::runs);
    files.text("summary.csv", this::summary);
    files.text("effects.csv", this::effects);
    for (String chart : CHARTS) {
      Files.deleteIfExists(folder.resolve(chart));
    }
    ChartFailedException failure = charts ? draw() : null;
    files.text("sweep.md", out -> out.append(page()));
    if (failure != null) {
      throw failure;
    }
  }

  private ChartFailedException draw() throws IOException {
    try {
      SweepCharts charts = new SweepCharts(results);
      write("main-effects", charts.mainEffects());
      write("interactions", charts.interactions());
      return null;
    } catch (ChartFailedException e) {
      return e;
    }
  }

  private void write(String name, List<Picture.Panel> panels)
      throws IOException, ChartFailedException {
    if (panels.isEmpty()) {
      return;
    }
    GanttImages images = ChartTask.start(panels).images();
    files.file(name + ".png", out -> out.write(images.png()));
    files.file(name + ".svg", out -> out.write(images.svg()));
  }

  private List<Factor> factors() {
    return results.experiment().factors();
  }

  private List<Object> levels(int combination) {
    List<Object> row = new ArrayList<>();
    int[] levels = results.levels(combination);
    for (int factor = 0; factor < levels.length; factor++) {
      row.add(results.label(factor, levels[factor]));
    }
    return row;
  }

  private void runs(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    List<Object> header = new ArrayList<>(factors().stream().map(Factor::name).toList());
    header.addAll(List.of("replication", "seed", "measure", "value", "unit"));
    csv.printRecord(header);
    for (int combination = 0; combination < results.combinations(); combination++) {
      for (int i = 0; i < results.experiment().replications(); i++) {
        for (RunMeasure measure : results.measures()) {
          List<Object> row = levels(combination);
          row.add(i);
          row.add(results.seed(i));
          row.add(measure.key());
          row.add(Decimals.plain(results.run(combination, i).get(measure)));
          row.add(unit(measure));
          csv.printRecord(row);
        }
      }
    }
  }

  private String unit(RunMeasure measure) {
    return switch (measure.unit()) {
      case TIME -> results.unit().symbol();
      case PER_SECOND -> "1/s";
      case RATIO, COUNT -> "";
    };
  }

  private void summary(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    List<Object> header = new ArrayList<>(factors().stream().map(Factor::name).toList());
    header.addAll(List.of("measure", "unit", "n", "mean", "sd", "half_width"));
    csv.printRecord(header);
    for (int combination = 0; combination < results.combinations(); combination++) {
      for (RunMeasure measure : results.measures()) {
        List<Object> row = levels(combination);
        row.add(measure.key());
        row.add(unit(measure));
        add(row, results.sample(combination, measure));
        csv.printRecord(row);
      }
    }
  }

  private void add(List<Object> row, Sample sample) {
    row.add(sample.count());
    row.add(Intervals.exact(sample.mean()));
    row.add(Intervals.exact(sample.deviation()));
    row.add(Intervals.exact(sample.halfWidth(results.experiment().confidence())));
  }

  private void effects(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord(
        "factor",
        "level",
        "other_factor",
        "other_level",
        "measure",
        "unit",
        "n",
        "mean",
        "sd",
        "half_width");
    for (int factor = 0; factor < factors().size(); factor++) {
      for (int level = 0; level < factors().get(factor).levels().size(); level++) {
        for (RunMeasure measure : results.measures()) {
          List<Object> row = new ArrayList<>();
          row.add(factors().get(factor).name());
          row.add(results.label(factor, level));
          row.add(null);
          row.add(null);
          row.add(measure.key());
          row.add(unit(measure));
          add(row, results.marginal(factor, level, measure));
          csv.printRecord(row);
        }
      }
    }
    for (int factor = 0; factor < factors().size(); factor++) {
      for (int other = factor + 1; other < factors().size(); other++) {
        interactions(csv, factor, other);
      }
    }
  }

  private void interactions(CSVPrinter csv, int factor, int other) throws IOException {
    for (int level = 0; level < factors().get(factor).levels().size(); level++) {
      for (int otherLevel = 0; otherLevel < factors().get(other).levels().size(); otherLevel++) {
        for (RunMeasure measure : results.measures()) {
          List<Object> row = new ArrayList<>();
          row.add(factors().get(factor).name());
          row.add(results.label(factor, level));
          row.add(factors().get(other).name());
          row.add(results.label(other, otherLevel));
          row.add(measure.key());
          row.add(unit(measure));
          add(row, results.marginal(factor, level, other, otherLevel, measure));
          csv.printRecord(row);
        }
      }
    }
  }

  private String page() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(Markdown.escaped(results.experiment().name())).append("\n\n");
    if (!results.experiment().description().isEmpty()) {
      text.append(results.experiment().description().strip()).append("\n\n");
    }
    text.append(Markdown.escaped(results.setting())).append(".\n\n");
    for (String chart : List.of("main-effects", "interactions")) {
      if (Files.exists(folder.resolve(chart + ".png"))) {
        text.append("![").append(chart).append("](").append(chart).append(".png)\n\n");
      }
    }
    for (Table table : new SweepTables(results).all(Integer.MAX_VALUE)) {
      text.append(table.toMarkdown());
    }
    return text.toString().stripTrailing() + "\n";
  }
}
