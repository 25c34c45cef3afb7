package org.schedlab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a run, complete or not there at all. */
final class ReportFolder {
  private static final String PNG = "gantt.png";
  private static final String SVG = "gantt.svg";

  private final Run run;
  private final Path folder;
  private final CompleteFiles files;

  /** Whether the folder may hold files of an earlier run. */
  private final boolean used;

  ReportFolder(Run run, Path folder) {
    this(run, new CompleteFiles(folder));
  }

  ReportFolder(Run run, CompleteFiles files) {
    this.run = run;
    this.folder = files.folder();
    this.files = files;
    this.used = files.isUsed();
  }

  private void file(String name, CompleteFiles.Content content) throws IOException {
    files.file(name, content);
  }

  private void text(String name, CompleteFiles.Text text) throws IOException {
    files.text(name, text);
  }

  /** Writes everything but charts; those of an earlier run would not be this run's. */
  void writeTables() throws IOException {
    data();
    dropCharts();
    text("report.md", out -> out.append(new MarkdownReport(run).page("")));
  }

  /** Writes everything; the charts are drawn meanwhile, for they take longest. */
  void writeAll(Window window, int width) throws IOException, ChartFailedException {
    ChartTask chart = ChartTask.start(run, window, width);
    data();
    GanttImages images;
    try {
      images = chart.images();
    } catch (ChartFailedException e) {
      dropCharts();
      text("report.md", out -> out.append(new MarkdownReport(run).page("")));
      throw e;
    }
    file(PNG, out -> out.write(images.png()));
    file(SVG, out -> out.write(images.svg()));
    text("report.md", out -> out.append(new MarkdownReport(run).page(PNG)));
  }

  private void dropCharts() throws IOException {
    drop(PNG);
    drop(SVG);
  }

  private void drop(String name) throws IOException {
    if (used) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  /** Writes a table, or removes that of an earlier run where this one has none. */
  private void table(String name, boolean exists, CompleteFiles.Text text) throws IOException {
    if (exists) {
      text(name, text);
    } else {
      drop(name);
    }
  }

  private void data() throws IOException {
    Files.createDirectories(folder.resolve("tables"));
    file("result.json", out -> ResultJson.write(run, out));
    CsvTables tables = new CsvTables(run);
    text("tables/threads.csv", tables::threads);
    text("tables/cpus.csv", tables::cpus);
    text("tables/switches.csv", tables::switches);
    text("tables/ledger.csv", tables::ledger);
    SummaryReport summary = new SummaryReport(run);
    table("tables/summary.csv", summary.exists(), summary::csv);
    boolean periodic = run.threads().anyMatch(run.tasks()::hasJobs);
    table("tables/jobs.csv", periodic, tables::jobs);
    MemoryCsv memory = new MemoryCsv(run);
    table("tables/memory.csv", run.processesWithMemory().findAny().isPresent(), memory::memory);
    table("tables/stacks.csv", run.threadsWithStacks().findAny().isPresent(), memory::stacks);
    table("tables/processes.csv", run.hasFamilies(), memory::processes);
    LockCsv locks = new LockCsv(run);
    table("tables/locks.csv", run.metrics().locks().count() > 0, locks::locks);
    boolean inverted = run.metrics().inversions().count() > 0;
    table("tables/inversions.csv", inverted, locks::inversions);
    boolean talked = !run.metrics().channels().all().isEmpty();
    table("tables/ipc.csv", talked, new ChannelCsv(run)::channels);
    CoroutineCsv coroutines = new CoroutineCsv(run);
    boolean cooperated = !run.metrics().coroutines().all().isEmpty();
    table("tables/coroutines.csv", cooperated, coroutines::coroutines);
    table("tables/event_loops.csv", cooperated, coroutines::loops);
    table("tables/timeline.csv", !run.metrics().timeline().isOmitted(), tables::timeline);
  }
}
