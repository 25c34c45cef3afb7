package org.schedlab.program;

/**
 * Integer arithmetic as a scenario writes it, names not yet resolved. Numbers are 64-bit and wrap
 * around; a comparison gives 1 or 0 and any number but 0 counts as true.
 */
public sealed interface Expression {
  /** Returns where the expression's own operator, number or name stands in the file. */
  Location location();

  /** Returns what an operator makes of its operand. */
  static long apply(UnaryOperator operator, long value) {
    return switch (operator) {
      case NEGATE -> -value;
      case NOT -> truth(value == 0);
      case COMPLEMENT -> ~value;
    };
  }

  /** Returns what an operator makes of its operands; 0 for a division by 0. */
  static long apply(BinaryOperator operator, long a, long b) {
    return switch (operator) {
      case OR -> truth(a != 0 || b != 0);
      case AND -> truth(a != 0 && b != 0);
      case BIT_OR -> a | b;
      case BIT_XOR -> a ^ b;
      case BIT_AND -> a & b;
      case EQUAL -> truth(a == b);
      case NOT_EQUAL -> truth(a != b);
      case LESS -> truth(a < b);
      case LESS_OR_EQUAL -> truth(a <= b);
      case GREATER -> truth(a > b);
      case GREATER_OR_EQUAL -> truth(a >= b);
      case SHIFT_LEFT -> a << b;
      case SHIFT_RIGHT -> a >> b;
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> b == 0 ? 0 : a / b;
      case REMAINDER -> b == 0 ? 0 : a % b;
    };
  }

  private static long truth(boolean condition) {
    return condition ? 1 : 0;
  }

  /** A number. */
  record Literal(long value, Location location) implements Expression {}

  /** A register or variable; {@code T0.r} (a thread's register) in {@code final}. */
  record Name(String name, Location location) implements Expression {}

  /** One cell of an array variable: {@code a[i]}. */
  record Element(String name, Expression index, Location location) implements Expression {}

  /** An operator before its only operand. */
  record Unary(UnaryOperator operator, Expression operand, Location location)
      implements Expression {}

  /** An operator between two operands; both are always evaluated, except by && and ||. */
  record Binary(BinaryOperator operator, Expression left, Expression right, Location location)
      implements Expression {}

  /** The operators with one operand. They bind tighter than any with two. */
  enum UnaryOperator {
    NEGATE("-"),
    NOT("!"),
    COMPLEMENT("~");

    private final String symbol;

    UnaryOperator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  /** The operators with two operands, with C's precedence (a larger number binds tighter). */
  enum BinaryOperator {
    OR("||", 1),
    AND("&&", 2),
    BIT_OR("|", 3),
    BIT_XOR("^", 4),
    BIT_AND("&", 5),
    EQUAL("==", 6),
    NOT_EQUAL("!=", 6),
    LESS("<", 7),
    LESS_OR_EQUAL("<=", 7),
    GREATER(">", 7),
    GREATER_OR_EQUAL(">=", 7),
    SHIFT_LEFT("<<", 8),
    SHIFT_RIGHT(">>", 8),
    ADD("+", 9),
    SUBTRACT("-", 9),
    MULTIPLY("*", 10),
    DIVIDE("/", 10),
    REMAINDER("%", 10);

    private final String symbol;
    private final int precedence;

    BinaryOperator(String symbol, int precedence) {
      this.symbol = symbol;
      this.precedence = precedence;
    }

    public String symbol() {
      return symbol;
    }

    public int precedence() {
      return precedence;
    }
  }
}
