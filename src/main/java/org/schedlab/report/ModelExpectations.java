package org.schedlab.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Measure;
import org.schedlab.scenario.Scenario.Expectation;

/**
 * Compares the results that a scenario states of models with those that came out. Numbers must be
 * equal; what is divided is first rounded half-even to as many places as the expected number has.
 * Of models and counts that were not run, nothing is expected.
 */
final class ModelExpectations {
  private static final List<Measure> DIVIDED =
      List.of(
          Measure.THROUGHPUT,
          Measure.TURNAROUND_MEAN,
          Measure.CPU_PER_TASK,
          Measure.OVERHEAD_SHARE);

  private final ModelComparison comparison;

  ModelExpectations(ModelComparison comparison) {
    this.comparison = comparison;
  }

  List<UnmetExpectation> unmet(List<Expectation> expectations) {
    List<UnmetExpectation> unmet = new ArrayList<>();
    for (Expectation expectation : expectations) {
      for (ModelRun run : comparison.runs()) {
        if (run.subject().equals(expectation.subject())) {
          check(run, expectation).ifPresent(unmet::add);
        }
      }
    }
    return unmet;
  }

  private Optional<UnmetExpectation> check(ModelRun run, Expectation expectation) {
    Measure measure = Measure.of(expectation.field()).orElseThrow();
    BigDecimal actual = comparison.inUnits(run.model(), run.count(), measure);
    String[] words = expectation.expected().split(" ");
    boolean bound = words.length == 2;
    String number = words[words.length - 1];
    Optional<ExecutionModel> other = ExecutionModel.named(number);
    BigDecimal expected =
        other.isPresent()
            ? comparison.inUnits(other.get(), run.count(), measure)
            : new BigDecimal(number);
    if (actual != null
        && expected != null
        && holds(measure, actual, bound ? words[0] : "", expected)) {
      return Optional.empty();
    }
    boolean notRun = other.isPresent() && expected == null;
    if (notRun) {
      return Optional.empty();
    }
    String than = other.isPresent() ? " (" + Decimals.plain(expected) + ")" : "";
    return Optional.of(
        new UnmetExpectation(
            expectation.subject(),
            expectation.field(),
            expectation.expected() + than,
            actual == null ? "none" : Decimals.plain(actual)));
  }

  private static boolean holds(
      Measure measure, BigDecimal actual, String relation, BigDecimal expected) {
    boolean rounded = relation.isEmpty() && DIVIDED.contains(measure);
    BigDecimal compared =
        rounded ? actual.setScale(Math.max(0, expected.scale()), RoundingMode.HALF_EVEN) : actual;
    int order = compared.compareTo(expected);
    return switch (relation) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> order == 0;
    };
  }
}
