package org.schedlab.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.schedlab.metrics.GroupTimes;
import org.schedlab.metrics.JobStatistic;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.Scenario;

/**
 * What people see of an ideal: it is computed, not run, and says so everywhere. There is no chart,
 * for no CPU ever has one thread.
 */
public final class IdealReport {
  private static final String MARK =
      "An ideal: computed, not run. All ready threads run at once and share the CPUs equally.";

  private final Scenario scenario;
  private final long makespan;
  private final boolean completed;
  private final List<Task> tasks;
  private final List<String> failed;

  /**
   * A thread's times in nanoseconds; {@link TaskTimes#NEVER} for what has not come about.
   *
   * @param counted false for the first jobs of a workload, which warm up
   */
  public record Task(
      String name,
      String process,
      long arrival,
      long start,
      long finish,
      long running,
      long blocked,
      long waiting,
      boolean counted) {
    long turnaround() {
      return finish == TaskTimes.NEVER ? TaskTimes.NEVER : finish - arrival;
    }

    long response() {
      return start == TaskTimes.NEVER ? TaskTimes.NEVER : start - arrival;
    }
  }

  /** A time of a thread, with its key in result.json. */
  private record Field(String key, boolean duration, ToLongFunction<Task> of) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("arrival", false, Task::arrival),
          new Field("start", false, Task::start),
          new Field("finish", false, Task::finish),
          new Field("turnaround", true, Task::turnaround),
          new Field("waiting", true, Task::waiting),
          new Field("response", true, Task::response),
          new Field("running", true, Task::running),
          new Field("blocked", true, Task::blocked));

  /**
   * @param failedAsserts a line each
   */
  public IdealReport(
      Scenario scenario,
      long makespan,
      boolean completed,
      List<Task> tasks,
      List<String> failedAsserts) {
    this.scenario = scenario;
    this.makespan = makespan;
    this.completed = completed;
    this.tasks = List.copyOf(tasks);
    this.failed = new ArrayList<>(failedAsserts);
    scenario.expectations().forEach(this::check);
  }

  /**
   * Returns the numbers by which it is compared with runs: those of the threads that are counted
   * and have ended. It has no context switches, and none to spare for anything else.
   */
  public Map<RunMeasure, BigDecimal> measures() {
    Map<RunMeasure, BigDecimal> measures = new EnumMap<>(RunMeasure.class);
    JobStatistic turnaround = turnaround();
    long nanos = scenario.timeUnit().nanos();
    add(measures, turnaround, RunMeasure.TURNAROUND, nanos);
    quantile(measures, turnaround, RunMeasure.TURNAROUND_P95, 950, nanos);
    quantile(measures, turnaround, RunMeasure.TURNAROUND_P99, 990, nanos);
    JobStatistic response = statistic(Task::response);
    add(measures, response, RunMeasure.RESPONSE, nanos);
    quantile(measures, response, RunMeasure.RESPONSE_P95, 950, nanos);
    quantile(measures, response, RunMeasure.RESPONSE_P99, 990, nanos);
    add(measures, statistic(Task::waiting), RunMeasure.WAITING, nanos);
    JobStatistic slowdown =
        statistic(
            task ->
                task.running() == 0
                    ? TaskTimes.NEVER
                    : GroupTimes.scaledRatio(task.turnaround(), task.running()));
    add(measures, slowdown, RunMeasure.SLOWDOWN, GroupTimes.SLOWDOWN_SCALE);
    quantile(measures, slowdown, RunMeasure.SLOWDOWN_P99, 990, GroupTimes.SLOWDOWN_SCALE);
    measures.put(RunMeasure.MAKESPAN, new BigDecimal(exact(makespan)));
    return measures;
  }

  /** Returns the turnaround of the threads that are counted and have ended. */
  JobStatistic turnaround() {
    return statistic(Task::turnaround);
  }

  private JobStatistic statistic(ToLongFunction<Task> of) {
    JobStatistic statistic = new JobStatistic();
    tasks.stream()
        .filter(task -> task.counted() && task.finish() != TaskTimes.NEVER)
        .mapToLong(of)
        .filter(value -> value != TaskTimes.NEVER)
        .forEach(statistic::add);
    return statistic;
  }

  private static void add(
      Map<RunMeasure, BigDecimal> measures, JobStatistic of, RunMeasure measure, long scale) {
    if (of.count() > 0) {
      Averages.Mean mean = new Averages.Mean(of.sum(), of.count());
      measures.put(measure, new BigDecimal(mean.in(scale, Decimals.STATISTIC_PLACES)));
    }
  }

  private static void quantile(
      Map<RunMeasure, BigDecimal> measures,
      JobStatistic of,
      RunMeasure measure,
      int thousandths,
      long scale) {
    if (of.count() > 0) {
      BigDecimal value = BigDecimal.valueOf(of.quantile(thousandths));
      measures.put(measure, value.divide(BigDecimal.valueOf(scale)));
    }
  }

  /** Returns what was to hold and does not, a line each. */
  public List<String> failures() {
    return List.copyOf(failed);
  }

  private void check(Scenario.Expectation expectation) {
    String actual = actual(expectation);
    String expected = String.valueOf(expectation.expected());
    if (!actual.equals(expected) && !equalNumbers(actual, expected)) {
      String subject = expectation.subject().isEmpty() ? "" : expectation.subject() + " ";
      failed.add(
          scenario.file()
              + ":"
              + expectation.location().line()
              + ":"
              + expectation.location().column()
              + ": "
              + subject
              + expectation.field()
              + ": expected "
              + expected
              + ", actual "
              + actual);
    }
  }

  private static boolean equalNumbers(String actual, String expected) {
    try {
      return new BigDecimal(actual).compareTo(new BigDecimal(expected)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private String actual(Scenario.Expectation expectation) {
    String subject = expectation.subject();
    String name = expectation.field();
    if (subject.isEmpty()) {
      return switch (name) {
        case "makespan" -> exact(makespan);
        case "exit" -> exit();
        default -> "an ideal has no such result";
      };
    }
    Optional<Field> field = FIELDS.stream().filter(f -> f.key().equals(name)).findFirst();
    if (field.isEmpty()) {
      return "an ideal has no such result";
    }
    if (subject.equals("average")) {
      return average(field.get(), places(expectation.expected()));
    }
    return tasks.stream()
        .filter(task -> task.name().equals(subject))
        .findFirst()
        .map(task -> exact(field.get().of().applyAsLong(task)))
        .orElse("no task has this name");
  }

  private static int places(String expected) {
    try {
      return expected == null ? 0 : Math.max(0, new BigDecimal(expected).scale());
    } catch (NumberFormatException e) {
      return Decimals.STATISTIC_PLACES;
    }
  }

  private String average(Field field, int places) {
    return mean(field).map(mean -> mean.in(scenario.timeUnit().nanos(), places)).orElse("null");
  }

  private Optional<Averages.Mean> mean(Field field) {
    return Averages.of(tasks.stream().mapToLong(field.of()));
  }

  private String exact(long time) {
    return time == TaskTimes.NEVER ? "null" : scenario.timeUnit().format(time);
  }

  private String exit() {
    return completed ? "completed" : "until";
  }

  private String title() {
    int cpus = scenario.machine().cpus();
    return "processor sharing, " + cpus + (cpus == 1 ? " CPU" : " CPUs");
  }

  /** Prints title, failures and the table of threads. */
  public void printTerminal(Appendable out, boolean unicode) throws IOException {
    Glyphs glyphs = unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    out.append(glyphs.plain(scenario.name() + " · " + title())).append('\n');
    out.append(MARK).append('\n');
    for (String line : failed) {
      out.append("FAILED  ").append(glyphs.plain(line)).append('\n');
    }
    out.append('\n').append(table().toText(glyphs));
  }

  private Table table() {
    LongStream times =
        tasks.stream()
            .flatMapToLong(
                task -> FIELDS.stream().mapToLong(field -> field.of().applyAsLong(task)));
    TimeStyle style = TimeStyle.of(scenario.timeUnit(), times);
    Table.Builder table = new Table.Builder(style.title("Threads under the ideal")).words("thread");
    FIELDS.forEach(field -> table.number(field.key()));
    for (Task task : tasks.subList(0, Math.min(Tables.ROWS, tasks.size()))) {
      List<String> row = new ArrayList<>(List.of(task.name()));
      FIELDS.forEach(field -> row.add(style.time(field.of().applyAsLong(task))));
      table.row(row);
    }
    List<String> foot = new ArrayList<>(List.of("average"));
    for (Field field : FIELDS) {
      foot.add(field.duration() ? mean(field).map(style::mean).orElse("–") : "");
    }
    String cut =
        tasks.size() > Tables.ROWS ? "The first " + Tables.ROWS + " of " + tasks.size() + ". " : "";
    return table
        .foot(foot)
        .note(cut + "Waiting is what sharing costs: turnaround less running and blocked.")
        .build();
  }

  /** Writes result.json as UTF-8 and leaves the stream open. */
  public void writeJson(OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new LinePrinter());
      json.writeStartObject();
      json.writeStringField("scenario", scenario.name());
      json.writeNumberField("seed", scenario.seed());
      json.writeStringField("policy", scenario.scheduler().policyName());
      json.writeBooleanField("ideal", true);
      json.writeStringField("time_unit", scenario.timeUnit().symbol());
      number(json, "makespan", exact(makespan));
      json.writeStringField("exit", exit());
      json.writeArrayFieldStart("failures");
      for (String line : failed) {
        json.writeString(line);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("average");
      for (Field field : FIELDS) {
        if (field.duration()) {
          number(json, field.key(), average(field, Decimals.STATISTIC_PLACES));
        }
      }
      json.writeEndObject();
      json.writeArrayFieldStart("tasks");
      for (Task task : tasks) {
        json.writeStartObject();
        json.writeStringField("name", task.name());
        json.writeStringField("process", task.process());
        for (Field field : FIELDS) {
          number(json, field.key(), exact(field.of().applyAsLong(task)));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void number(JsonGenerator json, String key, String value) throws IOException {
    json.writeFieldName(key);
    if (value.equals("null")) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  /** Writes result.json and report.md into a folder, and removes charts of an earlier run. */
  public void writeFolder(Path folder) throws IOException {
    CompleteFiles files = new CompleteFiles(folder);
    Files.createDirectories(folder);
    files.file("result.json", this::writeJson);
    files.text("report.md", out -> out.append(page()));
    Files.deleteIfExists(folder.resolve("gantt.png"));
    Files.deleteIfExists(folder.resolve("gantt.svg"));
  }

  private String page() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(Markdown.escaped(scenario.name())).append("\n\n");
    if (!scenario.description().isEmpty()) {
      text.append(scenario.description().strip()).append("\n\n");
    }
    text.append(Markdown.escaped(title())).append(". ").append(MARK).append("\n\n");
    for (String line : failed) {
      text.append("- FAILED ").append(Markdown.escaped(line)).append('\n');
    }
    text.append(failed.isEmpty() ? "" : "\n");
    return text.append(table().toMarkdown()).toString().stripTrailing() + "\n";
  }
}
