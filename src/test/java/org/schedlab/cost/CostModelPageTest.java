package org.schedlab.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.report.Ending;
import org.schedlab.report.RunRecorder;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** The page on the cost model is true: its tables are the enum's, and its examples come out. */
class CostModelPageTest {
  private final CostModelPage page = CostModelPage.read();

  @Test
  void tablesAreThoseOfTheEnum() {
    if (Boolean.getBoolean("golden.update")) {
      page.withTables(tables()).write();
    }
    assertThat(CostModelPage.read().tables()).isEqualTo(tables());
  }

  @TestFactory
  Stream<DynamicTest> examplesComeOutAsTheySay() {
    List<String> examples = page.examples();
    assertThat(examples).hasSizeGreaterThan(4);
    return examples.stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text.lines().findFirst().orElse(""),
                    () -> {
                      Scenario scenario = ScenarioReader.read(text, "page.yaml", Overrides.NONE);
                      assertThat(scenario.expectations()).isNotEmpty();
                      RunRecorder recorder = new RunRecorder(scenario);
                      Outcome outcome = Simulation.run(scenario, recorder.sink());
                      Ending ending =
                          new Ending(outcome.end().label(), null, outcome.observed(), List.of());
                      assertThat(recorder.finish(ending).unmetExpectations()).isEmpty();
                    }));
  }

  @Test
  void whatSwitchesAreMadeOfIsNamed() {
    for (Cost cost : Cost.values()) {
      if (cost.mechanism().isCharged()) {
        String rules = page.text().replace(page.tables(), "");
        assertThat(rules).contains("`" + cost.key() + "`");
      }
    }
  }

  private static String tables() {
    StringBuilder text = new StringBuilder();
    for (Section section : Section.values()) {
      text.append("\n### ").append(upper(section.label())).append("\n\n");
      Stream<String> columns =
          Stream.concat(
              Stream.concat(
                  Stream.of("parameter"), Arrays.stream(Profile.values()).map(Profile::key)),
              Stream.of("what it is", "what it rests on"));
      List<String> header = columns.toList();
      text.append(row(header)).append(row(header.stream().map(column -> "---").toList()));
      Arrays.stream(Cost.values())
          .filter(cost -> cost.section() == section)
          .forEach(cost -> text.append(row(cells(cost))));
    }
    text.append("\n## Bases and sources\n\n| basis | meaning |\n| --- | --- |\n");
    for (Basis basis : Basis.values()) {
      text.append(row(List.of(basis.label(), basis.meaning())));
    }
    text.append("\n| source | |\n| --- | --- |\n");
    for (Source source : Source.values()) {
      text.append(row(List.of(source.name(), source.citation())));
    }
    return text.append("\n").toString();
  }

  private static List<String> cells(Cost cost) {
    List<String> cells = new ArrayList<>(List.of("`" + cost.key() + "`"));
    for (Profile profile : Profile.values()) {
      cells.add(cost.text(profile));
    }
    cells.add(cost.meaning() + "; " + cost.mechanism().sentence());
    cells.add(
        Arrays.stream(Profile.values())
            .map(cost::figure)
            .filter(figure -> !figure.evidence().isEmpty())
            .map(CostModelPageTest::evidence)
            .collect(Collectors.joining("<br>")));
    return cells;
  }

  private static String evidence(Figure figure) {
    String range = figure.hasRange() ? figure.low() + " to " + figure.high() + "; " : "";
    return figure.profile().key()
        + ": "
        + range
        + figure.evidence().stream().map(Evidence::line).collect(Collectors.joining("; "));
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String upper(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
