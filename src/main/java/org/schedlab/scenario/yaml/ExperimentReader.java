package org.schedlab.scenario.yaml;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.schedlab.scenario.Experiment;
import org.schedlab.scenario.Experiment.Factor;
import org.schedlab.scenario.Experiment.Level;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads experiment files. */
public final class ExperimentReader {
  private static final int MOST_REPLICATIONS = 100_000;

  /** So many runs take days; and every run has rows in a table. */
  private static final long MOST_RUNS = 10_000_000;

  private final ValueReader values;
  private final Problems problems;
  private final List<String> measures;

  /** What no scenario has at its top. */
  private static final Pattern FACTORS = Pattern.compile("(?m)^factors\\s*:");

  private ExperimentReader(Problems problems, List<String> measures) {
    this.problems = problems;
    this.values = new ValueReader(problems, TimeUnit.MS);
    this.measures = measures;
  }

  /**
   * Says whether a file is an experiment rather than a scenario: it has factors.
   *
   * @throws IOException if the file cannot be read at all
   */
  public static boolean isExperiment(Path file) throws IOException {
    try {
      return isExperiment(ScenarioReader.text(file));
    } catch (InvalidScenarioException e) {
      return false;
    }
  }

  static boolean isExperiment(String text) {
    return FACTORS.matcher(text).find();
  }

  /**
   * Reads an experiment.
   *
   * @param measures the keys of all measures that there are
   * @throws InvalidScenarioException with everything that is wrong with it
   * @throws IOException if the file cannot be read at all
   */
  public static Experiment read(Path file, List<String> measures)
      throws InvalidScenarioException, IOException {
    Source source = Source.file(file.toString(), ScenarioReader.text(file));
    Problems problems = new Problems(source);
    Value root = YamlTree.parse(ScenarioReader.text(file), source, problems);
    problems.throwIfAny();
    if (root == null) {
      problems.add(source.within(1, 1), "the file is empty; an experiment needs `scenario`");
      problems.throwIfAny();
    }
    Experiment experiment = new ExperimentReader(problems, measures).experiment(file, root);
    problems.throwIfAny();
    return experiment;
  }

  private Experiment experiment(Path file, Value root) {
    Fields fields = Fields.of(root, Shapes.EXPERIMENT, problems);
    String name = values.text(fields.get("name"), "`name`");
    String description = values.text(fields.get("description"), "`description`");
    String scenario = values.text(fields.require("scenario"), "`scenario`");
    int replications =
        (int) values.integer(fields.get("replications"), "`replications`", 1, MOST_REPLICATIONS, 1);
    Long seed =
        fields.has("seed")
            ? values.integer(fields.get("seed"), "`seed`", Long.MIN_VALUE, Long.MAX_VALUE, 0)
            : null;
    List<Factor> factors = factors(fields.require("factors"));
    long runs = replications;
    for (Factor factor : factors) {
      runs = Math.min(MOST_RUNS + 1, runs * Math.max(1, factor.levels().size()));
    }
    if (runs > MOST_RUNS) {
      problems.add(
          fields.markOf("factors"),
          "levels and replications multiply to more than " + MOST_RUNS + " runs");
    }
    return new Experiment(
        file.toString(),
        name == null ? ScenarioReader.withoutExtension(file) : name,
        description == null ? "" : description,
        scenario == null ? "" : scenario,
        replications,
        seed,
        confidence(fields.get("confidence")),
        factors,
        measures(fields.get("measures")));
  }

  private double confidence(Value value) {
    if (value == null) {
      return 0.95;
    }
    double confidence = values.positive(value, "`confidence`", 0.95);
    if (confidence >= 1) {
      problems.add(value.mark(), "`confidence` lies between 0 and 1, such as 0.95");
    }
    return confidence;
  }

  private List<String> measures(Value value) {
    List<String> wanted = new ArrayList<>();
    if (value != null) {
      for (Value item : values.list(value, "`measures`")) {
        String key = values.choice(item, "a measure", measures, "");
        if (!key.isEmpty() && !wanted.contains(key)) {
          wanted.add(key);
        }
      }
    }
    return List.copyOf(wanted);
  }

  private List<Factor> factors(Value value) {
    if (!(value instanceof Entries map)) {
      if (value != null) {
        problems.add(
            value.mark(),
            "`factors` must be a map such as {scheduler.quantum: [1, 2, 4]}, not " + value.shown());
      }
      return List.of();
    }
    List<Factor> factors = new ArrayList<>();
    for (Entry entry : map.entries()) {
      List<Level> levels = levels(entry.key().text(), entry.value());
      boolean empty = entry.value() instanceof Items list && list.items().isEmpty();
      if (empty || entry.value() instanceof Entries named && named.entries().isEmpty()) {
        problems.add(entry.value().mark(), "a factor needs at least one level");
      }
      long different = levels.stream().map(Level::label).distinct().count();
      if (different < levels.size()) {
        problems.add(entry.value().mark(), "a level of this factor stands there twice");
      }
      factors.add(new Factor(entry.key().text(), levels));
    }
    if (factors.isEmpty()) {
      problems.add(map.mark(), "`factors` needs at least one factor");
    }
    return List.copyOf(factors);
  }

  /** Returns levels: the values of a path, or by name several settings each. */
  private List<Level> levels(String factor, Value value) {
    List<Level> levels = new ArrayList<>();
    if (value instanceof Entries named) {
      for (Entry level : named.entries()) {
        levels.add(new Level(level.key().text(), settings(level.value())));
      }
      return levels;
    }
    if (!(value instanceof Items items)) {
      problems.add(
          value.mark(),
          "a factor has a list of values, or a map of levels such as {low: {PATH: VALUE}}, not "
              + value.shown());
      return levels;
    }
    for (Value item : items.items()) {
      levels.add(new Level(flow(item), List.of(factor + "=" + flow(item))));
    }
    return levels;
  }

  private List<String> settings(Value value) {
    if (!(value instanceof Entries map)) {
      problems.add(
          value.mark(),
          "a level must be a map such as {scheduler.policy: fcfs}, not " + value.shown());
      return List.of();
    }
    return map.entries().stream().map(e -> e.key().text() + "=" + flow(e.value())).toList();
  }

  /** Returns a value as YAML on one line. */
  private static String flow(Value value) {
    if (value instanceof Items list) {
      return list.items().stream()
          .map(ExperimentReader::flow)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Entries map) {
      return map.entries().stream()
          .map(e -> flow(e.key()) + ": " + flow(e.value()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    Scalar scalar = (Scalar) value;
    if (scalar.plain()) {
      return isNumber(scalar.text())
          ? new BigDecimal(scalar.text()).toPlainString()
          : scalar.text();
    }
    return '"' + scalar.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isNumber(String text) {
    return Durations.NUMBER.matcher(text).matches();
  }
}
