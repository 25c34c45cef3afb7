package org.schedlab.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.schedlab.report.RunComparison.Difference;
import org.schedlab.report.RunMeasure.Better;
import org.schedlab.report.RunMeasure.Unit;
import org.schedlab.statistics.Sample;

/** A comparison as tables and sentences for people. */
final class ComparisonTables {
  private static final String BEST = " *";
  private static final String NOT_BEST = "  ";

  private final RunComparison comparison;

  ComparisonTables(RunComparison comparison) {
    this.comparison = comparison;
  }

  List<Table> all() {
    List<Table> tables = new ArrayList<>(List.of(means()));
    if (!comparison.differences().isEmpty()) {
      tables.add(differences());
    }
    return tables;
  }

  private Table means() {
    Table.Builder table =
        new Table.Builder("Comparison (times in " + unit() + ")").words("measure");
    comparison.alternatives().forEach(a -> table.number(a.label() + NOT_BEST));
    for (RunMeasure measure : comparison.measures()) {
      List<Integer> best = comparison.best(measure);
      List<String> row = new ArrayList<>(List.of(measure.label()));
      for (int i = 0; i < comparison.alternatives().size(); i++) {
        row.add(value(i, measure) + (best.contains(i) ? BEST : NOT_BEST));
      }
      table.row(row);
    }
    String note = "* best of the row";
    return table
        .note(
            comparison.replications() == 1
                ? note + ". One run each: --replications 10 adds intervals and tests."
                : note
                    + ". Means of "
                    + comparison.replications()
                    + " runs each ± half of their "
                    + percent()
                    + " % intervals (Student).")
        .build();
  }

  private String unit() {
    return Decimals.symbol(comparison.unit());
  }

  private String percent() {
    return Decimals.plain(
        BigDecimal.valueOf(comparison.confidence()).multiply(BigDecimal.valueOf(100)));
  }

  private String value(int alternative, RunMeasure measure) {
    if (comparison.replications() == 1) {
      BigDecimal exact = comparison.alternatives().get(alternative).runs().get(0).get(measure);
      return Decimals.plain(exact.setScale(3, RoundingMode.HALF_EVEN));
    }
    Sample sample = comparison.sample(alternative, measure);
    return interval(sample);
  }

  private String interval(Sample sample) {
    return Intervals.text(sample, comparison.confidence());
  }

  private Table differences() {
    String first = comparison.alternatives().get(0).label();
    Table.Builder table =
        new Table.Builder("Differences from " + first + " (times in " + unit() + ")")
            .words("measure")
            .words("alternative")
            .number("difference")
            .number("in per cent")
            .number("p, corrected")
            .words("verdict");
    for (Difference difference : comparison.differences()) {
      if (difference.values().mean() == 0 && difference.values().deviation() == 0) {
        continue;
      }
      table.row(
          List.of(
              difference.measure().label(),
              comparison.alternatives().get(difference.alternative()).label(),
              interval(difference.values()),
              relative(difference),
              probability(difference.corrected()),
              verdict(difference)));
    }
    return table
        .note(
            "Paired by seed, so that what both have in common falls out. Corrected by Holm: among"
                + " all rows the probability of a false alarm is at most "
                + Decimals.plain(
                    BigDecimal.ONE.subtract(BigDecimal.valueOf(comparison.confidence())))
                + ".\nRows without any difference are left out.")
        .build();
  }

  private String relative(Difference difference) {
    double base = comparison.sample(0, difference.measure()).mean();
    if (base == 0) {
      return "–";
    }
    return Intervals.number(100 * difference.values().mean() / base, 1) + " %";
  }

  private static String probability(double p) {
    if (p < 0.0001) {
      return "< 0.0001";
    }
    return new BigDecimal(p).round(new MathContext(2, RoundingMode.HALF_EVEN)).toPlainString();
  }

  private String verdict(Difference difference) {
    if (!comparison.isSignificant(difference)) {
      return "not significant";
    }
    Better better = difference.measure().better();
    if (better == Better.NEITHER) {
      return difference.values().mean() < 0 ? "lower" : "higher";
    }
    boolean lower = difference.values().mean() < 0;
    return lower == (better == Better.LOWER) ? "better" : "worse";
  }

  /** What sentences are about; the table has the rest. */
  private static final List<RunMeasure> TOLD =
      List.of(
          RunMeasure.TURNAROUND,
          RunMeasure.RESPONSE,
          RunMeasure.WAITING,
          RunMeasure.SLOWDOWN,
          RunMeasure.FAIRNESS,
          RunMeasure.THROUGHPUT,
          RunMeasure.MAKESPAN,
          RunMeasure.SWITCHES,
          RunMeasure.MISSED);

  /** Returns which differences are significant, or for single runs which alternative is best. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (RunMeasure measure : comparison.measures()) {
      if (TOLD.contains(measure)) {
        String sentence = comparison.replications() == 1 ? bestOf(measure) : significance(measure);
        if (!sentence.isEmpty()) {
          sentences.add(sentence);
        }
      }
    }
    return sentences;
  }

  private String bestOf(RunMeasure measure) {
    List<Integer> best = comparison.best(measure);
    if (best.isEmpty() || measure != comparison.headline().orElse(null)) {
      return "";
    }
    String names =
        best.stream()
            .map(i -> comparison.alternatives().get(i).label())
            .collect(Collectors.joining(" and "));
    String value = value(best.get(0), measure) + unit(measure);
    return "Best " + measure.label() + ": " + names + " with " + value + ".";
  }

  private String unit(RunMeasure measure) {
    return measure.unit() == Unit.TIME ? " " + unit() : "";
  }

  private String significance(RunMeasure measure) {
    List<Difference> of =
        comparison.differences().stream().filter(d -> d.measure() == measure).toList();
    List<String> parts = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Difference difference : of) {
      String label = comparison.alternatives().get(difference.alternative()).label();
      if (!comparison.isSignificant(difference)) {
        open.add(label);
        continue;
      }
      Sample absolute =
          difference.values().mean() < 0 ? difference.values().negated() : difference.values();
      parts.add(
          label
              + " is "
              + (difference.values().mean() < 0 ? "lower" : "higher")
              + " by "
              + interval(absolute)
              + unit(measure));
    }
    String first = comparison.alternatives().get(0).label();
    StringBuilder text = new StringBuilder();
    text.append(Character.toUpperCase(measure.label().charAt(0)))
        .append(measure.label().substring(1))
        .append(" against ")
        .append(first)
        .append(": ");
    if (parts.isEmpty()) {
      return text.append("no significant difference.").toString();
    }
    text.append(String.join("; ", parts));
    if (!open.isEmpty()) {
      text.append("; no significant difference with ").append(String.join(", ", open));
    }
    return text.append(".").toString();
  }
}
