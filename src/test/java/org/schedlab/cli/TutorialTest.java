package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial keeps its word: its commands end as it says, also those of the examples that stand
 * on the page, and what it shows of reports is what these runs print.
 */
class TutorialTest {
  private static final Path PAGE = Path.of("docs/tutorial.md");
  private static final Pattern CHAPTER = Pattern.compile("(?m)^## (.+)$");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Pattern NAME = Pattern.compile("(?m)^name: (\\S+)$");
  private static final List<String> MOST = List.of("--show", "memory,references");

  @TempDir private Path folder;

  private record Block(String kind, String text) {}

  private record Chapter(String title, List<Block> blocks) {
    List<Block> of(String kind) {
      return blocks.stream().filter(block -> block.kind().equals(kind)).toList();
    }

    List<PageCommand> commands() {
      return of("sh").stream().flatMap(block -> PageCommand.all(block.text()).stream()).toList();
    }
  }

  private static List<Chapter> chapters() {
    String page;
    try {
      page = Files.readString(PAGE, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    List<MatchResult> headings = CHAPTER.matcher(page).results().toList();
    List<Chapter> chapters = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      int end = i + 1 < headings.size() ? headings.get(i + 1).start() : page.length();
      String text = page.substring(headings.get(i).end(), end);
      List<Block> blocks =
          BLOCK.matcher(text).results().map(b -> new Block(b.group(1), b.group(2))).toList();
      chapters.add(new Chapter(headings.get(i).group(1), blocks));
    }
    return chapters;
  }

  /** The scenarios written out on the page, by their names. */
  private static Map<String, String> examples() {
    Map<String, String> examples = new HashMap<>();
    for (Chapter chapter : chapters()) {
      for (Block block : chapter.of("yaml")) {
        NAME.matcher(block.text())
            .results()
            .forEach(
                name ->
                    assertThat(examples.put(name.group(1), block.text()))
                        .as("another example named " + name.group(1))
                        .isNull());
      }
    }
    return examples;
  }

  @TestFactory
  Stream<DynamicTest> commandsEndAsThePageSays() {
    Map<String, String> examples = examples();
    return chapters().stream()
        .flatMap(chapter -> chapter.commands().stream())
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.line(), () -> command.check(run(command, examples, List.of()))));
  }

  private CommandLineRun run(PageCommand command, Map<String, String> examples, List<String> more)
      throws IOException {
    List<String> words = new ArrayList<>(command.words());
    String file = command.scenario();
    if (!file.startsWith("scenarios/")) {
      String name = file.replace(".yaml", "");
      assertThat(examples).containsKey(name);
      words.set(1, Files.writeString(folder.resolve(file), examples.get(name)).toString());
    }
    words.addAll(more);
    Collections.addAll(words, "--no-charts", "-o", folder.resolve("output").toString());
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  /** Columns may be left out and spaces differ; the cells of a line stand in one line of a run. */
  @TestFactory
  Stream<DynamicTest> whatIsShownOfReportsIsPrinted() {
    Map<String, String> examples = examples();
    return chapters().stream()
        .filter(chapter -> !chapter.of("text").isEmpty())
        .map(chapter -> DynamicTest.dynamicTest(chapter.title(), () -> shows(chapter, examples)));
  }

  private void shows(Chapter chapter, Map<String, String> examples) throws IOException {
    List<Set<String>> printed = new ArrayList<>();
    for (PageCommand command : chapter.commands()) {
      boolean tables = !command.line().contains("--show");
      CommandLineRun run = run(command, examples, tables ? MOST : List.of());
      (run.out() + run.err()).lines().forEach(line -> printed.add(cells(line)));
    }
    for (Block block : chapter.of("text")) {
      for (String line : block.text().lines().toList()) {
        assertThat(printed).as(line).anyMatch(of -> of.containsAll(cells(line)));
      }
    }
  }

  /** Returns the words of a line; a line of a chart is one word for what lies on its axis. */
  private static Set<String> cells(String line) {
    Set<String> cells = new HashSet<>();
    for (String cell : line.strip().split(" {2,}")) {
      if (!cell.matches("[─┬ 0-9]*")) {
        cells.add(cell);
      }
    }
    return cells;
  }

  @Test
  void everyChapterHasSomethingToRun() {
    assertThat(chapters()).hasSizeGreaterThan(20);
    List<Chapter> chapters = chapters();
    assertThat(chapters.subList(0, chapters.size() - 1))
        .allSatisfy(chapter -> assertThat(chapter.commands()).as(chapter.title()).isNotEmpty());
  }
}
