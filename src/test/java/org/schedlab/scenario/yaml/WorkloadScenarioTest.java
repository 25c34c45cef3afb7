package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.schedlab.program.Operation;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.ThreadSpec;

/** Reading {@code workload:}. */
class WorkloadScenarioTest {
  private static Scenario read(String yaml) throws InvalidScenarioException {
    return ScenarioReader.read(yaml, "w.yaml", Overrides.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: j, arrivals: 1, burst: 1} | needs `count`, or the scenario `until`",
        "{name: j, count: 3, burst: 1} | needs `arrivals`, the times between arrivals, or `customers`",
        "{name: j, count: 3, arrivals: 1} | needs `burst` or `program`",
        "{name: j, count: 3, arrivals: 1, burst: 1, warmup: 3} | `warmup` leaves nothing to count",
        "{name: j, count: 3, customers: 2, burst: 1} | needs `think`",
        "{name: j, count: 3, think: 2, arrivals: 1, burst: 1} | there are none",
        "{name: j, count: 3, customers: 2, think: 1, arrivals: 1, burst: 1} | cannot stand beside",
        "{name: j, arrivals: {at: [3, 1]}, burst: 1} | must not go back",
        "{name: j, arrivals: {at: []}, burst: 1} | `at` needs at least one time",
        "{name: j, count: 5, arrivals: {at: [1]}, burst: 1} | `count` must be a whole number",
        "{name: j, count: 5, arrivals: {bursts: {size: 2}}, burst: 1} | needs `pause`",
        "{name: P, count: 5, arrivals: 1, burst: 1} | a process or group `P` already",
        "{name: j, count: 5, arrivals: 1, classes: [{name: a, burst: 1}], burst: 1} | belongs to each",
        "{name: j, count: 5, arrivals: 1, classes: [{name: a, share: 0, burst: 1}]} | above 0",
        "{name: j, count: 5, arrivals: 1, program: [lock: n]} | declares a mutex `n`",
        "{name: j, count: 5, arrivals: 1, brust: 1} | did you mean `burst`?",
        "{name: j, task_set: {tasks: 2, utilization: 3, periods: {choice: [5]}}} | cannot be above",
        "{name: j, task_set: {tasks: 2, utilization: 1, periods: {choices: [5]}}} | did you mean `choice`?",
        "{name: j, task_set: {tasks: 2, utilization: 1, periods: {choice: [5]}}} | so the scenario needs `until`",
        "{name: j, count: 3, task_set: {tasks: 2, utilization: 1, periods: {choice: [5]}}} | beside `task_set`"
      })
  void saysWhatIsWrong(String group, String message) {
    String yaml = "processes: [{name: P, burst: 1}]\nworkload:\n  - " + group + "\n";
    assertThat(Scenarios.rendered(Scenarios.problems(yaml)))
        .contains("test.yaml:3:")
        .contains(message);
  }

  @Test
  void aWorkloadCanStandWithoutProcesses() throws Exception {
    Scenario scenario = read("workload: [{name: j, count: 5, arrivals: 1, burst: 1}]");
    assertThat(scenario.processes()).isEmpty();
    assertThat(scenario.jobs()).isEqualTo(5);
  }

  @Test
  void sharesOfATaskSetAddUpToItsUtilization() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      Scenario scenario =
          read(
              """
              seed: %d
              until: 100
              time_unit: s
              workload:
                - {name: T, task_set: {tasks: 8, utilization: 3.5, periods: {log_uniform: {min: 1, max: 1000}}}}
              """
                  .formatted(seed));
      double sum = 0;
      for (Scenario.ProcessSpec process : scenario.processes()) {
        ThreadSpec thread = process.threads().get(0);
        long wcet = ((Operation.Compute) thread.program().get(0)).time().draw(null);
        double share = (double) wcet / thread.periodic().period();
        assertThat(share).isBetween(0.0, 1.0);
        sum += share;
        assertThat(thread.periodic().period()).isBetween(1_000_000_000L, 1_000_000_000_000L);
        assertThat(thread.attributes().deadline()).isEqualTo(thread.periodic().period());
      }
      assertThat(sum).isCloseTo(3.5, within(1e-6));
      assertThat(scenario.processes()).hasSize(8);
    }
  }

  /** The first of n shares of UUniFast has mean U/n, as every other one. */
  @Test
  void everyTaskHasTheSameMeanShare() throws Exception {
    double[] sums = new double[4];
    int sets = 3000;
    for (int seed = 0; seed < sets; seed++) {
      Scenario scenario =
          read(
              "seed: "
                  + seed
                  + "\nuntil: 1\nworkload: [{name: T, task_set: {tasks: 4, utilization: 0.8,"
                  + " periods: {choice: [10s]}}}]");
      for (int i = 0; i < 4; i++) {
        ThreadSpec thread = scenario.processes().get(i).threads().get(0);
        sums[i] += ((Operation.Compute) thread.program().get(0)).time().draw(null) / 1e10;
      }
    }
    for (double sum : sums) {
      // The shares have a standard deviation of about 0.15: four of the mean of 3000 are 0.011.
      assertThat(sum / sets).isCloseTo(0.2, within(0.012));
    }
  }

  @Test
  void harmonicPeriodsDivideEachOther() throws Exception {
    Scenario scenario =
        read(
            """
            until: 100
            workload:
              - {name: T, task_set: {tasks: 30, utilization: 0.9, periods: {harmonic: {min: 5, levels: 4}}}}
            """);
    List<Long> periods =
        scenario.processes().stream()
            .map(process -> process.threads().get(0).periodic().period() / 1_000_000)
            .distinct()
            .sorted()
            .toList();
    assertThat(periods).containsExactly(5L, 10L, 20L, 40L);
  }
}
