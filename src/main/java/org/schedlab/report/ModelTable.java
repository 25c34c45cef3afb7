package org.schedlab.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Measure;
import org.schedlab.scenario.Measure.Unit;

/** What was measured as tables for people, the best value of each row marked. */
final class ModelTable {
  private static final String NONE = "–";
  private static final String BEST = " *";
  private static final String NOT_BEST = "  ";
  private static final String NOTE = "* best of the row";

  private final ModelComparison comparison;

  ModelTable(ModelComparison comparison) {
    this.comparison = comparison;
  }

  /** Returns one table, or in a sweep one for each group of measures. */
  List<Table> tables() {
    if (!comparison.isSweep()) {
      return List.of(single());
    }
    List<Table> tables = new ArrayList<>();
    for (Measure.Group group : Measure.Group.values()) {
      tables.add(ofGroup(group));
    }
    return tables;
  }

  private Table single() {
    Table.Builder table = new Table.Builder("Comparison").words("");
    comparison.models().forEach(model -> table.number(model.plural() + NOT_BEST));
    for (Measure measure : Measure.values()) {
      List<String> row = new ArrayList<>(List.of(measure.label()));
      row.addAll(cells(measure, 0));
      table.row(row);
    }
    return table.note(NOTE + note(Arrays.asList(Measure.values()))).build();
  }

  private Table ofGroup(Measure.Group group) {
    Table.Builder table = new Table.Builder(group.title()).words("").number(comparison.swept());
    comparison.models().forEach(model -> table.number(model.plural() + NOT_BEST));
    List<Measure> measures =
        Arrays.stream(Measure.values()).filter(measure -> measure.group() == group).toList();
    for (Measure measure : measures) {
      String label = measure.label();
      for (int count : comparison.counts()) {
        List<String> row = new ArrayList<>(List.of(label, grouped(count)));
        row.addAll(cells(measure, count));
        table.row(row);
        label = "";
      }
    }
    return table.note(NOTE + note(measures)).build();
  }

  private String note(List<Measure> measures) {
    return measures.contains(Measure.MEMORY_RESERVED)
        ? "\nMemory: the most at one time, with what the kernel keeps by the cost parameters."
        : "";
  }

  private List<String> cells(Measure measure, int count) {
    List<ExecutionModel> best = comparison.best(measure, count);
    List<String> cells = new ArrayList<>();
    for (ExecutionModel model : comparison.models()) {
      String mark = best.contains(model) ? BEST : NOT_BEST;
      BigDecimal value = comparison.value(model, count, measure);
      cells.add(shown(measure, value, comparison.value(model, count, Measure.TASKS)) + mark);
    }
    return cells;
  }

  /** Returns a value for people. */
  static String shown(Measure measure, BigDecimal value, BigDecimal tasks) {
    if (value == null) {
      return NONE;
    }
    if (measure == Measure.TAKEN_DOWN) {
      return grouped(value.longValue()) + " of " + grouped(tasks.longValue());
    }
    return shown(measure.unit(), value);
  }

  /** Returns a value for the mark of an axis. */
  static String onAxis(Measure measure, BigDecimal value) {
    return shown(measure.unit(), value);
  }

  private static String shown(Unit unit, BigDecimal value) {
    return switch (unit) {
      case COUNT -> grouped(value.longValue());
      case TIME -> Decimals.readable(value.setScale(0, RoundingMode.HALF_EVEN).longValue());
      case PER_SECOND -> perSecond(value) + "/s";
      case PERCENT -> rounded(value, 1) + " %";
      case BYTES -> Decimals.bytes(value.longValue());
    };
  }

  private static String perSecond(BigDecimal value) {
    boolean large = value.compareTo(BigDecimal.valueOf(1_000)) >= 0;
    return large
        ? grouped(value.setScale(0, RoundingMode.HALF_EVEN).longValue())
        : rounded(value, 3);
  }

  private static String rounded(BigDecimal value, int places) {
    return Decimals.plain(value.setScale(places, RoundingMode.HALF_EVEN));
  }

  /** Returns a number with a comma before every three digits. */
  static String grouped(long number) {
    String digits = Long.toString(number);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0 && digits.charAt(i - 1) != '-') {
        text.append(',');
      }
      text.append(digits.charAt(i));
    }
    return text.toString();
  }

  /** Returns the models whose values are the best, none where all are the same. */
  static List<ExecutionModel> best(
      Measure measure, List<ExecutionModel> models, List<BigDecimal> values) {
    List<BigDecimal> known = values.stream().filter(Objects::nonNull).sorted().toList();
    if (measure.better() == Measure.Better.NEITHER || known.isEmpty()) {
      return List.of();
    }
    BigDecimal first = known.get(0);
    BigDecimal last = known.get(known.size() - 1);
    if (first.compareTo(last) == 0) {
      return List.of();
    }
    BigDecimal best = measure.better() == Measure.Better.LOWER ? first : last;
    List<ExecutionModel> winners = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      if (values.get(i) != null && values.get(i).compareTo(best) == 0) {
        winners.add(models.get(i));
      }
    }
    return winners;
  }
}
