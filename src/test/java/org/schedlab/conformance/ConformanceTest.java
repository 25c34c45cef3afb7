package org.schedlab.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.schedlab.plugin.PolicyWatch;
import org.schedlab.plugin.UserPolicy;
import org.schedlab.policy.UserPolicies;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** Sound policies pass, broken ones are found and their failures shrunk. */
class ConformanceTest {
  private static final Path POLICIES = Path.of("src/test/resources/policies");

  private static Conformance.Finding check(Path file, long workloads) throws Exception {
    UserPolicy policy = UserPolicy.load(file, new PolicyWatch(null, 64));
    UserPolicies.add("checked/" + file, policy.descriptor());
    return new Conformance(policy, Overrides.NONE.withPolicy("checked/" + file))
        .check(5, workloads, number -> {});
  }

  @Test
  void templatePasses() throws Exception {
    assertThat(check(Path.of("docs/examples/TurnTaking.java"), 150)).isNull();
  }

  @Test
  void queueThatForgetsADequeueIsFoundAndShrunk() throws Exception {
    Conformance.Finding found = check(POLICIES.resolve("ForgetsAtDequeue.java"), 300);
    assertThat(found).isNotNull();
    assertThat(found.failure().message())
        .contains("ForgetsAtDequeue.java: p", "which is not ready in this queue");
    // Someone must be ready when its process ends, so there are two that run and one that ends.
    assertThat(found.scenario().processes()).isLessThanOrEqualTo(3);
    assertThat(found.scenario().yaml().length()).isLessThan(250);
    Overrides overrides =
        Overrides.NONE.withPolicy("checked/" + POLICIES.resolve("ForgetsAtDequeue.java"));
    Scenario read = ScenarioReader.read(found.scenario().yaml(), "x.yaml", overrides);
    assertThat(read.processes()).hasSize(found.scenario().processes());
  }

  @Test
  void threadLostInSecretIsShrunkToTwoThreads() throws Exception {
    Conformance.Finding found = check(POLICIES.resolve("LosesInSecret.java"), 50);
    assertThat(found).isNotNull();
    assertThat(found.failure().message()).contains("returned null for good");
    assertThat(found.scenario().processes()).isLessThanOrEqualTo(2);
  }

  @Test
  void whatDecidesByChanceIsFoundByRunningTwice() throws Exception {
    Conformance.Finding found = check(POLICIES.resolve("ByChance.java"), 50);
    assertThat(found).isNotNull();
    assertThat(found.failure().message()).contains("two runs", "differ");
  }

  @Test
  void workloadsAreScenariosOfEveryKindAndTheSameForTheSameSeed() throws Exception {
    Set<String> seen = new HashSet<>();
    List<String> words =
        List.of(
            "cpus: 4",
            "per-cpu",
            "affinity",
            "lock",
            "inheritance",
            "device: disk",
            "fork",
            "spawn",
            "kill",
            "exit",
            "wait",
            "period",
            "repeat",
            "yield",
            "sleep",
            "linux-x86_64");
    for (long number = 1; number <= 300; number++) {
      String text = RandomScenarios.draw(3, number).yaml();
      assertThat(RandomScenarios.draw(3, number).yaml()).isEqualTo(text);
      ScenarioReader.read(text, "drawn.yaml", Overrides.NONE);
      words.stream().filter(text::contains).forEach(seen::add);
    }
    assertThat(seen).containsAll(words);
    assertThat(RandomScenarios.draw(4, 1).yaml()).isNotEqualTo(RandomScenarios.draw(3, 1).yaml());
  }

  @Test
  void shrinkerLeavesOnlyWhatTheFailureNeeds() {
    List<String> tried = new ArrayList<>();
    Draft shrunk =
        new Shrinker(
                draft -> {
                  tried.add(draft.yaml());
                  return draft.yaml().contains("yield") && draft.yaml().contains("cpus");
                },
                5_000)
            .shrink(firstWith("yield"));
    assertThat(shrunk.yaml()).contains("yield", "cpus: 0").doesNotContain("compute", "devices");
    assertThat(shrunk.processes()).isEqualTo(1);
    assertThat(tried).hasSizeLessThan(1_000);
  }

  private static Draft firstWith(String word) {
    for (long number = 1; ; number++) {
      Draft draft = RandomScenarios.draw(3, number);
      if (draft.yaml().contains(word)) {
        return draft;
      }
    }
  }
}
