package org.schedlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.report.Ending;
import org.schedlab.report.RunRecorder;
import org.schedlab.report.RunReport;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** What the documentation says is so: examples run and hold, and links lead somewhere. */
class DocumentationTest {
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)#: ]+)(#[^) ]*)?( \"[^\"]*\")?\\)");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  @TestFactory
  Stream<DynamicTest> everyWholeScenarioRunsAndKeepsWhatItStates() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      Matcher examples = YAML.matcher(Files.readString(page));
      for (int i = 1; examples.find(); i++) {
        String example = examples.group(1);
        if (example.contains("processes:") || example.contains("workload:")) {
          tests.add(DynamicTest.dynamicTest(page + " example " + i, () -> run(page, example)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests.stream();
  }

  private static void run(Path page, String example) throws Exception {
    Scenario scenario = ScenarioReader.read(example, page.toString(), Overrides.NONE);
    if (scenario.scheduler().policy().isIdeal()) {
      // Computed by another way; the policy's page is held to it by its own test.
      return;
    }
    RunRecorder recorder = new RunRecorder(scenario);
    Outcome outcome = Simulation.run(scenario, recorder.sink());
    RunReport report =
        recorder.finish(
            new Ending(
                outcome.end().label(), outcome.finalCheckHeld(), outcome.observed(), List.of()));
    assertThat(report.failures()).isEmpty();
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    for (Path page : pages()) {
      String text = Files.readString(page);
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        Path target = page.resolveSibling(link.group(1)).normalize();
        assertThat(Files.exists(target)).as("%s links to %s", page, link.group(1)).isTrue();
      }
    }
  }
}
