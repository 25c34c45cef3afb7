package org.schedlab.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.schedlab.policy.Parameter;

/** The parameters that a user's class declares, found to be such as built-in policies have. */
final class DeclaredParameters {
  /** Keys that mean something else beside {@code policy:}. */
  private static final List<String> TAKEN =
      List.of("policy", "run_queues", "priority_order", "classes", "currencies", "estimate");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private DeclaredParameters() {}

  /**
   * Returns them.
   *
   * @param declared what the field holds
   * @throws BadPolicyException if they cannot be read from a scenario
   */
  static List<Parameter> of(Object declared) throws BadPolicyException {
    if (!(declared instanceof List<?> listed)) {
      throw new BadPolicyException("PARAMETERS is no List<Parameter>");
    }
    List<Parameter> parameters = new ArrayList<>();
    for (Object item : listed) {
      if (!(item instanceof Parameter parameter)) {
        throw new BadPolicyException("PARAMETERS is no List<Parameter>");
      }
      String name = parameter.name();
      if (name == null || !NAME.matcher(name).matches()) {
        throw new BadPolicyException(
            "PARAMETERS: '"
                + name
                + "' is no name; one begins with a small letter, and has small"
                + " letters, digits and _");
      }
      if (TAKEN.contains(name) || parameters.stream().anyMatch(p -> p.name().equals(name))) {
        throw new BadPolicyException("PARAMETERS: the name '" + name + "' is taken");
      }
      if (!hasFittingDefault(parameter)) {
        throw new BadPolicyException(
            "PARAMETERS: make '"
                + name
                + "' by duration, integer, flag, choice, durations or"
                + " integers of Parameter");
      }
      parameters.add(parameter);
    }
    return List.copyOf(parameters);
  }

  private static boolean hasFittingDefault(Parameter parameter) {
    Object value = parameter.defaultValue();
    if (parameter.kind() == null || parameter.choices() == null || parameter.meaning() == null) {
      return false;
    }
    return switch (parameter.kind()) {
      case DURATION -> value == null || value instanceof Long;
      case INTEGER, DURATIONS, INTEGERS -> value instanceof Long;
      case FLAG -> value instanceof Boolean;
      case CHOICE -> value instanceof String word && parameter.choices().contains(word);
      case NUMBERS, CLASSES, CURRENCIES, ESTIMATE -> false;
    };
  }
}
