package org.schedlab.report;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.schedlab.metrics.JobStatistic;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.statistics.Holm;
import org.schedlab.statistics.Sample;

/**
 * One workload under several alternatives, such as policies: each run as often as the others, the
 * i-th time with the same random numbers. What differs is judged by paired differences from the
 * first alternative, with Student's intervals; Holm's correction keeps the probability of any false
 * alarm among all of them at one minus the confidence.
 */
public final class RunComparison {
  private final Scenario scenario;
  private final List<Alternative> alternatives = new ArrayList<>();
  private final long firstSeed;
  private final int replications;
  private final double confidence;

  /** What is compared: its runs, with the numbers of each. */
  static final class Alternative {
    private final String label;
    private final List<Map<RunMeasure, BigDecimal>> runs = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private RunReport first;
    private JobStatistic turnaround;

    Alternative(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    List<Map<RunMeasure, BigDecimal>> runs() {
      return runs;
    }

    /** Returns the report of the first run; null of an ideal, which is not run. */
    RunReport first() {
      return first;
    }

    /** Returns the turnarounds of the jobs of the first run. */
    JobStatistic turnaround() {
      return turnaround;
    }
  }

  /**
   * A difference from the first alternative.
   *
   * @param probability the p-value of the paired t-test, NaN where there is one pair
   * @param corrected the same among all differences of the comparison
   */
  record Difference(
      RunMeasure measure, int alternative, Sample values, double probability, double corrected) {}

  /**
   * @param scenario without what the alternatives change
   * @param firstSeed of the first run of each; the others have the numbers that follow
   * @param replications how many runs of each alternative
   * @param confidence of intervals, such as 0.95
   */
  public RunComparison(
      Scenario scenario, List<String> labels, long firstSeed, int replications, double confidence) {
    this.scenario = scenario;
    labels.forEach(label -> alternatives.add(new Alternative(label)));
    this.firstSeed = firstSeed;
    this.replications = replications;
    this.confidence = confidence;
  }

  /** Adds the next run of an alternative. */
  public void add(int alternative, RunReport report) {
    Alternative of = alternatives.get(alternative);
    if (of.first == null) {
      of.first = report;
      of.turnaround = RunMeasures.jobs(report.run()).turnaround();
    }
    add(of, report.failures(), report.measures());
  }

  /** Adds what an alternative that is an ideal comes to with the next seed. */
  public void add(int alternative, IdealReport report) {
    Alternative of = alternatives.get(alternative);
    if (of.turnaround == null) {
      of.turnaround = report.turnaround();
    }
    add(of, report.failures(), report.measures());
  }

  private void add(Alternative of, List<String> failures, Map<RunMeasure, BigDecimal> measures) {
    long seed = firstSeed + of.runs.size();
    failures.forEach(failure -> of.failures.add("seed " + seed + ": " + failure));
    of.runs.add(measures);
  }

  Scenario scenario() {
    return scenario;
  }

  TimeUnit unit() {
    return scenario.timeUnit();
  }

  List<Alternative> alternatives() {
    return alternatives;
  }

  long seed(int replication) {
    return firstSeed + replication;
  }

  int replications() {
    return replications;
  }

  double confidence() {
    return confidence;
  }

  /** Returns the measures that every run of every alternative has. */
  List<RunMeasure> measures() {
    return Arrays.stream(RunMeasure.values())
        .filter(
            measure ->
                alternatives.stream()
                    .flatMap(alternative -> alternative.runs.stream())
                    .allMatch(run -> run.containsKey(measure)))
        .toList();
  }

  /** Returns the values of a measure that every run has. */
  Sample sample(int alternative, RunMeasure measure) {
    return Sample.of(
        alternatives.get(alternative).runs.stream()
            .mapToDouble(run -> run.get(measure).doubleValue())
            .toArray());
  }

  /** Returns the alternatives with the best mean; none where all are alike or none is better. */
  List<Integer> best(RunMeasure measure) {
    if (measure.better() == RunMeasure.Better.NEITHER) {
      return List.of();
    }
    double sign = measure.better() == RunMeasure.Better.LOWER ? 1 : -1;
    double[] means =
        IntStream.range(0, alternatives.size())
            .mapToDouble(i -> sign * sample(i, measure).mean())
            .toArray();
    double least = Arrays.stream(means).min().orElseThrow();
    List<Integer> best =
        IntStream.range(0, means.length).filter(i -> means[i] == least).boxed().toList();
    return best.size() == means.length ? List.of() : best;
  }

  /** Returns what the alternatives differ in from the first; none of a single replication. */
  List<Difference> differences() {
    if (replications < 2) {
      return List.of();
    }
    List<Difference> raw = new ArrayList<>();
    for (RunMeasure measure : measures()) {
      Sample base = sample(0, measure);
      for (int i = 1; i < alternatives.size(); i++) {
        Sample difference = sample(i, measure).minus(base);
        raw.add(new Difference(measure, i, difference, difference.probabilityOf(0), Double.NaN));
      }
    }
    double[] corrected = Holm.adjusted(raw.stream().mapToDouble(Difference::probability).toArray());
    return IntStream.range(0, raw.size())
        .mapToObj(
            i -> {
              Difference d = raw.get(i);
              return new Difference(
                  d.measure(), d.alternative(), d.values(), d.probability(), corrected[i]);
            })
        .toList();
  }

  boolean isSignificant(Difference difference) {
    return difference.corrected() <= 1 - confidence;
  }

  /** Returns what the scenario checks and did not hold, a line each. Empty means success. */
  public List<String> failures() {
    List<String> lines = new ArrayList<>();
    for (Alternative alternative : alternatives) {
      alternative.failures.forEach(line -> lines.add(alternative.label + ", " + line));
    }
    return lines;
  }

  /** Returns the setting that the runs share, and how often each is done. */
  String setting() {
    int cpus = scenario.machine().cpus();
    String seeds =
        replications == 1
            ? "seed " + firstSeed
            : "seeds " + firstSeed + " to " + seed(replications - 1);
    return cpus
        + (cpus == 1 ? " CPU" : " CPUs")
        + ", costs "
        + scenario.machine().costs().profile().key()
        + ", "
        + seeds;
  }

  /** Returns the measure that a headline is about: missed deadlines, or the first that there is. */
  Optional<RunMeasure> headline() {
    List<RunMeasure> measures = measures();
    return measures.contains(RunMeasure.MISSED)
        ? Optional.of(RunMeasure.MISSED)
        : measures.stream().findFirst();
  }

  /** Prints tables and sentences. */
  public void printTerminal(Appendable out, boolean unicode) throws IOException {
    Glyphs glyphs = unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    out.append(glyphs.plain(scenario.name() + " · " + setting())).append("\n\n");
    ComparisonTables tables = new ComparisonTables(this);
    for (Table table : tables.all()) {
      out.append(table.toText(glyphs)).append('\n');
    }
    for (String sentence : tables.sentences()) {
      out.append(glyphs.plain(sentence)).append('\n');
    }
  }

  /** Writes all as JSON, in UTF-8, and leaves the stream open. */
  public void writeJson(OutputStream out) throws IOException {
    ComparisonJson.write(this, out);
  }

  /**
   * Writes comparison.json, .csv and .md, the charts, and a folder for each alternative with the
   * results of its first run.
   *
   * @throws ChartFailedException if charts cannot be drawn here; the rest has been written then
   */
  public void writeFolder(Path folder, boolean charts) throws IOException, ChartFailedException {
    new ComparisonFolder(this, folder).write(charts);
  }
}
