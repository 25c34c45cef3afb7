package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.scenario.Experiment.Factor;

/** A sweep as tables for people. */
final class SweepTables {
  static final int TERMINAL_ROWS = 40;

  /** More columns than that do not stand beside each other. */
  private static final int MOST_MEASURES = 6;

  private final SweepResults results;
  private final List<RunMeasure> measures;
  private final double confidence;

  SweepTables(SweepResults results) {
    this.results = results;
    this.confidence = results.experiment().confidence();
    List<RunMeasure> all = results.measures();
    boolean chosen = !results.experiment().measures().isEmpty();
    this.measures =
        all.stream()
            .filter(m -> chosen || !m.name().contains("_P") && m != RunMeasure.UTILIZATION)
            .limit(MOST_MEASURES)
            .toList();
  }

  /** Returns the combinations, so many at most, and the main effects of several factors. */
  List<Table> all(int rows) {
    List<Table> tables = new ArrayList<>(List.of(combinations(rows)));
    if (results.experiment().factors().size() > 1) {
      tables.add(mainEffects());
    }
    return tables;
  }

  private String unit() {
    return Decimals.symbol(results.unit());
  }

  private Table combinations(int rows) {
    Table.Builder table = new Table.Builder("Combinations (times in " + unit() + ")");
    results.experiment().factors().forEach(factor -> table.words(factor.name()));
    measures.forEach(measure -> table.number(measure.label()));
    int shown = Math.min(rows, results.combinations());
    for (int combination = 0; combination < shown; combination++) {
      List<String> row = new ArrayList<>();
      int[] levels = results.levels(combination);
      for (int factor = 0; factor < levels.length; factor++) {
        row.add(results.label(factor, levels[factor]));
      }
      for (RunMeasure measure : measures) {
        row.add(Intervals.text(results.sample(combination, measure), confidence));
      }
      table.row(row);
    }
    int more = results.combinations() - shown;
    return table.note(note() + (more > 0 ? "\n" + more + " more in summary.csv." : "")).build();
  }

  private String note() {
    return results.experiment().replications() == 1
        ? "One run each; `replications` gives intervals."
        : "Means ± half of their "
            + Intervals.number(100 * confidence, 1).replace(".0", "")
            + " % intervals (Student).";
  }

  private Table mainEffects() {
    Table.Builder table =
        new Table.Builder("Main effects (times in " + unit() + ")").words("factor").words("level");
    measures.forEach(measure -> table.number(measure.label()));
    List<Factor> factors = results.experiment().factors();
    for (int factor = 0; factor < factors.size(); factor++) {
      for (int level = 0; level < factors.get(factor).levels().size(); level++) {
        List<String> row = new ArrayList<>();
        row.add(level == 0 ? factors.get(factor).name() : "");
        row.add(results.label(factor, level));
        for (RunMeasure measure : measures) {
          row.add(Intervals.text(results.marginal(factor, level, measure), confidence));
        }
        table.row(row);
      }
    }
    return table.note("Each level's mean over all levels of the other factors.").build();
  }
}
