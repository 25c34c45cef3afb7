package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Measure;
import org.schedlab.scenario.Scenario.Expectation;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;

/**
 * Reads {@code expect:} of a scenario with {@code models}: its subjects are the models, in a sweep
 * with the count behind them, such as {@code thread@1000}.
 */
final class ModelResultReader {
  /** A bound: how the result relates to a number, or to the same result of another model. */
  private static final Pattern BOUND = Pattern.compile("(<=|>=|<|>)\\s*(\\S+)");

  private final ValueReader values;
  private final Problems problems;
  private final Comparison comparison;
  private final List<Expectation> expectations = new ArrayList<>();

  ModelResultReader(ValueReader values, Comparison comparison) {
    this.values = values;
    this.problems = values.problems();
    this.comparison = comparison;
  }

  List<Expectation> read(Value value) {
    if (!(value instanceof Entries map)) {
      if (value != null) {
        problems.add(
            value.mark(),
            "`expect` must be a map such as {"
                + subjects().get(0)
                + ": {makespan: 30}}, not "
                + value.shown());
      }
      return List.of();
    }
    for (Entry entry : map.entries()) {
      String subject = entry.key().text();
      if (subjects().contains(subject)) {
        fields(subject, "", entry.value());
      } else {
        problems.add(
            entry.key().mark(),
            "with `models`, results are stated of models"
                + (comparison.isSweep() ? " and counts" : "")
                + ", and `"
                + Sizes.cut(subject)
                + "` is none"
                + Spelling.suggestion(subject, subjects(), "they are"));
      }
    }
    return List.copyOf(expectations);
  }

  private List<String> subjects() {
    List<String> subjects = new ArrayList<>();
    for (ExecutionModel model : comparison.models()) {
      if (comparison.isSweep()) {
        comparison.counts().forEach(count -> subjects.add(model.key() + "@" + count));
      } else {
        subjects.add(model.key());
      }
    }
    return subjects;
  }

  private void fields(String subject, String path, Value value) {
    if (!(value instanceof Entries map)) {
      String what = path.isEmpty() ? subject : path.substring(0, path.length() - 1);
      problems.add(value.mark(), "`" + what + "` needs a map of results, not " + value.shown());
      return;
    }
    for (Entry entry : map.entries()) {
      String field = path + entry.key().text();
      if (Measure.of(field).isPresent()) {
        add(subject, field, entry);
      } else if (Measure.keys().stream().anyMatch(name -> name.startsWith(field + "."))) {
        fields(subject, field + ".", entry.value());
      } else {
        Set<String> keys = ResultReader.keysAfter(path, Measure.keys());
        String what =
            path.isEmpty()
                ? "results of a model"
                : "`" + path.substring(0, path.length() - 1) + "`";
        problems.add(
            entry.key().mark(),
            Fields.refusal(entry.key().text(), what, List.copyOf(keys), List.of()));
      }
    }
  }

  private void add(String subject, String field, Entry entry) {
    String text = values.text(entry.value(), "`" + field + "`");
    if (text == null) {
      return;
    }
    Matcher bound = BOUND.matcher(text.strip());
    String relation = bound.matches() ? bound.group(1) + " " : "";
    String number = bound.matches() ? bound.group(2) : text.strip();
    boolean ofModel = bound.matches() && ComparisonReader.MODELS.contains(number);
    try {
      String expected = ofModel ? number : Durations.number(number).toPlainString();
      expectations.add(
          new Expectation(
              subject, field, relation + expected, problems.remember(entry.key().mark())));
    } catch (IllegalArgumentException e) {
      problems.add(
          entry.value().mark(),
          "`"
              + field
              + "` must be a number (times in "
              + values.unit().symbol()
              + ") or a bound such as \"< 30\" or \"> thread\", not "
              + entry.value().shown());
    }
  }
}
