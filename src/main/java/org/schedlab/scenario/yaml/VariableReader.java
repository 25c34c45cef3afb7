package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Variable;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;

/** Reads {@code variables:}, the memory of a process. */
final class VariableReader {
  private static final int MOST_CELLS = 1_000_000;

  private final ValueReader values;
  private final Problems problems;

  VariableReader(ValueReader values) {
    this.values = values;
    this.problems = values.problems();
  }

  List<Variable> read(Value value) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof Entries map)) {
      problems.add(value.mark(), "`variables` must be a map such as {x: 0}, not " + value.shown());
      return List.of();
    }
    List<Variable> variables = new ArrayList<>();
    long cells = 0;
    for (Entry entry : map.entries()) {
      Variable variable = variable(entry);
      if (variable != null) {
        variables.add(variable);
        cells += variable.initial().size();
      }
    }
    if (cells > MOST_CELLS) {
      problems.add(map.mark(), "a process may have " + MOST_CELLS + " numbers at most");
    }
    return List.copyOf(variables);
  }

  private Variable variable(Entry entry) {
    String name = values.identifier(entry.key(), "a variable");
    Value initial = entry.value();
    boolean atomic = false;
    if (initial instanceof Entries) {
      Fields fields = Fields.of(initial, Shapes.VARIABLE, problems);
      atomic = values.flag(fields.get("atomic"), "`atomic`", false);
      initial = fields.require("value");
    }
    if (name == null || initial == null) {
      return null;
    }
    boolean array = initial instanceof Items;
    if (initial instanceof Items items && items.items().isEmpty()) {
      problems.add(initial.mark(), "the array `" + name + "` needs at least one number");
    }
    String what = array ? "a cell of `" + name + "`" : "`" + name + "`";
    List<Long> numbers = new ArrayList<>();
    for (Value number : array ? ((Items) initial).items() : List.of(initial)) {
      numbers.add(values.integer(number, what, Long.MIN_VALUE, Long.MAX_VALUE, 0));
    }
    return new Variable(
        name, List.copyOf(numbers), array, atomic, problems.remember(entry.key().mark()));
  }
}
