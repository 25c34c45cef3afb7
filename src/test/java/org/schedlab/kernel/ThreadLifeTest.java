package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Ran;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

/** What threads do and what becomes of them, one mechanism at a time. */
class ThreadLifeTest {
  @Test
  void declaredDeviceServesInOrderOfArrivalAndAPrivateOneNeverQueues() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 4, devices: {disk: {servers: 1}}}
            processes:
              - {name: A, program: [{io: {device: disk, time: 3}}]}
              - {name: B, program: [{io: {device: disk, time: 2}}]}
              - {name: C, program: [{io: {device: disk, time: 1}}]}
              - {name: D, program: [{io: 2}]}
            """);
    assertThat(ran.chart())
        .isEqualTo(
            """
            A zzz
            B zzzzz
            C zzzzzz
            D zz
            """);
  }

  @Test
  void deviceWithTwoServersServesTwoAtATime() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 4, devices: {disk: {servers: 2}}}
            processes: [{name: P, count: 3, program: [{io: {device: disk, time: 2}}]}]
            """);
    assertThat(ran.chart())
        .isEqualTo(
            """
            P[0] zz
            P[1] zz
            P[2] zzzz
            """);
  }

  @Test
  void wakesOfOneInstantQueueInTheOrderInWhichTheyWereStarted() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            processes:
              - {name: A, program: [{compute: 1}, {sleep: 4}, {compute: 1}]}
              - {name: B, program: [{compute: 1}, {sleep: 3}, {compute: 1}]}
              - {name: C, arrival: 5, burst: 1}
            """);
    assertThat(ran.chart())
        .isEqualTo(
            """
            A █zzzz█
            B ·█zzz·█
            C      ··█
            """);
  }

  @Test
  void exitEndsEveryThreadOfTheProcessAndNobodyElse() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2, devices: {disk: {servers: 1}}}
            processes:
              - name: P
                threads:
                  - {name: ends, program: [{compute: 2}, {exit: 7}]}
                  - {name: runs, burst: 9}
                  - {name: waits, program: [{io: {device: disk, time: 9}}]}
              - {name: Q, program: [{io: {device: disk, time: 1}}, {compute: 1}]}
            """);
    assertThat(ran.tasks().exitCode(ran.thread("P/runs"))).isEqualTo(7);
    assertThat(ran.tasks().finish(ran.thread("P/runs"))).isEqualTo(2 * Workload.MS);
    assertThat(ran.tasks().finish(ran.thread("P/waits"))).isEqualTo(2 * Workload.MS);
    assertThat(ran.tasks().exitCode(ran.thread("Q"))).isZero();
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
  }

  @Test
  void deviceGoesOnWithTheNextRequestWhenTheOneBeingServedIsGivenUp() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2, devices: {disk: {servers: 1}}}
            processes:
              - name: P
                threads:
                  - {name: io, program: [{io: {device: disk, time: 9}}]}
                  - {name: ends, program: [{compute: 2}, {exit: 1}]}
              - {name: Q, program: [{io: {device: disk, time: 1}}]}
            """);
    assertThat(ran.tasks().finish(ran.thread("Q"))).isEqualTo(3 * Workload.MS);
    assertThat(ran.metrics().makespan()).isEqualTo(3 * Workload.MS);
  }

  @Test
  void joinWaitsForEveryThreadOfTheName() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 3}
            processes:
              - name: P
                program:
                  - thread: {name: w, count: 2, program: [{compute: 2}]}
                  - thread: {name: late, program: [{compute: 4}]}
                  - join: w
                  - compute: 1
                  - join: "late"
            """);
    assertThat(ran.chart())
        .isEqualTo(
            """
            P zz█z
            P/w[0] ██
            P/w[1] ██
            P/late ████
            """);
  }

  @Test
  void quantumCanFallBetweenTheTwoHalvesOfAnAdd() throws Exception {
    String scenario =
        """
        machine: {costs: {profile: textbook, instruction: %s}}
        scheduler: {policy: round-robin, quantum: %d}
        processes:
          - name: P
            variables: {x: 0}
            threads: [{name: t, count: 2, program: [{repeat: 10, do: [{add: {x: 1}}]}]}]
        final: x == 20
        """;
    assertThat(Ran.scenario(scenario.formatted("1", 3)).outcome().finalCheckHeld()).isFalse();
    assertThat(Ran.scenario(scenario.formatted("1", 2)).outcome().finalCheckHeld()).isTrue();
    assertThat(Ran.scenario(scenario.formatted("0", 1)).outcome().finalCheckHeld()).isTrue();
  }

  @Test
  void atomicOperationsAreNotTornApart() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2, costs: {profile: textbook, instruction: 1}}
            scheduler: {policy: round-robin, quantum: 1}
            processes:
              - name: P
                variables: {x: 0, y: 5, won: 0, seen: [0, 0]}
                threads:
                  - name: t
                    count: 2
                    program:
                      - repeat: 10
                        do: [{atomic_add: {x: 1}}]
                      - fetch_add: {variable: y, add: 10, into: old}
                      - exchange: {variable: "seen[old > 5]", value: 1, into: before}
                      - cas: {variable: won, expect: 0, update: 1, into: ok}
                      - assert: before == 0
            final: x == 20 && y == 25 && seen[0] == 1 && seen[1] == 1 && won == 1
            """);
    assertThat(ran.outcome().finalCheckHeld()).isTrue();
    assertThat(ran.metrics().findings().assertions()).isEmpty();
  }

  @Test
  void failedAssertIsRecordedAndTheThreadGoesOn() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            processes:
              - name: P
                variables: {x: 1}
                program: [{compute: 2}, {assert: x == 2}, {compute: 1}]
            """);
    assertThat(ran.metrics().findings().assertions()).hasSize(1);
    assertThat(ran.metrics().makespan()).isEqualTo(3 * Workload.MS);
  }

  @Test
  void divisionByZeroKillsTheProcessAndNobodyElse() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            processes:
              - {name: P, program: [{set: {r: 0}}, {compute: 1}, {set: {r: 1 / r}}, {compute: 9}]}
              - {name: Q, burst: 1}
            """);
    assertThat(ran.tasks().exitCode(0)).isEqualTo(Fault.DIVISION_BY_ZERO.exitCode());
    assertThat(ran.tasks().exitCode(1)).isZero();
    assertThat(ran.metrics().makespan()).isEqualTo(2 * Workload.MS);
  }

  @Test
  void cellOutsideItsArrayIsASegmentationFault() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            processes:
              - name: P
                variables: {a: [1, 2]}
                program: [{set: {i: 2}}, {load: {r: "a[i]"}}, {compute: 9}]
            """);
    assertThat(ran.tasks().exitCode(0)).isEqualTo(139);
    assertThat(ran.metrics().makespan()).isZero();
  }

  @Test
  void callsNestUntilTheStackIsFull() throws Exception {
    String scenario =
        """
        processes:
          - {name: P, stack: %s, program: [{set: {n: 10}}, {call: {program: down, frame: 1KiB}}]}
        programs:
          down:
            - compute: 1
            - set: {n: n - 1}
            - if: n > 0
              then: [{call: {program: down, frame: 1KiB}}]
        """;
    Ran fits = Ran.scenario(scenario.formatted("10KiB"));
    assertThat(fits.tasks().exitCode(0)).isZero();
    assertThat(fits.metrics().makespan()).isEqualTo(10 * Workload.MS);
    Ran overflows = Ran.scenario(scenario.formatted("9KiB"));
    assertThat(overflows.tasks().exitCode(0)).isEqualTo(139);
    assertThat(overflows.metrics().makespan()).isEqualTo(9 * Workload.MS);
  }

  @Test
  void loopsBranchesAndRegistersComputeWhatTheySay() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            processes:
              - name: P
                variables: {sum: 0}
                program:
                  - set: {i: 0}
                  - while: i < 5
                    do:
                      - if: i % 2 == 0
                        then: [{add: {sum: i}}, {compute: 1}]
                        else: [{repeat: i, do: [{compute: 2}]}]
                      - set: {i: i + 1}
            final: sum == 6 && P.i == 5
            observe: [P.i]
            """);
    // compute: 1 three times for 0, 2, 4; 2 ms times (1 + 3).
    assertThat(ran.metrics().makespan()).isEqualTo(11 * Workload.MS);
    assertThat(ran.outcome().finalCheckHeld()).isTrue();
    assertThat(ran.outcome().observed()).containsExactly(5L);
  }

  @Test
  void endlessLoopWithoutTimeIsStoppedAtItsLine() {
    assertThatThrownBy(
            () ->
                Ran.scenario(
                    """
                    limits: {operations_per_instant: 100000}
                    processes:
                      - name: P
                        variables: {x: 0}
                        program:
                          - compute: 1
                          - while: 1
                            do: [{store: {x: 1}}]
                    """))
        .isInstanceOf(InvalidScenarioException.class)
        .extracting(e -> ((InvalidScenarioException) e).diagnostics().get(0))
        .asInstanceOf(InstanceOfAssertFactories.type(Diagnostic.class))
        .satisfies(
            diagnostic -> {
              assertThat(diagnostic.line()).isEqualTo(8);
              assertThat(diagnostic.message()).contains("without any time going by");
            });
  }

  @Test
  void emptyEndlessLoopIsStoppedToo() {
    assertThatThrownBy(() -> Ran.scenario("processes: [{name: P, program: [{while: 1, do: []}]}]"))
        .isInstanceOf(InvalidScenarioException.class);
  }

  @Test
  void yieldingToEachOtherForeverIsStopped() {
    assertThatThrownBy(
            () ->
                Ran.scenario(
                    """
                    limits: {operations_per_instant: 100000}
                    processes: [{name: P, count: 2, program: [{while: 1, do: [yield]}]}]
                    """))
        .isInstanceOf(InvalidScenarioException.class);
  }

  @Test
  void runWithoutEndIsStoppedAtTheLimitOfEvents() {
    assertThatThrownBy(
            () ->
                Ran.scenario(
                    """
                    limits: {events: 1000}
                    processes: [{name: P, program: [{while: 1, do: [{compute: 1}]}]}]
                    """))
        .isInstanceOf(InvalidScenarioException.class)
        .hasMessageContaining("1000");
  }

  @Test
  void threadsThatWaitForEachOtherAreReportedAsStuck() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            processes:
              - name: P
                threads:
                  - {name: a, program: [{compute: 1}, {join: b}]}
                  - {name: b, program: [{compute: 1}, {join: a}]}
            """);
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.STUCK);
    assertThat(ran.outcome().makespan()).isEqualTo(2 * Workload.MS);
    assertThat(ran.outcome().stuck())
        .extracting(Outcome.Stuck::task, Outcome.Stuck::waitsFor)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("P/a", "the end of b"),
            org.assertj.core.groups.Tuple.tuple("P/b", "the end of a"));
  }

  @Test
  void workThatEndsAtTheHorizonIsDoneAndWhatArrivesThenDoesNotRun() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            until: 4
            processes: [{name: A, burst: 4}, {name: B, arrival: 4, burst: 1}, {name: C, burst: 9}]
            """);
    assertThat(ran.tasks().finish(0)).isEqualTo(4 * Workload.MS);
    assertThat(ran.tasks().arrival(1)).isEqualTo(4 * Workload.MS);
    assertThat(ran.tasks().hasEnded(1)).isFalse();
    assertThat(ran.metrics().makespan()).isEqualTo(4 * Workload.MS);
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.UNTIL);
  }

  @Test
  void makespanIsTheLastEventWhenTheHorizonIsFarther() throws Exception {
    Ran ran = Ran.scenario("{until: 100, processes: [{name: A, burst: 4}]}");
    assertThat(ran.metrics().makespan()).isEqualTo(4 * Workload.MS);
  }

  @Test
  void lateJobFinishesAndTheNextOneWaitsForIt() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            until: 12
            scheduler: {policy: edf}
            processes:
              - {name: T, period: 4, wcet: 3, deadline: 4}
              - {name: U, period: 6, wcet: 3, deadline: 6}
            """);
    // T 0-3, U 3-6, T 6-9 (released at 4, due at 8: late), U 9-12 (released and due at 6 + 6).
    assertThat(ran.chart())
        .isEqualTo(
            """
            T ███z··███···
            U ···███···███
            """);
    assertThat(ran.tasks().jobs(0).released()).isEqualTo(4);
    assertThat(ran.tasks().jobs(0).completed()).isEqualTo(2);
    assertThat(ran.tasks().jobs(0).missed()).isEqualTo(2);
    assertThat(ran.tasks().jobs(1).missed()).isZero();
  }

  @Test
  void sharedQueueFeedsCpusInTheirOrder() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2}
            scheduler: {policy: round-robin, quantum: 2}
            processes: [{name: A, burst: 3}, {name: B, burst: 3}, {name: C, burst: 3}]
            """);
    assertThat(ran.chart())
        .isEqualTo(
            """
            A ███
            B ██·█
            C ··███
            """);
  }

  @Test
  void idleCpuStealsFromTheTailOfTheLongestQueue() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2}
            scheduler: {policy: fcfs, run_queues: per-cpu}
            processes:
              - {name: A, burst: 6}
              - {name: B, burst: 1}
              - {name: C, burst: 2, affinity: 0}
              - {name: D, burst: 2, affinity: 0}
              - {name: E, burst: 3}
              - {name: F, burst: 3}
            """);
    // CPU 0: A, then C and D, which only it may run. B, E and F go to CPU 1.
    assertThat(ran.chart())
        .isEqualTo(
            """
            A ██████
            B █
            C ······██
            D ········██
            E ·███
            F ····███
            """);
  }

  @Test
  void amongEquallyLongQueuesTheLowerCpuIsStolenFrom() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 3}
            scheduler: {policy: fcfs, run_queues: per-cpu}
            processes:
              - {name: A, burst: 6}
              - {name: B, burst: 6}
              - {name: C, burst: 1}
              - {name: D, burst: 2}
              - {name: E, burst: 2}
            """);
    assertThat(ran.chart())
        .isEqualTo(
            """
            A ██████
            B ██████
            C █
            D ·██
            E ···██
            """);
  }

  @Test
  void threadReturnsToTheIdleCpuItLastRanOn() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2, costs: {profile: textbook, migration: 1}}
            scheduler: {policy: fcfs, run_queues: per-cpu}
            processes:
              - {name: A, program: [{compute: 1}, {io: 5}, {compute: 1}]}
              - {name: B, program: [{compute: 2}, {io: 4}, {compute: 1}]}
            """);
    assertThat(ran.metrics().ledger().overhead(0) + ran.metrics().ledger().overhead(1)).isZero();
    assertThat(ran.metrics().makespan()).isEqualTo(7 * Workload.MS);
  }

  @Test
  void durationsAreDrawnFromTheThreadsOwnStream() throws Exception {
    String scenario =
        """
        seed: 7
        machine: {cpus: 2}
        scheduler: {policy: %s}
        processes:
          - {name: A, program: [{repeat: 5, do: [{compute: {exponential: {mean: 3}}}, {io: 1}]}]}
          - {name: B, program: [{repeat: %d, do: [{compute: {uniform: {min: 1, max: 9}}}]}]}
        """;
    long running = Ran.scenario(scenario.formatted("fcfs", 1)).tasks().running(0);
    assertThat(running).isPositive();
    assertThat(Ran.scenario(scenario.formatted("fcfs", 9)).tasks().running(0)).isEqualTo(running);
    assertThat(Ran.scenario(scenario.formatted("srtf", 9)).tasks().running(0)).isEqualTo(running);
  }

  @Test
  void offsetIsTheFirstReleaseAndCountsFromTheProcesssArrival() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            until: 12
            scheduler: {policy: edf}
            processes:
              - {name: T, period: 5, wcet: 1, offset: 3}
              - name: S
                arrival: 2
                threads: [{name: a, period: 6, wcet: 1, offset: 4}, {name: b, burst: 2}]
            """);
    assertThat(ran.chart())
        .isEqualTo(
            """
            T    █zzzz█zzz
            S/a       █zzzzz
            S/b   █·█
            """);
  }

  @Test
  void simulatedTimeThatDoesNotFitIsRefusedAtItsOperation() throws Exception {
    Scenario scenario =
        ScenarioReader.read(
            "processes: [{name: P, program: [{repeat: 9, do: [{sleep: 1000000000s}]}]}]",
            "test.yaml",
            Overrides.NONE);
    assertThatThrownBy(() -> Simulation.run(scenario, new TraceSink() {}))
        .isInstanceOf(InvalidScenarioException.class)
        .hasMessageContaining("146 years");
  }

  @Test
  void shortestJobFirstKnowsTheBurstsThatWillBeDrawn() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            seed: 3
            scheduler: {policy: sjf}
            processes:
              - name: P
                count: 8
                program:
                  - repeat: 3
                    do: [{compute: {uniform: {min: 1, max: 9}}}]
            """);
    List<Integer> byStart = new ArrayList<>(IntStream.range(0, 8).boxed().toList());
    byStart.sort(Comparator.comparingLong(ran.tasks()::start));
    List<Integer> byLength = new ArrayList<>(IntStream.range(0, 8).boxed().toList());
    byLength.sort(Comparator.comparingLong(ran.tasks()::running));
    assertThat(byStart).isEqualTo(byLength);
  }

  @Test
  void onlyTheLowEightBitsOfAnExitCodeCount() throws Exception {
    Ran ran = Ran.scenario("processes: [{name: P, program: [{exit: 256 + 7}]}]");
    assertThat(ran.tasks().exitCode(0)).isEqualTo(7);
  }
}
