package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.yaml.snakeyaml.Yaml;

/**
 * The page of the 22 statements keeps its word: each has scenarios that check themselves, and
 * variants of which a check fails. What no single scenario can state, a comparison of two, is here.
 */
class ConceptsTest {
  private static final Path PAGE = Path.of("docs/concepts.md");
  private static final int STATEMENTS = 22;
  private static final Pattern HEADING = Pattern.compile("(?m)^## (\\d+)\\. (.+)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(\\.\\./(scenarios/[^)]+\\.yaml)\\)");

  @TempDir private Path output;

  /** A statement with everything that the page says of it. */
  private record Statement(int number, String title, String text) {
    List<Path> scenarios() {
      return LINK.matcher(text).results().map(link -> Path.of(link.group(1))).toList();
    }

    List<PageCommand> commands() {
      return PageCommand.all(text);
    }
  }

  private static List<Statement> statements() {
    String page;
    try {
      page = Files.readString(PAGE, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    List<MatchResult> headings = HEADING.matcher(page).results().toList();
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      int end = i + 1 < headings.size() ? headings.get(i + 1).start() : page.length();
      MatchResult heading = headings.get(i);
      String text = page.substring(heading.end(), end);
      statements.add(new Statement(Integer.parseInt(heading.group(1)), heading.group(2), text));
    }
    return statements;
  }

  private CommandLineRun run(List<String> words) {
    List<String> all = new ArrayList<>(words);
    Collections.addAll(all, "--no-charts", "-o", output.toString());
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  @Test
  void allStatementsAreThereInTheirOrder() {
    assertThat(statements())
        .extracting(Statement::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, STATEMENTS).boxed().toList());
  }

  @TestFactory
  Stream<DynamicTest> scenariosOfEachStatementCheckThemselves() {
    return statements().stream()
        .map(statement -> DynamicTest.dynamicTest(statement.title(), () -> checks(statement)));
  }

  private static void checks(Statement statement) throws Exception {
    assertThat(statement.scenarios()).isNotEmpty();
    for (Path file : statement.scenarios()) {
      Scenario scenario = ScenarioReader.read(file, Overrides.NONE);
      boolean checked = !scenario.expectations().isEmpty() || scenario.finalCheck() != null;
      assertThat(checked).as("%s states what must come out", file).isTrue();
      assertThat(statement.commands())
          .as("%s is run", file)
          .anyMatch(c -> c.scenario().equals(file.toString().replace('\\', '/')));
    }
  }

  @TestFactory
  Stream<DynamicTest> commandsOfEachStatementEndAsThePageSays() {
    return statements().stream()
        .map(statement -> DynamicTest.dynamicTest(statement.title(), () -> runAll(statement)));
  }

  private void runAll(Statement statement) {
    assertThat(statement.commands()).anyMatch(PageCommand::fails).anyMatch(c -> !c.fails());
    for (PageCommand command : statement.commands()) {
      command.check(run(command.words()));
    }
  }

  /** A number of a run's result.json, with its keys from outside in. */
  private double result(String scenario, List<String> options, String... keys) {
    List<String> words = new ArrayList<>(List.of("run", "scenarios/" + scenario + ".yaml"));
    words.addAll(options);
    Collections.addAll(words, "--format", "json");
    // JSON is YAML.
    Object value = new Yaml().load(run(words).out());
    for (String key : keys) {
      value = ((Map<?, ?>) value).get(key);
    }
    return ((Number) value).doubleValue();
  }

  private double makespan(String scenario) {
    return result(scenario, List.of(), "makespan");
  }

  @Test
  void waitingOverlapsWithAsyncAndNotWithout() {
    assertThat(makespan("coroutines/matrix-async"))
        .isLessThan(makespan("coroutines/matrix-sequential"));
  }

  @Test
  void processesTakeLongerToMakeThanThreadsAndThoseThanCoroutines() {
    String[] creation = {"costs", "accounts", "creation"};
    double processes = result("processes/creating-processes", List.of(), creation);
    double threads = result("processes/creating-threads", List.of(), creation);
    double coroutines = result("coroutines/creating-coroutines", List.of(), creation);
    assertThat(processes).isGreaterThan(10 * threads);
    assertThat(threads).isGreaterThan(10 * coroutines).isPositive();
  }

  @Test
  void turnsOfProcessesCostMoreThanThoseOfThreadsAndThoseMoreThanOfCoroutines() {
    double processes = makespan("costs/turns-of-processes");
    double threads = makespan("costs/turns-of-threads");
    assertThat(processes).isGreaterThan(threads);
    assertThat(threads).isGreaterThan(makespan("costs/turns-of-coroutines"));
  }

  /** The share of the CPU that is work, for 16 ms of it by so many threads. */
  private double efficiency(int threads, int quantum) {
    String worker = "processes.server.threads.worker.";
    List<String> options =
        List.of(
            "--set",
            worker + "count=" + threads,
            "--set",
            worker + "burst=" + 16_000 / threads,
            "--quantum",
            Integer.toString(quantum));
    double work = result("costs/few-threads", options, "costs", "accounts", "own_work");
    assertThat(work).isEqualTo(16_000);
    return work / result("costs/few-threads", options, "makespan");
  }

  @Test
  void efficiencyFallsWithTheNumberOfThreads() {
    assertThat(List.of(1, 2, 4, 8))
        .extracting(threads -> efficiency(threads, 50))
        .isSortedAccordingTo(Collections.reverseOrder())
        .first()
        .isEqualTo(1.0);
    assertThat(efficiency(32, 50)).isLessThan(0.8 * efficiency(4, 50));
  }

  @Test
  void efficiencyFallsWithTheQuantum() {
    assertThat(List.of(500, 200, 100, 50, 20))
        .extracting(quantum -> efficiency(16, quantum))
        .isSortedAccordingTo(Collections.reverseOrder());
    assertThat(efficiency(16, 20)).isLessThan(0.6);
  }

  @Test
  void everyCommandOfThePageIsOneOfAStatement() throws IOException {
    long lines = Files.readString(PAGE).lines().filter(l -> l.startsWith("./schedlab")).count();
    long commands = statements().stream().mapToLong(s -> s.commands().size()).sum();
    assertThat(commands).isEqualTo(lines).isGreaterThan(2 * STATEMENTS);
  }
}
