package org.schedlab.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The page docs/cost-model.md, as tests read it. */
record CostModelPage(String text) {
  static final Path FILE = Path.of("docs/cost-model.md");
  static final String TABLES_BEGIN = "<!-- the tables of Cost begin; a test writes them -->\n";
  static final String TABLES_END = "<!-- the tables of Cost end -->\n";
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  static CostModelPage read() {
    try {
      return new CostModelPage(Files.readString(FILE, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write() {
    try {
      Files.writeString(FILE, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> examples() {
    return EXAMPLE.matcher(text).results().map(match -> match.group(1)).toList();
  }

  String tables() {
    int begin = text.indexOf(TABLES_BEGIN) + TABLES_BEGIN.length();
    return text.substring(begin, text.indexOf(TABLES_END));
  }

  CostModelPage withTables(String tables) {
    int begin = text.indexOf(TABLES_BEGIN) + TABLES_BEGIN.length();
    return new CostModelPage(
        text.substring(0, begin) + tables + text.substring(text.indexOf(TABLES_END)));
  }

  /** Checks that the row of a relation has the figures that came out. */
  void states(String relation, String... figures) {
    String start = "| " + relation + " |";
    String row = text.lines().filter(line -> line.startsWith(start)).findFirst().orElse("");
    assertThat(row).as("row `%s` of %s", relation, FILE).contains(figures);
  }
}
