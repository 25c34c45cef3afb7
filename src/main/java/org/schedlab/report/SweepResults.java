package org.schedlab.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.schedlab.scenario.Experiment;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.statistics.Sample;

/**
 * What came of a factorial experiment: the numbers of every run of every combination of levels.
 * Combinations are in the order of the factors, the last one changing fastest. The i-th run of all
 * combinations has the same seed.
 */
public final class SweepResults {
  private final Experiment experiment;
  private final TimeUnit unit;
  private final long firstSeed;
  private final List<Map<RunMeasure, BigDecimal>> runs = new ArrayList<>();

  /**
   * @param unit of times
   * @param firstSeed of the first replication
   */
  public SweepResults(Experiment experiment, TimeUnit unit, long firstSeed) {
    this.experiment = experiment;
    this.unit = unit;
    this.firstSeed = firstSeed;
  }

  /** Adds the next run: all replications of the first combination come first. */
  public void add(Map<RunMeasure, BigDecimal> values) {
    runs.add(values);
  }

  Experiment experiment() {
    return experiment;
  }

  TimeUnit unit() {
    return unit;
  }

  int combinations() {
    return (int) experiment.combinations();
  }

  long seed(int replication) {
    return firstSeed + replication;
  }

  Map<RunMeasure, BigDecimal> run(int combination, int replication) {
    return runs.get(combination * experiment.replications() + replication);
  }

  /** Returns which level of each factor a combination has. */
  public static int[] levels(Experiment experiment, int combination) {
    int[] levels = new int[experiment.factors().size()];
    int rest = combination;
    for (int factor = levels.length - 1; factor >= 0; factor--) {
      int count = experiment.factors().get(factor).levels().size();
      levels[factor] = rest % count;
      rest /= count;
    }
    return levels;
  }

  int[] levels(int combination) {
    return levels(experiment, combination);
  }

  String label(int factor, int level) {
    return experiment.factors().get(factor).levels().get(level).label();
  }

  /** Returns the measures that are wanted and that every run has. */
  List<RunMeasure> measures() {
    return Arrays.stream(RunMeasure.values())
        .filter(m -> experiment.measures().isEmpty() || experiment.measures().contains(m.key()))
        .filter(m -> runs.stream().allMatch(run -> run.containsKey(m)))
        .toList();
  }

  /** Returns a combination's values, replication by replication. */
  Sample sample(int combination, RunMeasure measure) {
    double[] values = new double[experiment.replications()];
    Arrays.setAll(values, i -> run(combination, i).get(measure).doubleValue());
    return Sample.of(values);
  }

  /**
   * Returns the main effect of a level: in each replication the mean over all combinations that
   * have it, and so over all levels of the other factors alike.
   */
  Sample marginal(int factor, int level, RunMeasure measure) {
    return mean(measure, levels -> levels[factor] == level);
  }

  /** Returns the same of two levels together: what their factors do to each other. */
  Sample marginal(int factor, int level, int other, int otherLevel, RunMeasure measure) {
    return mean(measure, levels -> levels[factor] == level && levels[other] == otherLevel);
  }

  private Sample mean(RunMeasure measure, Predicate<int[]> has) {
    double[] means = new double[experiment.replications()];
    int count = 0;
    for (int combination = 0; combination < combinations(); combination++) {
      if (has.test(levels(combination))) {
        count++;
        for (int i = 0; i < means.length; i++) {
          means[i] += run(combination, i).get(measure).doubleValue();
        }
      }
    }
    for (int i = 0; i < means.length; i++) {
      means[i] /= count;
    }
    return Sample.of(means);
  }

  /** Prints the tables. */
  public void printTerminal(Appendable out, boolean unicode) throws IOException {
    Glyphs glyphs = unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    out.append(glyphs.plain(setting())).append("\n\n");
    List<Table> tables = new SweepTables(this).all(SweepTables.TERMINAL_ROWS);
    for (int i = 0; i < tables.size(); i++) {
      out.append(i == 0 ? "" : "\n").append(tables.get(i).toText(glyphs));
    }
  }

  String setting() {
    int replications = experiment.replications();
    return experiment.name()
        + " · "
        + combinations()
        + (combinations() == 1 ? " combination" : " combinations")
        + (replications == 1
            ? ", seed " + firstSeed
            : " × " + replications + " runs, seeds " + firstSeed + " to " + seed(replications - 1));
  }

  /**
   * Writes results.csv (a row for each measure of each run), summary.csv (for each combination),
   * effects.csv, sweep.md and the charts.
   *
   * @throws ChartFailedException if charts cannot be drawn here; the rest has been written then
   */
  public void writeFolder(Path folder, boolean charts) throws IOException, ChartFailedException {
    new SweepFolder(this, folder).write(charts);
  }
}
