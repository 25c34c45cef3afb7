package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Place;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.scenario.yaml.Value.Entries;

/** Reads the operations that sleep at a variable and wake others there. */
final class FutexReader {
  private static final Expression ONE = new Expression.Literal(1, Location.NONE);

  private final ExpressionReader expressions;
  private final Problems problems;
  private final WaitingReader waits;

  FutexReader(ValueReader values, ExpressionReader expressions, WaitingReader waits) {
    this.problems = values.problems();
    this.expressions = expressions;
    this.waits = waits;
  }

  /** Returns the operation, or null after reporting. */
  Operation read(OperationKey key, Value value, Location place) {
    boolean sleeps = key == OperationKey.FUTEX_WAIT;
    Fields fields = Fields.of(value, sleeps ? Shapes.FUTEX_WAIT : Shapes.FUTEX_WAKE, problems);
    if (!(value instanceof Entries)) {
      return null;
    }
    Value named = fields.require("variable");
    Place variable = named == null ? null : expressions.place(named);
    if (!sleeps) {
      Value many = fields.get("count");
      Expression count = many == null ? ONE : expressions.expression(many, "`count`");
      String into = waits.register(fields, "into");
      return variable == null ? null : new Operation.FutexWake(variable, count, into, place);
    }
    Value expect = fields.require("expect");
    Expression expected =
        expect == null ? ExpressionReader.ZERO : expressions.expression(expect, "`expect`");
    Waiting waiting = waits.read(fields, List.of("error"));
    return variable == null ? null : new Operation.FutexWait(variable, expected, waiting, place);
  }
}
