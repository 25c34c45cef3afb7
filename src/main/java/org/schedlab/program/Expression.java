package org.schedlab.program;

/**
 * Integer arithmetic as a scenario writes it, names not yet resolved. Numbers are 64-bit and wrap
 * around; a comparison gives 1 or 0 and any number but 0 counts as true.
 */
public sealed interface Expression {
  /** Returns where the expression's own operator, number or name stands in the file. */
  Location location();

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
