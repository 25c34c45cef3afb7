package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.Simulation;
import org.schedlab.metrics.DecisionLog;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.yaml.snakeyaml.Yaml;

/** What {@code --explain} shows of decisions, and that it shows without touching. */
class DecisionReportTest {
  private static final String SCENARIO =
      """
      scheduler: {policy: srtf}
      machine: {cpus: 1}
      processes:
        - {name: A, burst: 5}
        - {name: B, arrival: 1, burst: 2}
        - {name: C, arrival: 2, burst: 9}
      """;

  private static RunReport report(String text, Detail... details) throws Exception {
    Scenario scenario = ScenarioReader.read(text, "test.yaml", Overrides.NONE);
    RunRecorder recorder = new RunRecorder(scenario, Set.of(details), true);
    Simulation.run(scenario, recorder.sink());
    return recorder.finish(new Ending("completed", null, List.of(), List.of()));
  }

  private static String json(RunReport report) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.writeJson(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tableTellsWhoWasReadyWithWhichKeyAndWhyOneWasChosen(@TempDir Path folder) throws Exception {
    RunReport report = report(SCENARIO, Detail.DECISIONS);
    report.writeFolder(folder);
    String page = Files.readString(folder.resolve("report.md"));
    assertThat(page.substring(page.indexOf("## Decisions"), page.indexOf("## What was checked")))
        .isEqualTo(
            """
            ## Decisions (times in ms)

            | time | CPU | chosen | because it | instead of | ready, with their remaining burst |
            | ---: | ---: | --- | --- | --- | --- |
            | 0 | 0 | A | has the shortest remaining burst | – | A 5 |
            | 1 | 0 | B | has the shortest remaining burst | A | A 4, B 2 |
            | 3 | 0 | A | has the shortest remaining burst | – | A 4, C 9 |
            | 7 | 0 | C | has the shortest remaining burst | – | C 9 |

            """);
    StringBuilder terminal = new StringBuilder();
    report.printTerminal(terminal, 100, true);
    assertThat(terminal).contains("Decisions (times in ms)").contains("A 4, B 2");
  }

  @Test
  void resultHasDecisionsOnlyWhenAsked() throws Exception {
    Map<String, Object> with = new Yaml().load(json(report(SCENARIO, Detail.DECISIONS)));
    List<?> decisions = (List<?>) with.get("decisions");
    assertThat(decisions).hasSize(4);
    assertThat(decisions.get(1))
        .isEqualTo(
            Map.of(
                "time", 1,
                "cpu", 0,
                "chosen", "B",
                "rule", "has the shortest remaining burst",
                "preempted", "A",
                "key", "remaining burst",
                "ready", List.of(Map.of("task", "A", "key", 4), Map.of("task", "B", "key", 2))));
    assertThat(json(report(SCENARIO))).doesNotContain("decisions");
  }

  @Test
  void explainingChangesNothing() throws Exception {
    for (PolicyDescriptor policy : Policies.real()) {
      String text =
          """
          until: 60
          seed: 5
          machine: {cpus: 2}
          scheduler: {policy: %s, run_queues: per-cpu}
          mutexes: [m]
          processes:
            - {name: A, count: 3, tickets: 3, nice: 2, deadline: 40, program: [{repeat: 9, do: [compute: 2, io: 1, lock: m, compute: 1, unlock: m]}]}
            - {name: B, count: 3, program: [{repeat: 5, do: [compute: {exponential: {mean: 3}}, yield]}]}
            - {name: T, period: 7, wcet: 1, reservation: {runtime: 1}}
          """
              .formatted(policy.name());
      Map<String, Object> plain = new Yaml().load(json(report(text)));
      Map<String, Object> explained = new Yaml().load(json(report(text, Detail.DECISIONS)));
      assertThat((List<?>) explained.remove("decisions")).as(policy.name()).isNotEmpty();
      assertThat(explained).as(policy.name()).isEqualTo(plain);
    }
  }

  @Test
  void manyDecisionsAreLeftOutAndCounted() throws Exception {
    String text =
        """
        scheduler: {policy: round-robin, quantum: 1}
        processes: [{name: P, count: 30, burst: 500}]
        """;
    RunReport report = report(text, Detail.DECISIONS);
    assertThat(report.metrics().decisions().orElseThrow().kept()).hasSize(DecisionLog.LIMIT);
    assertThat(json(report))
        .contains("\"decisions_omitted\": " + (15_000 - DecisionLog.LIMIT))
        .contains("{\"task\": \"P[19]\", \"key\": 0}], \"ready_omitted\": 10}");
    StringBuilder terminal = new StringBuilder();
    report.printTerminal(terminal, 100, true);
    assertThat(terminal).contains("The first 1000 of 15000.").contains(" and 24 more");
  }

  @Test
  void stolenThreadIsExplainedByItsQueue() throws Exception {
    String text =
        """
        machine: {cpus: 2}
        scheduler: {policy: fcfs, run_queues: per-cpu}
        processes:
          - {name: A, burst: 5}
          - {name: B, burst: 1}
          - {name: C, burst: 5}
        """;
    assertThat(json(report(text, Detail.DECISIONS)))
        .contains("\"rule\": \"is last in the queue of CPU 0, from which it is stolen\"");
  }
}
