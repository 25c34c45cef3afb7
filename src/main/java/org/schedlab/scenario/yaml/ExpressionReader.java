package org.schedlab.scenario.yaml;

import java.util.Set;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation.Place;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads expressions, and the variables that operations name. */
final class ExpressionReader {
  /** Stands for an expression that could not be read; nothing else is reported because of it. */
  static final Expression ZERO = new Expression.Literal(0, Location.NONE);

  private final ValueReader values;
  private final Problems problems;
  private final ErrorNames errors;

  ExpressionReader(ValueReader values, ErrorNames errors) {
    this.values = values;
    this.problems = values.problems();
    this.errors = errors;
  }

  /** Returns an expression; for what is wrong, after reporting it, the number 0. */
  Expression expression(Value value, String what) {
    if (value instanceof Items || value instanceof Entries) {
      problems.add(
          value.mark(),
          what
              + " must be an expression, not "
              + value.shown()
              + "; one that begins with `[` or `{` needs quotes");
      return ZERO;
    }
    if (values.text(value, what) == null) {
      return ZERO;
    }
    Expression parsed = ExpressionParser.parse((Scalar) value, Set.of(), problems);
    return parsed == null ? ZERO : errors.resolve(parsed);
  }

  /** Returns the variable or array cell that a scalar names, or null. */
  Place place(Value value) {
    if (values.text(value, "a variable") == null) {
      return null;
    }
    Expression parsed = ExpressionParser.parse((Scalar) value, Set.of(), problems);
    if (parsed instanceof Expression.Name name) {
      return new Place(name.name(), null, name.location());
    }
    if (parsed instanceof Expression.Element element) {
      return new Place(element.name(), errors.resolve(element.index()), element.location());
    }
    if (parsed != null) {
      problems.add(
          value.mark(),
          "a variable `x` or a cell `a[i]` must stand here, not the expression " + value.shown());
    }
    return null;
  }
}
