package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every mistake of {@code mistakes.txt} gives exactly the text that stands there. After a wanted
 * change, {@code mvn test -Dgolden.update=true} writes the texts anew.
 */
class DiagnosticsTest {
  private static final String FILE = "mistakes.txt";

  private record Mistake(String title, String scenario, String expected) {}

  @TestFactory
  Stream<DynamicTest> mistakesAreExplained() throws IOException {
    List<Mistake> mistakes = mistakes();
    if (Boolean.getBoolean("golden.update")) {
      StringBuilder updated = new StringBuilder();
      for (Mistake m : mistakes) {
        String actual = Scenarios.rendered(Scenarios.problems(m.scenario()));
        updated.append("=== ").append(m.title()).append('\n').append(m.scenario());
        updated.append("---\n").append(actual);
      }
      Files.writeString(Scenarios.RESOURCES.resolve(FILE), updated, StandardCharsets.UTF_8);
    }
    return mistakes().stream().map(m -> DynamicTest.dynamicTest(m.title(), () -> isExplained(m)));
  }

  private static void isExplained(Mistake mistake) {
    assertThat(Scenarios.rendered(Scenarios.problems(mistake.scenario())))
        .isNotEmpty()
        .isEqualTo(mistake.expected());
  }

  @Test
  void thereAreThirtyMistakesAtLeast() {
    assertThat(mistakes()).hasSizeGreaterThanOrEqualTo(30);
  }

  private static List<Mistake> mistakes() {
    List<Mistake> mistakes = new ArrayList<>();
    for (String block : Scenarios.resource(FILE).split("(?m)^=== ")) {
      if (!block.isEmpty()) {
        int title = block.indexOf('\n');
        int separator = block.indexOf("\n---\n");
        mistakes.add(
            new Mistake(
                block.substring(0, title),
                block.substring(title + 1, separator + 1),
                block.substring(separator + 5)));
      }
    }
    return mistakes;
  }
}
