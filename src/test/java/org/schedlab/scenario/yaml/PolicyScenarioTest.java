package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.policy.QueueClass;
import org.schedlab.program.Operation;
import org.schedlab.scenario.Scenario;

/** Reading policies' parameters, and what threads ask of them. */
class PolicyScenarioTest {
  private static List<String> messages(String text) {
    return Scenarios.problems(text).stream()
        .map(d -> d.line() + ":" + d.column() + ": " + d.message())
        .toList();
  }

  @Test
  void valuesForEachQueueAreOneOrAList() {
    Scenario scenario =
        Scenarios.valid(
            """
            scheduler: {policy: mlfq, queues: 2, quantum: [2, 4ms], allotment: 3, boost: 1s}
            processes: [{name: P, burst: 1}]
            """);
    assertThat(scenario.scheduler().parameters().asMap())
        .containsEntry("quantum", List.of(2_000_000L, 4_000_000L))
        .containsEntry("allotment", List.of(3L))
        .containsEntry("boost", 1_000_000_000L);
    assertThat(scenario.scheduler().label(scenario.timeUnit()))
        .isEqualTo("mlfq (queues 2, quantum 2 ms / 4 ms, allotment 3, boost 1000 ms)");
  }

  @Test
  void listOfAnotherLengthIsRefusedAtItsPlace() {
    assertThat(
            messages(
                """
                scheduler:
                  policy: mlfq
                  queues: 3
                  allotment: [1, 2]
                processes: [{name: P, burst: 1}]
                """))
        .containsExactly(
            "4:14: `allotment` has 2 values for 3 queues; give one for all, or one for each from"
                + " the highest queue down");
  }

  @Test
  void wrongItemsOfListsAreReported() {
    assertThat(
            messages(
                """
                scheduler: {policy: mlfq, queues: 2, quantum: [0, x]}
                processes: [{name: P, burst: 1}]
                """))
        .hasSize(2)
        .first()
        .asString()
        .contains("`quantum` must be at least 1 ns, not `0`");
    assertThat(
            messages(
                """
                scheduler: {policy: lottery, draws: [3, -1]}
                processes: [{name: P, burst: 1}]
                """))
        .singleElement()
        .asString()
        .contains("`draws` must be a whole number of at least 0, not `-1`");
  }

  @Test
  void drawsThatRunOutAreAnErrorOfTheRun() {
    Scenario scenario =
        Scenarios.valid(
            """
            scheduler: {policy: lottery, draws: [1, 2]}
            processes: [{name: P, burst: 5}]
            """);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> org.schedlab.Simulation.run(scenario, new org.schedlab.trace.TraceSink() {}))
        .hasMessageContaining("`draws` has 2 draws, and another one is needed");
  }

  @Test
  void classesHavePoliciesWithParameters() {
    Scenario scenario =
        Scenarios.valid(
            """
            scheduler:
              policy: multilevel-queue
              classes: [{name: a, policy: round-robin, quantum: 2}, {name: b, policy: sjf}]
            processes: [{name: P, burst: 1, class: b}]
            """);
    List<QueueClass> classes = scenario.scheduler().parameters().classes("classes");
    assertThat(classes).extracting(QueueClass::name).containsExactly("a", "b");
    assertThat(classes.get(0).parameters().duration("quantum")).isEqualTo(2_000_000);
    assertThat(share(scenario).schedulingClass()).isEqualTo("b");
  }

  private static Operation.Share share(Scenario scenario) {
    return scenario.processes().get(0).threads().get(0).attributes().share();
  }

  @Test
  void mistakesInClassesAreNamed() {
    assertThat(
            messages(
                """
                scheduler:
                  policy: multilevel-queue
                  classes:
                    - {name: a, policy: round-robin, quantm: 2}
                    - {policy: fcfs}
                    - {name: b, policy: mlfq}
                    - {name: a, policy: fcfs}
                processes: [{name: P, burst: 1, class: c}]
                """))
        .containsExactly(
            "4:38: the policy round-robin has no parameter `quantm`; did you mean `quantum`?"
                + " allowed in a class: quantum, name, policy",
            "5:7: a class needs `name`",
            "6:25: `mlfq` cannot be one class's policy",
            "7:7: there is a class `a` already, in line 4",
            "8:40: there is no class `c`; did you mean `a`? allowed: a");
  }

  @Test
  void reservationHasThePeriodOfItsThreadUnlessItSaysSo() {
    Scenario scenario =
        Scenarios.valid(
            """
            until: 10
            scheduler: {policy: cbs}
            processes: [{name: P, period: 8, wcet: 1, reservation: {runtime: 2, deadline: 4}}]
            """);
    assertThat(share(scenario))
        .isEqualTo(new Operation.Share(0, "", 2_000_000, 8_000_000, 4_000_000));
    assertThat(
            messages(
                """
                scheduler: {policy: cbs}
                processes:
                  - {name: P, burst: 1, reservation: {runtime: 2}}
                  - {name: Q, burst: 1, reservation: {runtime: 4, period: 3}}
                  - {name: R, burst: 1, slice: 0}
                """))
        .containsExactly(
            "3:38: `reservation` needs `period`",
            "4:38: a reservation's `runtime` may be at most its `deadline`, and that at most its"
                + " `period`",
            "5:32: `slice` must be at least 1 ns, not `0`");
  }

  @Test
  void linuxChecksClassesAndPriorities() {
    assertThat(
            messages(
                """
                scheduler: {policy: linux, priority_order: low-first}
                processes:
                  - {name: F, class: fifo, burst: 1}
                  - {name: R, class: rr, priority: 100, burst: 1}
                  - {name: D, class: deadline, burst: 1}
                  - {name: X, class: batch, burst: 1}
                """))
        .containsExactly(
            "1:44: under linux a larger priority is more urgent, as in sched_setscheduler; leave"
                + " `priority_order` out",
            "3:15: a thread of class fifo needs a `priority` from 1 to 99, the larger the more"
                + " urgent",
            "4:26: a thread of class rr needs a `priority` from 1 to 99, the larger the more urgent",
            "5:15: a thread of class deadline needs `reservation: {runtime: D, period: D}`, or a"
                + " `deadline` of its own",
            "6:22: there is no class `batch`; allowed: deadline, fifo, rr, fair, idle");
  }

  @Test
  void attributesAreInheritedByThreads() {
    Scenario scenario =
        Scenarios.valid(
            """
            scheduler: {policy: linux}
            processes:
              - name: P
                class: rr
                slice: 2
                threads: [{name: t, priority: 5, burst: 1}]
            """);
    assertThat(share(scenario)).isEqualTo(new Operation.Share(2_000_000, "rr", 0, 0, 0));
  }

  @Test
  void listUnderAnotherPolicyIsDroppedWithTheOldOne() {
    Overrides overrides = Overrides.NONE.withPolicy("round-robin");
    Scenario scenario =
        Scenarios.valid(
            """
            scheduler: {policy: mlfq, queues: 2, quantum: [2, 4]}
            processes: [{name: P, burst: 1}]
            """,
            overrides);
    assertThat(scenario.scheduler().parameters().duration("quantum")).isEqualTo(4_000_000);
  }
}
