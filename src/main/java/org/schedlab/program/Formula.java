package org.schedlab.program;

/** An expression whose names are resolved to registers. */
public abstract sealed class Formula {
  /** Returns the value, with 64-bit arithmetic that wraps around, as Java's and C's does. */
  public abstract long evaluate(Execution execution);

  /** Returns the value if it is a plain number, else null. */
  public Long constant() {
    return null;
  }

  static Formula of(long value) {
    return new Constant(value);
  }

  static Formula register(int index) {
    return new Register(index);
  }

  static Formula unary(Expression.UnaryOperator operator, Formula operand) {
    return new Unary(operator, operand);
  }

  static Formula binary(Expression.BinaryOperator operator, Formula left, Formula right) {
    return switch (operator) {
      case AND -> new And(left, right);
      case OR -> new Or(left, right);
      default -> new Binary(operator, left, right);
    };
  }

  private static final class Constant extends Formula {
    private final long value;

    Constant(long value) {
      this.value = value;
    }

    @Override
    public long evaluate(Execution execution) {
      return value;
    }

    @Override
    public Long constant() {
      return value;
    }
  }

  private static final class Register extends Formula {
    private final int index;

    Register(int index) {
      this.index = index;
    }

    @Override
    public long evaluate(Execution execution) {
      return execution.register(index);
    }
  }

  private static final class Unary extends Formula {
    private final Expression.UnaryOperator operator;
    private final Formula operand;

    Unary(Expression.UnaryOperator operator, Formula operand) {
      this.operator = operator;
      this.operand = operand;
    }

    @Override
    public long evaluate(Execution execution) {
      long value = operand.evaluate(execution);
      return Expression.apply(operator, value);
    }
  }

  private static final class And extends Formula {
    private final Formula left;
    private final Formula right;

    And(Formula left, Formula right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public long evaluate(Execution execution) {
      return left.evaluate(execution) != 0 && right.evaluate(execution) != 0 ? 1 : 0;
    }
  }

  private static final class Or extends Formula {
    private final Formula left;
    private final Formula right;

    Or(Formula left, Formula right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public long evaluate(Execution execution) {
      return left.evaluate(execution) != 0 || right.evaluate(execution) != 0 ? 1 : 0;
    }
  }

  private static final class Binary extends Formula {
    private final Expression.BinaryOperator operator;
    private final Formula left;
    private final Formula right;

    Binary(Expression.BinaryOperator operator, Formula left, Formula right) {
      this.operator = operator;
      this.left = left;
      this.right = right;
    }

    @Override
    public long evaluate(Execution execution) {
      long a = left.evaluate(execution);
      long b = right.evaluate(execution);
      if (b == 0
          && (operator == Expression.BinaryOperator.DIVIDE
              || operator == Expression.BinaryOperator.REMAINDER)) {
        return execution.divideByZero();
      }
      return Expression.apply(operator, a, b);
    }
  }
}
