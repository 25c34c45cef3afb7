package org.schedlab.report;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.schedlab.metrics.RunMetrics;

/** What people see of one run, in every form. */
public final class RunReport {
  /** How wide charts are unless somebody asks for another width, in pixels. */
  public static final int CHART_WIDTH = 1400;

  private final Run run;

  RunReport(Run run) {
    this.run = run;
  }

  Run run() {
    return run;
  }

  /**
   * Returns the numbers by which the run is compared with others: times in the scenario's unit,
   * rounded half-even to nine places; without those that it has none of.
   */
  public Map<RunMeasure, BigDecimal> measures() {
    return RunMeasures.of(run);
  }

  /** Returns how the run ended: {@code completed}, {@code until} or {@code stuck}. */
  public String exit() {
    return run.ending().exit();
  }

  /** Returns what was measured. */
  public RunMetrics metrics() {
    return run.metrics();
  }

  /**
   * Returns what the scenario checks and did not hold, a line each: failed asserts, a {@code final}
   * that was false or could not be checked for stuck threads, results other than expected;
   * deadlocks and threads that nothing will ever wake, or that an expected deadlock did not come
   * about. Empty means success.
   */
  public List<String> failures() {
    return Verdict.failures(run);
  }

  /**
   * Returns what else went wrong in the simulated programs: faults, failed operations, lost errors.
   */
  public List<String> warnings() {
    return Verdict.warnings(run);
  }

  /**
   * Returns all of {@link #failures} and {@link #warnings}, and what could not be checked, each
   * line as compilers write theirs: {@code FILE:LINE:COLUMN: FAILED what}.
   */
  public List<String> complaints() {
    return Verdict.complaints(run);
  }

  /** Returns the stated results that did not come about. */
  public List<UnmetExpectation> unmetExpectations() {
    return run.unmet();
  }

  /**
   * Prints title, failures, Gantt chart and tables.
   *
   * @param width the terminal's, in characters; the chart keeps within it
   * @param unicode false for terminals that know ASCII only
   */
  public void printTerminal(Appendable out, int width, boolean unicode) throws IOException {
    printTerminal(out, width, unicode, Window.ALL);
  }

  /**
   * Prints title, failures, the Gantt chart of a part of the run, and the tables of all of it.
   *
   * @param width the terminal's, in characters; the chart keeps within it
   * @param unicode false for terminals that know ASCII only
   */
  public void printTerminal(Appendable out, int width, boolean unicode, Window window)
      throws IOException {
    Glyphs glyphs = unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    new TerminalReport(run, window, width, glyphs).print(out);
  }

  /** Writes result.json as UTF-8 and leaves the stream open. */
  public void writeJson(OutputStream out) throws IOException {
    ResultJson.write(run, out);
  }

  /**
   * Writes result.json, report.md and the tables into a folder, which is made if it is missing.
   * Every file is written under another name and renamed when it is complete.
   */
  public void writeFolder(Path folder) throws IOException {
    writeFolder(new CompleteFiles(folder));
  }

  /** Writes what {@link #writeFolder(Path)} writes into the folder of these files. */
  public void writeFolder(CompleteFiles files) throws IOException {
    new ReportFolder(run, files).writeTables();
  }

  /**
   * Writes what {@link #writeFolder(Path)} writes, and the Gantt chart as {@code gantt.png} and
   * {@code gantt.svg}.
   *
   * @param width of the chart, in pixels
   * @throws ChartFailedException if the chart cannot be drawn on this machine; everything else has
   *     been written then
   */
  public void writeFolder(Path folder, Window window, int width)
      throws IOException, ChartFailedException {
    writeFolder(new CompleteFiles(folder), window, width);
  }

  /** Writes what {@link #writeFolder(Path, Window, int)} writes into the folder of these files. */
  public void writeFolder(CompleteFiles files, Window window, int width)
      throws IOException, ChartFailedException {
    new ReportFolder(run, files).writeAll(window, width);
  }
}
