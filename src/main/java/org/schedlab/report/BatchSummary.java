package org.schedlab.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.report.BatchRow.Status;

/** What came of a batch: a row for each scenario, in the order in which they were given. */
public final class BatchSummary {
  /** How many rows the terminal shows; those with problems first. */
  private static final int ROWS = 40;

  private final List<BatchRow> rows = new ArrayList<>();

  public void add(BatchRow row) {
    rows.add(row);
  }

  /** Returns how many scenarios have a status. */
  public long count(Status status) {
    return rows.stream().filter(row -> row.status() == status).count();
  }

  /** Returns in a sentence how many scenarios came to what. */
  public String sentence() {
    StringBuilder text = new StringBuilder();
    text.append(rows.size()).append(rows.size() == 1 ? " scenario: " : " scenarios: ");
    List<String> parts = new ArrayList<>();
    for (Status status : Status.values()) {
      if (count(status) > 0 || status == Status.OK) {
        parts.add(count(status) + " " + status.label());
      }
    }
    return text.append(String.join(", ", parts)).append(".").toString();
  }

  /** Writes summary.csv and summary.md, each under another name, and renamed when complete. */
  public void writeFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    CompleteFiles files = new CompleteFiles(folder);
    files.text("summary.csv", this::csv);
    files.text(
        "summary.md",
        out ->
            out.append("# Batch\n\n")
                .append(sentence())
                .append("\n\n")
                .append(table(rows, Integer.MAX_VALUE).toMarkdown().stripTrailing())
                .append("\n"));
  }

  private void csv(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    List<String> headers = new ArrayList<>(List.of("scenario", "file", "status"));
    headers.addAll(BatchRow.COLUMNS);
    csv.printRecord(headers);
    for (BatchRow row : rows) {
      List<String> cells = new ArrayList<>(List.of(row.name(), row.file(), row.status().label()));
      BatchRow.COLUMNS.forEach(column -> cells.add(row.value(column)));
      csv.printRecord(cells);
    }
  }

  /** Prints the rows, or where they are many those with problems and the first others. */
  public void printTerminal(Appendable out, boolean unicode) throws IOException {
    List<BatchRow> shown = new ArrayList<>(rows);
    if (rows.size() > ROWS) {
      shown.removeIf(row -> row.status() == Status.OK);
      rows.stream().filter(row -> row.status() == Status.OK).limit(ROWS).forEach(shown::add);
    }
    Glyphs glyphs = unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    out.append(table(shown, ROWS).toText(glyphs));
  }

  private Table table(List<BatchRow> of, int most) {
    Table.Builder table =
        new Table.Builder("Batch")
            .words("scenario")
            .words("status")
            .words("policy")
            .words("exit")
            .number("makespan")
            .number("turnaround")
            .number("response")
            .number("waiting")
            .number("switches")
            .words("unit")
            .words("problem");
    for (BatchRow row : of.subList(0, Math.min(most, of.size()))) {
      table.row(
          List.of(
              row.name(),
              row.status().label(),
              word(row, "policy"),
              word(row, "exit"),
              number(row, "makespan"),
              number(row, "turnaround"),
              number(row, "response"),
              number(row, "waiting"),
              number(row, "switches"),
              word(row, "time_unit"),
              word(row, "problem")));
    }
    String more = rows.size() > most ? "\n" + (rows.size() - most) + " more in summary.csv." : "";
    return table.note(sentence() + more).build();
  }

  private static String word(BatchRow row, String column) {
    String value = row.value(column);
    return value == null ? "" : value;
  }

  private static String number(BatchRow row, String column) {
    String value = row.value(column);
    return value == null
        ? ""
        : Decimals.plain(new BigDecimal(value).setScale(3, RoundingMode.HALF_EVEN));
  }
}
