package org.schedlab.scenario;

import java.util.List;
import org.schedlab.program.RuntimeKind;

/**
 * How a scenario is to be compared under several execution models.
 *
 * @param models in the order of {@link ExecutionModel}, at least one
 * @param swept the process, thread or coroutine of which the number changes; empty for none
 * @param counts the numbers that it gets, ascending; empty without a sweep
 * @param runtime what schedules the coroutines; null for what those of the file say
 */
public record Comparison(
    List<ExecutionModel> models, String swept, List<Integer> counts, RuntimeKind runtime) {

  /** All models, the scenario as it is. */
  public static final Comparison OF_ALL = new Comparison(ExecutionModel.ALL, "", List.of(), null);

  public Comparison {
    models = models.stream().sorted().distinct().toList();
    counts = counts.stream().sorted().distinct().toList();
  }

  /** Says whether the scenario runs several times with different numbers of tasks. */
  public boolean isSweep() {
    return !counts.isEmpty();
  }

  /** Returns the same of other models. */
  public Comparison withModels(List<ExecutionModel> others) {
    return new Comparison(others, swept, counts, runtime);
  }

  /** Returns the same with another sweep. */
  public Comparison withSweep(String name, List<Integer> numbers) {
    return new Comparison(models, name, numbers, runtime);
  }

  /** Returns the same with another runtime. */
  public Comparison withRuntime(RuntimeKind other) {
    return new Comparison(models, swept, counts, other);
  }
}
