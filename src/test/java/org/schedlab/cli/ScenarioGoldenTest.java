package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.GoldenFiles;

/** Every scenario that the project ships gives what it always gave, to the byte. */
class ScenarioGoldenTest {
  private static final Path SCENARIOS = Path.of("scenarios");
  private static final String GOLDEN = "src/test/resources/golden/scenarios";

  private static List<Path> scenarios() throws IOException {
    try (Stream<Path> files = Files.walk(SCENARIOS)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          // Experiments are no scenarios: sweep runs them.
          .filter(file -> !file.startsWith(SCENARIOS.resolve("experiments")))
          .sorted()
          .toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> runsGiveTheGoldenFiles(@TempDir Path folder) throws IOException {
    GoldenFiles golden = new GoldenFiles(GOLDEN);
    return Stream.concat(
        scenarios().stream()
            .map(
                file ->
                    DynamicTest.dynamicTest(file.toString(), () -> compare(file, folder, golden))),
        Stream.of(DynamicTest.dynamicTest("nothing else", golden::checkNothingElse)));
  }

  private static void compare(Path file, Path folder, GoldenFiles golden) throws IOException {
    Path output = folder.resolve(file.getFileName().toString());
    CommandLineRun run =
        CommandLineRun.of("run", file.toString(), "--no-charts", "-o", output.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).as(run.out()).isZero();
    String last = "\nWritten to " + output + "\n";
    assertThat(run.out()).endsWith(last);
    String name = SCENARIOS.relativize(file).toString().replace(".yaml", "");
    golden.check(
        name + "/terminal.txt", run.out().substring(0, run.out().length() - last.length()));
    boolean compared = Files.exists(output.resolve("models.json"));
    List<String> files =
        compared ? List.of("models.json", "models.md") : List.of("result.json", "report.md");
    for (String written : files) {
      golden.check(
          name + "/" + written, Files.readString(output.resolve(written), StandardCharsets.UTF_8));
    }
  }

  @TestFactory
  Stream<DynamicTest> scenariosExplainAndCheckThemselves() throws IOException {
    Map<String, Path> names = new HashMap<>();
    return scenarios().stream()
        .map(file -> DynamicTest.dynamicTest(file.toString(), () -> explains(file, names)));
  }

  private static void explains(Path file, Map<String, Path> names) throws Exception {
    Scenario scenario = ScenarioReader.read(file, Overrides.NONE);
    String text = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(names.putIfAbsent(scenario.name(), file)).as("another scenario's name").isNull();
    assertThat(file.getFileName()).hasToString(scenario.name() + ".yaml");
    assertThat(scenario.description()).hasSizeGreaterThan(100);
    boolean checks =
        !scenario.expectations().isEmpty()
            || scenario.finalCheck() != null
            || text.contains("assert:");
    // The first scenario is there to be tried with other policies and values.
    assertThat(checks || scenario.name().equals("quickstart"))
        .as("states what must come out")
        .isTrue();
    String schema = text.lines().findFirst().orElse("").replaceFirst(".*\\$schema=", "");
    assertThat(file.resolveSibling(schema).normalize())
        .as("the schema that the first line names")
        .isEqualTo(Path.of("docs/scenario.schema.json"));
  }

  @Test
  void pageOfScenariosListsThemAll() throws IOException {
    String page = Files.readString(SCENARIOS.resolve("README.md"), StandardCharsets.UTF_8);
    Set<String> missing = new TreeSet<>();
    for (Path file : scenarios()) {
      String link = "](" + SCENARIOS.relativize(file).toString().replace('\\', '/') + ")";
      if (!page.contains(link)) {
        missing.add(link);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void statedResultThatDoesNotComeAboutFailsTheRun(@TempDir Path folder) {
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "scenarios/programs/lost-update.yaml",
            "--no-charts",
            "-o",
            folder.toString(),
            "--set",
            "final=counter == 20");
    assertThat(run.status()).isEqualTo(ExitStatus.CHECK_FAILED);
    assertThat(run.out()).contains("FAILED  final condition is false: counter == 20");
  }

  @Test
  void windowAppliesToTheTerminalsChart(@TempDir Path folder) {
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "scenarios/policies/srtf.yaml",
            "--no-charts",
            "-o",
            folder.toString(),
            "--from",
            "4",
            "--to",
            "6");
    assertThat(run.out()).contains("P2█").contains("P4█").doesNotContain("P1█");
  }

  @Test
  void chartsOfTheQuickstartAreTheSameInTwoRuns(@TempDir Path first, @TempDir Path second)
      throws IOException {
    for (Path folder : List.of(first, second)) {
      CommandLineRun run =
          CommandLineRun.of(
              "run", "scenarios/quickstart.yaml", "--format", "none", "-o", folder.toString());
      assertThat(run.status()).isZero();
      assertThat(run.err()).isEmpty();
    }
    for (String chart : List.of("gantt.png", "gantt.svg")) {
      assertThat(first.resolve(chart)).hasSameBinaryContentAs(second.resolve(chart));
    }
    var image =
        ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(first.resolve("gantt.png"))));
    Set<Integer> colours = new TreeSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    assertThat(colours).as("more than a white page").hasSizeGreaterThan(20);
    assertThat(Files.readString(first.resolve("gantt.svg"), StandardCharsets.UTF_8))
        .startsWith("<?xml")
        .contains("compiler</text>", "web/worker[1]</text>");
    assertThat(Files.readString(first.resolve("report.md"), StandardCharsets.UTF_8))
        .contains("![Gantt chart](gantt.png)");
  }
}
