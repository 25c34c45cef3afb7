package org.schedlab.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.scenario.Scenario;

/**
 * One scenario under the real scheduler, with one thing changed from run to run, such as the
 * quantum: which of the runs fail.
 */
public final class Variations {
  private static final String PNG = "variations.png";
  private static final String SVG = "variations.svg";

  private final Scenario scenario;
  private final String what;
  private final List<Variation> runs = new ArrayList<>();

  /**
   * A run.
   *
   * @param value what the thing was, as the user wrote it
   * @param failure the first thing that went wrong, or null
   */
  record Variation(
      String value, long makespan, long lost, long pairs, String failure, String outcome) {
    boolean fails() {
      return failure != null;
    }
  }

  /**
   * @param scenario as it is without the changes
   * @param what is changed, such as {@code quantum}
   */
  public Variations(Scenario scenario, String what) {
    this.scenario = scenario;
    this.what = what;
  }

  /** Adds the run with a value. */
  public void add(String value, RunReport report) {
    List<SharedVariable> variables = SharedVariable.of(report.run());
    long lost = variables.stream().mapToLong(variable -> variable.use().lost()).sum();
    List<String> failures = report.failures();
    runs.add(
        new Variation(
            value,
            report.metrics().makespan(),
            lost,
            report.metrics().races().pairs(),
            failures.isEmpty() ? null : failures.get(0),
            report.run().ending().exit()));
  }

  List<Variation> runs() {
    return runs;
  }

  String what() {
    return what;
  }

  Scenario scenario() {
    return scenario;
  }

  /** Returns how many runs failed. */
  public long failing() {
    return runs.stream().filter(Variation::fails).count();
  }

  /** Returns in a sentence which values fail. */
  String sentence() {
    if (failing() == 0) {
      return "None of " + runs.size() + " runs fails.";
    }
    return failing()
        + " of "
        + runs.size()
        + " runs fail: with a "
        + what
        + " of "
        + failed()
        + ".";
  }

  /** Returns the values that fail, with those that follow each other as a range. */
  private String failed() {
    List<String> ranges = new ArrayList<>();
    for (int from = 0; from < runs.size(); from++) {
      int to = from;
      while (to < runs.size() && runs.get(to).fails()) {
        to++;
      }
      if (to > from) {
        String first = runs.get(from).value();
        ranges.add(to == from + 1 ? first : first + " to " + runs.get(to - 1).value());
        from = to;
      }
    }
    return String.join(", ", ranges);
  }

  Table table() {
    TimeStyle style =
        TimeStyle.of(scenario.timeUnit(), runs.stream().mapToLong(Variation::makespan));
    Table.Builder table =
        new Table.Builder(style.title("Under the scheduler"))
            .words(what)
            .words("result")
            .number("makespan")
            .number("lost updates")
            .number("racing pairs")
            .words("what went wrong first");
    for (Variation run : runs) {
      table.row(
          List.of(
              run.value(),
              run.fails() ? "FAILS" : "holds",
              style.time(run.makespan()),
              Long.toString(run.lost()),
              Long.toString(run.pairs()),
              run.fails() ? run.failure() : ""));
    }
    return table.note(sentence()).build();
  }

  /** Prints the table and which values fail. */
  public void printTerminal(Appendable out, boolean unicode) throws IOException {
    Glyphs glyphs = unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    out.append(glyphs.plain(scenario.name())).append(" by ").append(what).append("\n\n");
    out.append(table().toText(glyphs));
  }

  /** Writes all as JSON, in UTF-8, and leaves the stream open. */
  public void writeJson(OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new LinePrinter());
      json.writeStartObject();
      json.writeStringField("scenario", scenario.name());
      json.writeStringField("varied", what);
      json.writeStringField("time_unit", scenario.timeUnit().symbol());
      json.writeNumberField("runs_made", runs.size());
      json.writeNumberField("failing", failing());
      json.writeArrayFieldStart("runs");
      for (Variation run : runs) {
        json.writeStartObject();
        json.writeStringField(what, run.value());
        json.writeBooleanField("fails", run.fails());
        json.writeStringField("exit", run.outcome());
        json.writeFieldName("makespan");
        json.writeNumber(scenario.timeUnit().format(run.makespan()));
        json.writeNumberField("lost_updates", run.lost());
        json.writeNumberField("racing_pairs", run.pairs());
        json.writeStringField("failure", run.failure());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /**
   * Writes variations.json, variations.csv and the chart; each file under another name, and renamed
   * when it is complete.
   *
   * @throws ChartFailedException if the chart cannot be drawn here; the rest has been written then
   */
  public void writeFolder(Path folder, boolean charts) throws IOException, ChartFailedException {
    Files.createDirectories(folder);
    CompleteFiles files = new CompleteFiles(folder);
    files.file("variations.json", this::writeJson);
    files.text("variations.csv", this::csv);
    Files.deleteIfExists(folder.resolve(PNG));
    Files.deleteIfExists(folder.resolve(SVG));
    if (charts) {
      GanttImages images =
          ChartTask.start(List.<Picture.Panel>of(new VariationChart(this))).images();
      files.file(PNG, out -> out.write(images.png()));
      files.file(SVG, out -> out.write(images.svg()));
    }
  }

  private void csv(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord(
        what,
        "fails",
        "makespan_" + scenario.timeUnit().symbol(),
        "lost_updates",
        "racing_pairs",
        "failure");
    for (Variation run : runs) {
      csv.printRecord(
          run.value(),
          run.fails(),
          scenario.timeUnit().format(run.makespan()),
          run.lost(),
          run.pairs(),
          run.failure());
    }
  }
}
