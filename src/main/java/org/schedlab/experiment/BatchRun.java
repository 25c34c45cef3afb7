package org.schedlab.experiment;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.schedlab.report.BatchRow;
import org.schedlab.report.BatchRow.Status;
import org.schedlab.report.ChartFailedException;
import org.schedlab.report.CompleteFiles;
import org.schedlab.report.IdealReport;
import org.schedlab.report.ModelComparison;
import org.schedlab.report.RunMeasure;
import org.schedlab.report.RunReport;
import org.schedlab.report.Window;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/**
 * Runs one scenario of a batch and writes its folder; whatever goes wrong becomes a row of the
 * summary and disturbs no other scenario.
 */
public final class BatchRun {
  /** What decides about a result: where these agree, it would come out the same again. */
  private static final List<String> DECIDING =
      List.of("schedlab", "scenario", "file", "sha256", "options", "charts");

  private final Path folder;
  private final Overrides overrides;
  private final boolean charts;
  private final boolean resume;
  private final String version;

  /** The overrides as the manifests name them. */
  private final String options;

  /**
   * @param folder in which each scenario gets a folder of its name
   * @param resume whether complete results of the same scenario, version and options stay
   */
  public BatchRun(
      Path folder, Overrides overrides, boolean charts, boolean resume, String version) {
    this.folder = folder;
    this.overrides = overrides;
    this.charts = charts;
    this.resume = resume;
    this.version = version;
    this.options = Manifest.options(overrides);
  }

  /** A scenario of a batch, by the name that its folder gets. */
  public record Entry(Path file, String name) {}

  /** What came of it, and what is to be told of it, a line each as compilers write theirs. */
  public record Result(BatchRow row, boolean reused, List<String> complaints) {}

  /** Runs one scenario, unless its result is there already. */
  public Result run(Entry entry) {
    ResultFolder own = new ResultFolder(folder, entry.name());
    try {
      byte[] content = Files.readAllBytes(entry.file());
      Manifest manifest = Manifest.of(version, entry.name(), entry.file(), content, options);
      manifest.put("charts", Boolean.toString(charts));
      Manifest before = resume ? own.manifest() : null;
      if (before != null && before.agrees(manifest, DECIDING)) {
        return new Result(row(entry, before), true, List.of());
      }
      own.clear();
      List<String> complaints = run(entry, content, own, manifest);
      own.complete();
      return new Result(row(entry, manifest), false, complaints);
    } catch (InvalidScenarioException e) {
      return invalid(entry, e);
    } catch (NoSuchFileException e) {
      return failed(entry, Status.INVALID, "there is no file " + e.getFile());
    } catch (IOException e) {
      return failed(entry, Status.INVALID, "cannot read or write: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return crashed(entry, e);
    } finally {
      abandon(own);
    }
  }

  /**
   * What is left of a result that did not come about is in nobody's way: the next run removes it.
   */
  private static void abandon(ResultFolder own) {
    try {
      own.abandon();
    } catch (IOException e) {
      // The next run tries again.
    }
  }

  /** Removes what is of no use once all scenarios are done. */
  public void finish() throws IOException {
    ResultFolder.tidy(folder);
  }

  private List<String> run(Entry entry, byte[] content, ResultFolder own, Manifest manifest)
      throws InvalidScenarioException, IOException {
    Scenario scenario = ScenarioReader.read(entry.file(), content, overrides);
    manifest.put("seed", Long.toString(scenario.seed()));
    manifest.put("policy", scenario.scheduler().policyName());
    manifest.put("time_unit", scenario.timeUnit().symbol());
    if (scenario.comparison() != null) {
      return compare(entry, scenario, own, manifest);
    }
    if (IdealTrial.isAsked(scenario)) {
      IdealReport ideal = IdealTrial.of(entry.file(), scenario);
      CompleteFiles files = own.begin();
      ideal.writeFolder(files.folder());
      ideal.measures().forEach((measure, value) -> put(manifest, measure, value));
      judge(manifest, ideal.failures());
      manifest.write(files);
      return ideal.failures();
    }
    RunReport report =
        charts
            ? Trial.run(entry.file(), scenario, Set.of())
            : Trial.measure(entry.file(), scenario);
    CompleteFiles files = own.begin();
    try {
      if (charts) {
        report.writeFolder(files, Window.ALL, RunReport.CHART_WIDTH);
      } else {
        report.writeFolder(files);
      }
    } catch (ChartFailedException e) {
      manifest.put("problem", e.getMessage());
    }
    report.measures().forEach((measure, value) -> put(manifest, measure, value));
    manifest.put("exit", report.exit());
    List<String> failures = report.failures();
    judge(manifest, failures);
    manifest.write(files);
    return report.complaints();
  }

  private static void put(Manifest manifest, RunMeasure measure, BigDecimal value) {
    manifest.put(measure.key(), value.toPlainString());
  }

  private List<String> compare(Entry entry, Scenario scenario, ResultFolder own, Manifest manifest)
      throws InvalidScenarioException, IOException {
    ModelComparison compared =
        new ModelTrial(entry.file(), overrides, scenario, scenario.comparison()).compare();
    CompleteFiles files = own.begin();
    try {
      compared.writeFolder(files.folder(), charts);
    } catch (ChartFailedException e) {
      manifest.put("problem", e.getMessage());
    }
    judge(manifest, compared.failures());
    manifest.write(files);
    return compared.failures().stream().map(line -> entry.file() + ": FAILED  " + line).toList();
  }

  private static void judge(Manifest manifest, List<String> failures) {
    manifest.put("status", (failures.isEmpty() ? Status.OK : Status.FAILED).label());
    if (!failures.isEmpty()) {
      manifest.put("problem", failures.get(0));
    }
  }

  private static BatchRow row(Entry entry, Manifest manifest) {
    return new BatchRow(
        entry.name(),
        manifest.get("file"),
        Status.of(manifest.get("status")),
        key -> manifest.get(key));
  }

  private Result invalid(Entry entry, InvalidScenarioException problem) {
    List<String> lines = problem.diagnostics().stream().map(BatchRun::text).toList();
    Diagnostic first = problem.diagnostics().get(0);
    boolean here = first.file().equals(entry.file().toString());
    String place = here ? first.place().substring(first.file().length()) : first.place();
    String where = place.startsWith(":") ? place.substring(1) : place;
    String text = where.isEmpty() ? first.message() : where + ": " + first.message();
    return new Result(row(entry, Status.INVALID, text), false, lines);
  }

  private static String text(Diagnostic diagnostic) {
    String snippet = diagnostic.snippet().isEmpty() ? "" : "\n" + diagnostic.snippet();
    return diagnostic.place() + ": " + diagnostic.message() + snippet;
  }

  private Result failed(Entry entry, Status status, String problem) {
    return new Result(row(entry, status, problem), false, List.of(entry.file() + ": " + problem));
  }

  /** A bug of the simulator: what is known of it is written down, and the batch goes on. */
  private Result crashed(Entry entry, Throwable bug) {
    Path own = folder.resolve(entry.name());
    StringWriter trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace, true));
    String problem = "internal error: " + bug;
    try {
      Files.createDirectories(own);
      new CompleteFiles(own)
          .text(
              "error.txt",
              out ->
                  out.append("Please report this with the scenario.\n")
                      .append("schedlab " + version + ", Java " + Runtime.version() + "\n")
                      .append(trace.toString().replace(System.lineSeparator(), "\n")));
      problem += "; see " + own.resolve("error.txt") + ", and please report it";
    } catch (IOException e) {
      problem += "; please report it";
    }
    return failed(entry, Status.CRASHED, problem);
  }

  private static BatchRow row(Entry entry, Status status, String problem) {
    String file = entry.file().toString().replace('\\', '/');
    return new BatchRow(entry.name(), file, status, key -> key.equals("problem") ? problem : null);
  }
}
