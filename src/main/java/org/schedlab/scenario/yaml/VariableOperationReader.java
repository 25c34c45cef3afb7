package org.schedlab.scenario.yaml;

import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Place;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads the operations on variables and registers. */
final class VariableOperationReader {
  private final ValueReader values;
  private final Problems problems;
  private final ExpressionReader expressions;

  VariableOperationReader(ValueReader values, ExpressionReader expressions) {
    this.values = values;
    this.problems = values.problems();
    this.expressions = expressions;
  }

  /** Reads what has the shape {TARGET: SOURCE}. */
  Operation pair(OperationKey key, Value value, Location place) {
    String shape = key == OperationKey.LOAD ? "REGISTER: VARIABLE" : "VARIABLE: EXPRESSION";
    if (key == OperationKey.SET) {
      shape = "REGISTER: EXPRESSION";
    }
    if (!(value instanceof Entries map) || map.entries().size() != 1) {
      problems.add(
          value.mark(),
          "`" + key.key() + "` needs the form {" + shape + "}, one pair, not " + value.shown());
      return null;
    }
    Scalar target = map.entries().get(0).key();
    Value source = map.entries().get(0).value();
    if (key == OperationKey.LOAD) {
      String register = values.identifier(target, "a register");
      Place from = expressions.place(source);
      return register == null || from == null ? null : new Operation.Load(register, from, place);
    }
    Expression expression = expressions.expression(source, "`" + key.key() + "`");
    if (key == OperationKey.SET) {
      String register = values.identifier(target, "a register");
      return register == null ? null : new Operation.Set(register, expression, place);
    }
    Place to = expressions.place(target);
    if (to == null) {
      return null;
    }
    return switch (key) {
      case STORE -> new Operation.Store(to, expression, place);
      case ADD -> new Operation.Add(to, expression, place);
      default -> new Operation.FetchAdd(to, expression, null, place);
    };
  }

  /** Reads an operation with named parts, such as {variable: x, add: 1, into: r}. */
  Operation atomic(OperationKey key, Value value, Location place) {
    Shape shape =
        switch (key) {
          case CAS -> Shapes.CAS;
          case FETCH_ADD -> Shapes.FETCH_ADD;
          default -> Shapes.EXCHANGE;
        };
    Fields fields = Fields.of(value, shape, problems);
    if (!(value instanceof Entries)) {
      return null;
    }
    Value variable = fields.require("variable");
    Place to = variable == null ? null : expressions.place(variable);
    String into = values.identifier(fields.get("into"), "`into`");
    if (key == OperationKey.CAS) {
      Expression expected = required(fields, "expect");
      Expression update = required(fields, "update");
      return to == null ? null : new Operation.CompareAndSwap(to, expected, update, into, place);
    }
    boolean adds = key == OperationKey.FETCH_ADD;
    Expression operand = required(fields, adds ? "add" : "value");
    if (to == null) {
      return null;
    }
    return adds
        ? new Operation.FetchAdd(to, operand, into, place)
        : new Operation.Exchange(to, operand, into, place);
  }

  private Expression required(Fields fields, String key) {
    Value value = fields.require(key);
    return value == null ? ExpressionReader.ZERO : expressions.expression(value, "`" + key + "`");
  }
}
