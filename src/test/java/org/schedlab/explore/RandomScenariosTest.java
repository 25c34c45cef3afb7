package org.schedlab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.schedlab.Exploration;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.RandomPrograms;

/**
 * Scenarios drawn at random in which mechanisms mix: threads and processes that programs make,
 * waits, pipes between processes, asserts. Reduction, counting by states, and every schedule one by
 * one must come to the same.
 */
class RandomScenariosTest {
  private static final int SCENARIOS = Integer.getInteger("explore.scenarios", 250);
  private static final int MOST_SCHEDULES = 2_000;

  @Test
  void reductionCountingAndBruteForceAgree() throws Exception {
    RandomPrograms programs = new RandomPrograms(new Random(20_270_131));
    for (int compared = 0; compared < SCENARIOS; ) {
      String text = programs.next();
      Scenario scenario = ScenarioReader.read(text, "random.yaml", Overrides.NONE);
      try {
        compared += Exploration.follow(scenario, (machine, judge) -> compare(machine, judge, text));
      } catch (InvalidScenarioException e) {
        assertThat(e.getMessage()).as(text).contains("which ends the process with its other");
      }
    }
  }

  /** Returns 1, or 0 where there are too many schedules. */
  private static int compare(Machine machine, Judge judge, String text) {
    EverySchedule every = new EverySchedule(machine, judge, MOST_SCHEDULES, false);
    if (every.isTooLarge()) {
      return 0;
    }
    Findings findings = Findings.of(machine, judge, Budget.DEFAULT);
    Map<String, Long> found = new TreeMap<>();
    findings
        .outcomes()
        .forEach((outcome, seen) -> found.put(outcome.toString(), seen.executions()));
    Map<String, Long> counted = new TreeMap<>();
    Census.ofTraces(machine, judge, Budget.DEFAULT)
        .counts()
        .forEach((outcome, count) -> counted.put(outcome.toString(), count.longValue()));

    assertThat(Census.ofInterleavings(machine, judge, Budget.DEFAULT).total())
        .as("schedules of " + text)
        .hasToString("" + every.schedules);
    assertThat(counted).as("traces by states of " + text).isEqualTo(every.outcomes);
    assertThat(found).as("traces by search of " + text).isEqualTo(every.outcomes);
    assertThat(findings.redundant()).as("schedules in vain of " + text).isZero();
    return 1;
  }
}
