package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.RuntimeKind;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;

/** Reads {@code models:}, under which execution models a scenario is compared. */
final class ComparisonReader {
  static final List<String> MODELS = ExecutionModel.ALL.stream().map(ExecutionModel::key).toList();

  private final ValueReader values;
  private final Problems problems;

  ComparisonReader(ValueReader values) {
    this.values = values;
    this.problems = values.problems();
  }

  /**
   * Returns what {@code models} asks for, or null where it is not there.
   *
   * @param root the whole scenario, in which a sweep names an entry
   */
  Comparison read(Value value, Value root) {
    if (value == null) {
      return null;
    }
    if (value instanceof Items) {
      return Comparison.OF_ALL.withModels(models(value, "`models`"));
    }
    if (!(value instanceof Entries)) {
      problems.add(
          value.mark(),
          "`models` must be a list such as [process, thread], or a map with the keys "
              + Spelling.list(Shapes.MODELS.keys())
              + ", not "
              + value.shown());
      return null;
    }
    Fields fields = Fields.of(value, Shapes.MODELS, problems);
    List<ExecutionModel> models =
        fields.has("run") ? models(fields.get("run"), "`run`") : ExecutionModel.ALL;
    Comparison comparison = sweep(Comparison.OF_ALL.withModels(models), fields.get("sweep"), root);
    String runtime =
        values.choice(fields.get("runtime"), "`runtime`", CoroutineReader.RUNTIMES, "");
    return comparison.withRuntime(RuntimeKind.named(runtime).orElse(null));
  }

  private List<ExecutionModel> models(Value value, String what) {
    List<ExecutionModel> models = new ArrayList<>();
    for (Value item : values.list(value, what)) {
      String key = values.choice(item, "a model", MODELS, "");
      ExecutionModel.named(key).ifPresent(models::add);
    }
    if (value instanceof Items items && items.items().isEmpty()) {
      problems.add(
          value.mark(), what + " needs at least one of the models " + Spelling.list(MODELS));
    }
    return models.isEmpty() ? ExecutionModel.ALL : models;
  }

  private Comparison sweep(Comparison comparison, Value value, Value root) {
    if (value == null) {
      return comparison;
    }
    if (!(value instanceof Entries map) || map.entries().size() != 1) {
      problems.add(
          value.mark(),
          "`sweep` must name one process, thread or coroutine and the counts that it gets, such as"
              + " {connection: [1, 10, 100]}, not "
              + (value instanceof Entries ? "several" : value.shown()));
      return comparison;
    }
    Entry swept = map.entries().get(0);
    String problem = CountedEntries.problem(root, swept.key().text());
    if (problem != null) {
      problems.add(swept.key().mark(), problem);
      return comparison;
    }
    List<Long> counts =
        values.integers(swept.value(), "a count of `sweep`", 1, ProgramReader.MOST_THREADS);
    if (counts.isEmpty()) {
      if (swept.value() instanceof Items items && items.items().isEmpty()) {
        problems.add(swept.value().mark(), "`sweep` needs at least one count");
      }
      return comparison;
    }
    return comparison.withSweep(swept.key().text(), counts.stream().map(Long::intValue).toList());
  }
}
