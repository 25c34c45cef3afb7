package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Scalar;

class ExpressionParserTest {
  private static Expression parse(String yaml) {
    Source source = Source.file("test.yaml", yaml);
    Problems problems = new Problems(source);
    Entries map = (Entries) YamlTree.parse(yaml, source, problems);
    Set<String> qualifiers = Set.of("T0", "my-task", "server/worker[0]", "a.b");
    Expression parsed = ExpressionParser.parse((Scalar) map.get("e"), qualifiers, problems);
    assertThat(problems.none()).isTrue();
    return parsed;
  }

  /** Returns an expression with every group in parentheses. */
  private static String grouped(String text) {
    return show(parse("e: \"" + text + "\""));
  }

  private static String show(Expression e) {
    if (e instanceof Expression.Literal literal) {
      return "" + literal.value();
    } else if (e instanceof Expression.Name name) {
      return name.name();
    } else if (e instanceof Expression.Element element) {
      return element.name() + "[" + show(element.index()) + "]";
    } else if (e instanceof Expression.Unary unary) {
      return "(" + unary.operator().symbol() + show(unary.operand()) + ")";
    }
    Expression.Binary binary = (Expression.Binary) e;
    return "("
        + show(binary.left())
        + " "
        + binary.operator().symbol()
        + " "
        + show(binary.right())
        + ")";
  }

  @Test
  void operatorsBindAsInC() {
    assertThat(grouped("1 + 2 * 3 - 4")).isEqualTo("((1 + (2 * 3)) - 4)");
    assertThat(grouped("a || b && c | d ^ e & f == g < h << i + j % k"))
        .isEqualTo("(a || (b && (c | (d ^ (e & (f == (g < (h << (i + (j % k))))))))))");
    assertThat(grouped("8 / 4 / 2")).isEqualTo("((8 / 4) / 2)");
    assertThat(grouped("(1 + 2) * 3")).isEqualTo("((1 + 2) * 3)");
    assertThat(grouped("a >= b != c <= d")).isEqualTo("((a >= b) != (c <= d))");
    assertThat(grouped("a >> 1 > b")).isEqualTo("((a >> 1) > b)");
  }

  @Test
  void unaryOperatorsBindTightest() {
    assertThat(grouped("-a * !b + ~c")).isEqualTo("(((-a) * (!b)) + (~c))");
    assertThat(grouped("a - -1")).isEqualTo("(a - (-1))");
    assertThat(grouped("!!x != 1")).isEqualTo("((!(!x)) != 1)");
  }

  @Test
  void theSmallestNumberCanBeWritten() {
    assertThat(grouped("-9223372036854775808")).isEqualTo("-9223372036854775808");
    assertThat(grouped("9223372036854775807")).isEqualTo("9223372036854775807");
  }

  @Test
  void cellsHaveExpressionsAsIndex() {
    assertThat(grouped("a[r1 + 1] == a[b[0]]")).isEqualTo("(a[(r1 + 1)] == a[b[0]])");
  }

  @Test
  void namesBeforeADotAreTheLongestThatThereAre() {
    assertThat(grouped("T0.r + server/worker[0].r2")).isEqualTo("(T0.r + server/worker[0].r2)");
    assertThat(grouped("my-task.r - a.b.c")).isEqualTo("(my-task.r - a.b.c)");
    assertThat(grouped("x/T0.r")).isEqualTo("(x / T0.r)");
  }

  private static Location placeOf(String yaml, Function<Expression.Binary, Expression> part) {
    return part.apply((Expression.Binary) parse(yaml)).location();
  }

  @Test
  void placesAreThoseInTheFileWhateverTheQuotes() {
    Function<Expression.Binary, Expression> right = Expression.Binary::right;
    assertThat(placeOf("e: a + b", right)).isEqualTo(new Location(1, 8));
    assertThat(placeOf("e: 'a + b'", right)).isEqualTo(new Location(1, 9));
    assertThat(placeOf("e: \"a + b\"", right)).isEqualTo(new Location(1, 9));
    assertThat(placeOf("e: \"a\\x20+ b\"", right)).isEqualTo(new Location(1, 12));
    assertThat(placeOf("x: 1\ne:   &anchor a + b", right)).isEqualTo(new Location(2, 18));
    assertThat(placeOf("{\"😀\": 1, e: a + b}", right)).isEqualTo(new Location(1, 17));
    assertThat(placeOf("e: a + b", binary -> binary)).isEqualTo(new Location(1, 6));
  }

  @Test
  void textOverSeveralLinesHasThePlaceOfItsStart() {
    assertThat(placeOf("e: >\n  a +\n  b\n", Expression.Binary::right))
        .isEqualTo(new Location(1, 4));
  }
}
