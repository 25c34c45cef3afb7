package org.schedlab.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.schedlab.program.Location;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.InvalidScenarioException;

/** Collects what models have no counterpart for, so that all of it is reported at once. */
final class Refusals {
  /** What stands at a place of the file and cannot be done. */
  private record Refused(Location at, String what, String instead) {}

  private final Map<Refused, Set<ExecutionModel>> found = new LinkedHashMap<>();

  /**
   * Reports what a model has no counterpart for.
   *
   * @param what such as {@code `cond_wait`}
   * @param instead what to write instead
   */
  void add(ExecutionModel model, Location at, String what, String instead) {
    found
        .computeIfAbsent(
            new Refused(at, what, instead), key -> EnumSet.noneOf(ExecutionModel.class))
        .add(model);
  }

  /** Says whether nothing has been refused so far. */
  boolean none() {
    return found.isEmpty();
  }

  /**
   * Returns normally when nothing was refused.
   *
   * @param wanted the models that the scenario was to run under
   * @throws InvalidScenarioException with everything refused, in the order of the file
   */
  void throwIfAny(String file, List<ExecutionModel> wanted) throws InvalidScenarioException {
    if (found.isEmpty()) {
      return;
    }
    Set<ExecutionModel> refusing = EnumSet.noneOf(ExecutionModel.class);
    found.values().forEach(refusing::addAll);
    List<ExecutionModel> left = wanted.stream().filter(m -> !refusing.contains(m)).toList();
    String way =
        left.isEmpty()
            ? ""
            : "; `models: "
                + left.stream().map(ExecutionModel::key).toList()
                + "` compares without";
    List<Diagnostic> diagnostics = new ArrayList<>();
    found.forEach(
        (refused, models) ->
            diagnostics.add(
                new Diagnostic(
                    file,
                    refused.at().line(),
                    refused.at().column(),
                    refused.what()
                        + " has no counterpart among "
                        + plurals(models)
                        + "; "
                        + refused.instead()
                        + way,
                    "")));
    diagnostics.sort(
        Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column));
    throw new InvalidScenarioException(diagnostics);
  }

  private static String plurals(Set<ExecutionModel> models) {
    List<String> words = models.stream().map(ExecutionModel::plural).toList();
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : words.stream().limit(last).collect(Collectors.joining(", ")) + " and " + words.get(last);
  }
}
