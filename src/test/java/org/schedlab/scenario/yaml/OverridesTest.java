package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.schedlab.cost.Cost;
import org.schedlab.cost.Profile;
import org.schedlab.program.Operation;
import org.schedlab.program.TimeSource;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.Scenario;

class OverridesTest {
  private static final String SCENARIO =
      """
      machine: {costs: linux-x86_64}
      scheduler: {policy: feedback, queues: 3, quantum: 2}
      processes:
        - {name: P1, burst: 24}
        - name: a.b
          variables: {x: 0, a: [1, 2]}
          threads: [{name: w, program: [compute: 1, {set: {r: 1}}]}]
      """;

  private static Scenario with(String... settings) {
    return Scenarios.valid(SCENARIO, new Overrides(null, null, null, List.of(settings), Map.of()));
  }

  private static TimeSource compute(Scenario scenario, int process) {
    return ((Operation.Compute) scenario.processes().get(process).threads().get(0).program().get(0))
        .time();
  }

  @Test
  void noOverridesChangeNothing() {
    assertThat(Scenarios.valid(SCENARIO).scheduler().policy().name()).isEqualTo("feedback");
  }

  @Test
  void settingsReachEntriesByNameAndByNumber() {
    assertThat(compute(with("processes.P1.burst=3"), 0)).isEqualTo(TimeSource.constant(3_000_000));
    assertThat(compute(with("processes[0].burst=5us"), 0)).isEqualTo(TimeSource.constant(5_000));
    assertThat(compute(with("processes.a.b.threads.w.program[0].compute=7"), 1))
        .isEqualTo(TimeSource.constant(7_000_000));
    assertThat(with("processes.a.b.variables.a[1]=9").processes().get(1).variables().get(1))
        .extracting(Variable::initial)
        .isEqualTo(List.of(1L, 9L));
  }

  @Test
  void settingsAddWhatIsNotThere() {
    assertThat(with("machine.cpus=2").machine().cpus()).isEqualTo(2);
    assertThat(with("report.task_limit=7").report().taskLimit()).isEqualTo(7);
  }

  @Test
  void aLaterSettingWins() {
    assertThat(with("machine.cpus=2", "machine.cpus=3").machine().cpus()).isEqualTo(3);
  }

  @Test
  void aSingleCostIsChangedWithinTheProfile() {
    Scenario scenario = with("machine.costs.thread_switch=5us");
    assertThat(scenario.machine().costs().profile()).isEqualTo(Profile.LINUX_X86_64);
    assertThat(scenario.machine().costs().get(Cost.THREAD_SWITCH)).isEqualTo(5_000);
    assertThat(scenario.machine().costs().get(Cost.BLOCK_WAKE)).isEqualTo(600);
  }

  @Test
  void valuesAreYaml() {
    Scenario scenario = with("processes.P1.burst={uniform: {min: 1, max: 2}}");
    assertThat(compute(scenario, 0).isConstant()).isFalse();
  }

  @Test
  void anotherPolicyTakesOverOnlyTheParametersThatItHas() {
    Scenario scenario = Scenarios.valid(SCENARIO, Overrides.NONE.withPolicy("round-robin"));
    assertThat(scenario.scheduler().policy().name()).isEqualTo("round-robin");
    assertThat(scenario.scheduler().parameters().asMap()).isEqualTo(Map.of("quantum", 2_000_000L));
    assertThat(
            Scenarios.valid(SCENARIO, Overrides.NONE.withPolicy("fcfs"))
                .scheduler()
                .policy()
                .name())
        .isEqualTo("fcfs");
    assertThat(with("scheduler.policy=fcfs").scheduler().policy().name()).isEqualTo("fcfs");
  }

  @Test
  void aPolicyThatIsAMapCanBeReplaced() {
    Scenario scenario =
        Scenarios.valid(
            "{scheduler: {policy: {policy: feedback, queues: 3}}, processes: [{name: P, burst: 1}]}",
            Overrides.NONE.withPolicy("srtf"));
    assertThat(scenario.scheduler().policy().name()).isEqualTo("srtf");
  }

  @Test
  void quantumAndSeedAreSet() {
    Scenario scenario = Scenarios.valid(SCENARIO, Overrides.NONE.withQuantum("9us").withSeed(-7));
    assertThat(scenario.scheduler().parameters().duration("quantum")).isEqualTo(9_000);
    assertThat(scenario.seed()).isEqualTo(-7);
  }

  @Test
  void theirErrorsNameTheOptionInsteadOfALine() {
    Overrides overrides =
        new Overrides(
            "fcsf",
            "4x",
            null,
            List.of(
                "machine.cpu=2",
                "machine.cpus=0",
                "processes.P2.burst=1",
                "processes[2].burst=1",
                "seed.x=1",
                "name",
                "until=",
                "until={a",
                "processes.a.b.threads.w.program[1].set.r=q + x"),
            Map.of());
    assertThat(Scenarios.rendered(Scenarios.problems(SCENARIO, overrides)))
        .isEqualTo(
            """
            --set processes.P2.burst=1: `processes` has no entry `P2`; did you mean `P1`? it has: P1, a.b
            --set processes[2].burst=1: `processes` has 2 entries, the first is [0]
            --set name: a setting has the form PATH=VALUE, such as machine.cpus=2
            --set until=: the value after `=` is missing
            --set until={a: this is not valid YAML: while parsing a flow mapping, expected ',' or '}', but got <stream end>
            --set machine.cpu=2: unknown key `cpu` in `machine`; did you mean `cpus`? allowed: cpus, costs, devices, memory
            --set machine.cpus=0: `cpus` must be a whole number from 1 to 256, not `0`
            --policy fcsf: there is no policy `fcsf`; did you mean `fcfs`? allowed: fcfs, sjf, srtf, hrrn, round-robin, priority, feedback, mlfq, multilevel-queue, unix, las, random, lottery, stride, cfs, eevdf, rate-monotonic, deadline-monotonic, edf, llf, cbs, linux, ps
            --set processes.a.b.threads.w.program[1].set.r=q + x: nothing sets a register `q` in this thread; did you mean `r`? known here: r
            --set processes.a.b.threads.w.program[1].set.r=q + x: `x` is a variable, and expressions here are over registers: load it first, `load: {r: "x"}`
            --set seed.x=1: `seed` must be a single value, not a map
            """);
    assertThat(Scenarios.problems(SCENARIO, overrides))
        .extracting(Diagnostic::line)
        .containsOnly(0);
  }

  @Test
  void aQuantumForAPolicyWithoutOneIsAnError() {
    assertThat(Scenarios.problems(SCENARIO, Overrides.NONE.withPolicy("fcfs").withQuantum("4")))
        .singleElement()
        .extracting(Diagnostic::file)
        .isEqualTo("--quantum 4");
  }
}
