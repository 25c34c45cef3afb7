package org.schedlab.scenario.yaml;

import java.util.Set;
import org.schedlab.program.Expression;
import org.schedlab.program.Expression.BinaryOperator;
import org.schedlab.program.Expression.UnaryOperator;
import org.schedlab.program.Location;
import org.schedlab.scenario.yaml.Value.Scalar;

/**
 * Parses expressions by precedence climbing: an operand, then operators for as long as they bind at
 * least as tightly as the caller asks. All operators with two operands group to the left, as in C.
 */
final class ExpressionParser {
  private static final int LONGEST = 4_000;
  private static final int DEEPEST = 100;
  private static final String LEAST_NUMBER = "9223372036854775808";

  /** Something wrong at an index of the text. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final int index;

    Refusal(int index, String message) {
      super(message, null, false, false);
      this.index = index;
    }
  }

  private final Scalar scalar;
  private final String text;
  private final Set<String> qualifiers;
  private final Problems problems;
  private int at;
  private int depth;

  private ExpressionParser(Scalar scalar, Set<String> qualifiers, Problems problems) {
    this.scalar = scalar;
    this.text = scalar.text();
    this.qualifiers = qualifiers;
    this.problems = problems;
  }

  /**
   * Returns the expression, or null after reporting what is wrong with it.
   *
   * @param qualifiers the threads and processes that may stand before a dot; empty where none may
   */
  static Expression parse(Scalar scalar, Set<String> qualifiers, Problems problems) {
    ExpressionParser parser = new ExpressionParser(scalar, qualifiers, problems);
    try {
      if (parser.text.length() > LONGEST) {
        throw new Refusal(0, "an expression may have " + LONGEST + " characters at most");
      }
      Expression expression = parser.binary(1);
      parser.expectEnd();
      return expression;
    } catch (Refusal refusal) {
      String hint =
          scalar.anchored()
              ? "; YAML reads a word that begins with `&` as an anchor: put the expression in quotes"
              : "";
      problems.add(ScalarText.markAt(scalar, refusal.index), refusal.getMessage() + hint);
      return null;
    }
  }

  private Expression binary(int minPrecedence) throws Refusal {
    Expression left = unary();
    while (true) {
      skipSpace();
      BinaryOperator operator = operatorHere();
      if (operator == null || operator.precedence() < minPrecedence) {
        return left;
      }
      Location place = place(at);
      at += operator.symbol().length();
      Expression right = binary(operator.precedence() + 1);
      left = new Expression.Binary(operator, left, right, place);
    }
  }

  private Expression unary() throws Refusal {
    skipSpace();
    int start = at;
    for (UnaryOperator operator : UnaryOperator.values()) {
      if (text.startsWith(operator.symbol(), at) && !text.startsWith("!=", at)) {
        at++;
        skipSpace();
        if (operator == UnaryOperator.NEGATE && digitsHere().equals(LEAST_NUMBER)) {
          at += LEAST_NUMBER.length();
          return new Expression.Literal(Long.MIN_VALUE, place(start));
        }
        enter(start);
        Expression operand = unary();
        depth--;
        return new Expression.Unary(operator, operand, place(start));
      }
    }
    return primary();
  }

  private Expression primary() throws Refusal {
    if (at == text.length()) {
      throw new Refusal(at, text.isBlank() ? "the expression is empty" : "an operand is missing");
    }
    char c = text.charAt(at);
    if (c == '(') {
      int open = at++;
      enter(open);
      Expression inner = binary(1);
      depth--;
      close(')', open);
      return inner;
    }
    if (isDigit(c)) {
      return literal();
    }
    if (isNameStart(c)) {
      return nameOrElement();
    }
    if (operatorHere() != null || c == ')' || c == ']' || c == '=') {
      throw new Refusal(at, "an operand is missing before `" + symbolHere() + "`");
    }
    throw new Refusal(at, "unexpected `" + characterHere() + "` in an expression");
  }

  private Expression literal() throws Refusal {
    int start = at;
    String digits = digitsHere();
    at += digits.length();
    if (at < text.length() && (isNameStart(text.charAt(at)) || text.charAt(at) == '.')) {
      throw new Refusal(start, "expressions have whole decimal numbers only, such as 42");
    }
    try {
      Durations.refuseOctal(digits);
      return new Expression.Literal(Long.parseLong(digits), place(start));
    } catch (NumberFormatException e) {
      throw new Refusal(start, "the number is too large; the largest is " + Long.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      throw new Refusal(start, e.getMessage());
    }
  }

  private Expression nameOrElement() throws Refusal {
    int start = at;
    String name = name();
    if (at == text.length() || text.charAt(at) != '[') {
      return new Expression.Name(name, place(start));
    }
    int open = at++;
    enter(open);
    Expression index = binary(1);
    depth--;
    close(']', open);
    return new Expression.Element(name, index, place(start));
  }

  private String name() throws Refusal {
    int start = at;
    int dot = qualifierEnd();
    if (dot > 0) {
      at = dot + 1;
    }
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '.') {
      String before = text.substring(start, at);
      throw new Refusal(
          start,
          qualifiers.isEmpty()
              ? "names with a dot, such as `T0.r`, are for `final` and `observe` only"
              : "there is no thread or process `"
                  + before
                  + "`"
                  + Spelling.suggestion(before, qualifiers));
    }
    return text.substring(start, at);
  }

  /** Returns the index of the dot after the longest thread or process name here, or -1. */
  private int qualifierEnd() {
    int end = -1;
    for (int dot = text.indexOf('.', at); dot > 0; dot = text.indexOf('.', dot + 1)) {
      boolean named = dot + 1 < text.length() && isNameStart(text.charAt(dot + 1));
      if (named
          && !qualifiers.isEmpty()
          && qualifiers.contains(TaskIndex.original(text.substring(at, dot)))) {
        end = dot;
      }
    }
    return end;
  }

  private void enter(int index) throws Refusal {
    if (++depth > DEEPEST) {
      throw new Refusal(index, "the expression is nested more than " + DEEPEST + " levels deep");
    }
  }

  private void close(char bracket, int open) throws Refusal {
    skipSpace();
    if (at == text.length()) {
      throw new Refusal(open, "`" + text.charAt(open) + "` is never closed by `" + bracket + "`");
    }
    if (text.charAt(at) != bracket) {
      throw unexpected("an operator or `" + bracket + "`");
    }
    at++;
  }

  private void expectEnd() throws Refusal {
    skipSpace();
    if (at < text.length()) {
      throw unexpected("an operator");
    }
  }

  private Refusal unexpected(String expected) {
    String found = symbolHere();
    String hint =
        switch (found) {
          case "=" -> "; a comparison is `==`";
          case "and" -> "; write `&&`";
          case "or" -> "; write `||`";
          default -> "";
        };
    if ((found.equals(")") || found.equals("]")) && hint.isEmpty()) {
      return new Refusal(at, "`" + found + "` closes nothing that was opened");
    }
    return new Refusal(at, "expected " + expected + ", not `" + found + "`" + hint);
  }

  /** Returns the operator here, the longest that matches, or null. */
  private BinaryOperator operatorHere() {
    BinaryOperator longest = null;
    for (BinaryOperator operator : BinaryOperator.values()) {
      boolean longer = longest == null || operator.symbol().length() > longest.symbol().length();
      if (longer && text.startsWith(operator.symbol(), at)) {
        longest = operator;
      }
    }
    return longest;
  }

  private String symbolHere() {
    BinaryOperator operator = operatorHere();
    if (operator != null) {
      return operator.symbol();
    }
    int end = at;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end > at ? Sizes.cut(text.substring(at, end)) : characterHere();
  }

  private String characterHere() {
    int c = text.codePointAt(at);
    return Character.isISOControl(c) ? String.format("U+%04X", c) : Character.toString(c);
  }

  private String digitsHere() {
    int end = at;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(at, end);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Location place(int index) {
    return problems.remember(ScalarText.markAt(scalar, index));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }
}
