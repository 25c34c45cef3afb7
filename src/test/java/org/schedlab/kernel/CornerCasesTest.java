package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.testing.Ran;
import org.schedlab.testing.Workload;

/** Where several rules meet at one instant or one thread; each was wrong once. */
class CornerCasesTest {
  private static long ms(double milliseconds) {
    return Math.round(milliseconds * Workload.MS);
  }

  @Test
  void urgentThreadTakesTheCpuAtTheEndOfTheSystemCallItWaitedFor() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {costs: {profile: textbook, syscall: 1ms}}
            scheduler: {policy: priority}
            processes:
              - name: L
                priority: 5
                program:
                  - thread: {name: c, program: [{compute: 1}]}
                  - io: 5
                  - join: c
                  - compute: 10
              - {name: H, arrival: 8.5, burst: 1, priority: 0}
            """);
    // The call that starts c ends at 1, c runs 1-2, L asks for I/O 2-3 and joins 8-9.
    assertThat(ran.tasks().start(ran.thread("H"))).isEqualTo(ms(9));
    assertThat(ran.tasks().finish(ran.thread("H"))).isEqualTo(ms(10));
  }

  @Test
  void quantumThatEndsWithinASystemCallEndsWithIt() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {costs: {profile: textbook, syscall: 1ms}}
            scheduler: {policy: round-robin, quantum: 2}
            processes:
              - name: L
                program:
                  - thread: {name: c, program: [{compute: 1}]}
                  - io: 5
                  - compute: 1.5
                  - join: c
                  - compute: 10
              - {name: H, arrival: 7.2, burst: 1}
            """);
    assertThat(ran.tasks().start(ran.thread("H"))).isEqualTo(ms(9.5));
  }

  @Test
  void renewedQuantumIsAFreshOneEvenAfterAPreemption() throws Exception {
    assertThat(
            Workload.under("priority")
                .with("quantum", 4)
                .process("A", 0, 10, 2)
                .process("U", 3, 1, 1)
                .process("B", 5.5, 1, 2)
                .chart())
        .isEqualTo(
            """
            A ███·█████·██
            U    █
            B      ····█
            """);
  }

  @Test
  void wokenThreadRunsOnItsOwnIdleCpuAndIsNotStolenFromIt() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2, costs: {profile: textbook, migration: 1}}
            scheduler: {policy: fcfs, run_queues: per-cpu}
            processes:
              - {name: A, burst: 1}
              - {name: B, program: [{compute: 2}, {io: 2}, {compute: 2}]}
            """);
    assertThat(ran.tasks().overhead(1)).isZero();
    assertThat(ran.metrics().makespan()).isEqualTo(ms(6));
  }

  @Test
  void joinThatNeedNotWaitEndsTheCpuBurstAllTheSame() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: srtf}
            processes:
              - name: P
                program:
                  - thread: {name: c, program: [{compute: 1}]}
                  - io: 5
                  - join: c
                  - compute: 100
              - {name: H, arrival: 10, burst: 1}
            """);
    assertThat(ran.tasks().finish(ran.thread("H"))).isEqualTo(ms(11));
  }

  @Test
  void theFirstSliceOnACpuBeginsBehindTheSwitchAndIsWhole() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2, costs: {profile: textbook, migration: 1ms}}
            scheduler: {policy: round-robin, quantum: 4}
            processes:
              - {name: A, burst: 8}
              - {name: B, arrival: 4, burst: 4}
              - {name: C, arrival: 4.5, burst: 1}
            """);
    // At 4 A moves to CPU 1, which has run nobody, and is there at 5. C waits for CPU 0.
    assertThat(ran.tasks().finish(ran.thread("A"))).isEqualTo(ms(9));
    assertThat(ran.tasks().involuntarySwitches(ran.thread("A"))).isEqualTo(1);
    assertThat(ran.tasks().finish(ran.thread("C"))).isEqualTo(ms(9));
  }

  /** A slice that has not begun cannot end either: stride would count it. */
  @Test
  void aThreadThatHasNotBegunIsNotRenewed() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 3, costs: linux-x86_64}
            scheduler: {policy: stride}
            processes:
              - {name: A, arrival: 0, burst: 8}
              - {name: B, arrival: 1, burst: 4}
              - {name: C, arrival: 2, burst: 9}
              - {name: D, arrival: 3, burst: 5}
            """);
    // B has run for as long as A at 4.0133, when its quantum ends, and A stands first in the file.
    assertThat(ran.metrics().timeline().bars())
        .anyMatch(bar -> bar.thread() == ran.thread("A") && bar.start() == 4_014_100);
  }

  @Test
  void wakesOfOneInstantAreAllSeenBeforeACpuPicks() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 3, costs: {profile: textbook, syscall: 4ms, interrupt: 100us}}
            scheduler: {policy: priority, quantum: 1}
            processes:
              - {name: X, priority: 2, program: [{io: 26}, {compute: 1}]}
              - {name: Y, priority: 1, program: [{io: 26}, {compute: 1}]}
              - {name: T, arrival: 25.5, priority: 1, program: [{compute: 0.6}, {io: 1}]}
            """);
    // At 30 CPUs 0 and 1 take the interrupts; CPU 2 is free for the more urgent of the two.
    assertThat(ran.tasks().overhead(1)).isEqualTo(ms(4));
    assertThat(ran.tasks().finish(1)).isEqualTo(ms(31));
    assertThat(ran.tasks().finish(0)).isEqualTo(ms(31.1));
  }

  @Test
  void joinMeansThreadsThatWereStartedAgainUnderTheName() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            processes:
              - name: P
                program:
                  - thread: {name: w, count: 2, program: [{compute: 1}]}
                  - thread: {name: w, count: 2, program: [{compute: 5}]}
                  - thread: {name: v, program: [{compute: 1}]}
                  - thread: {name: v, program: [{compute: 1}]}
                  - join: w
                  - compute: 1
            """);
    assertThat(ran.thread("P/w[0]#2")).isPositive();
    assertThat(ran.thread("P/w[1]#2")).isPositive();
    assertThat(ran.thread("P/v#2")).isPositive();
    assertThat(ran.tasks().finish(0)).isEqualTo(ms(15));
  }

  @Test
  void threadOfAProcessThatHasEndedNeverArrives() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            until: 30
            processes:
              - name: P
                threads:
                  - {name: a, program: [{compute: 1}, {exit: 3}]}
                  - {name: b, period: 10, wcet: 1, offset: 5}
            """);
    assertThat(ran.tasks().count()).isEqualTo(1);
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
    assertThat(ran.metrics().makespan()).isEqualTo(ms(1));
  }

  @Test
  void threadsAsleepForeverAreFoundAlthoughOtherEventsArePending() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            until: 50
            processes:
              - {name: P, threads: [{name: a, program: [{join: b}]}, {name: b, program: [{join: a}]}]}
              - name: Q
                threads:
                  - {name: s, program: [{sleep: 1s}]}
                  - {name: k, program: [{compute: 1}, {exit: 0}]}
            """);
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.STUCK);
    assertThat(ran.metrics().makespan()).isEqualTo(ms(1));
  }

  @Test
  void operandThatDividesByZeroFaultsAndWritesNothing() throws Exception {
    Ran exit = Ran.scenario("processes: [{name: P, program: [{set: {r: 0}}, {exit: 1 / r}]}]");
    assertThat(exit.tasks().exitCode(0)).isEqualTo(136);
    for (String operation :
        new String[] {
          "{store: {x: 1 / r}}",
          "{fetch_add: {variable: x, add: 1 / r}}",
          "{exchange: {variable: x, value: 1 / r}}",
          "{cas: {variable: x, expect: 7, update: 1 / r}}"
        }) {
      Ran ran =
          Ran.scenario(
              """
              processes:
                - {name: P, variables: {x: 7}, program: [{set: {r: 0}}, %s]}
              final: x == 7
              """
                  .formatted(operation));
      assertThat(ran.tasks().exitCode(0)).as(operation).isEqualTo(136);
      assertThat(ran.outcome().finalCheckHeld()).as(operation).isTrue();
    }
  }

  @Test
  void jobOfAThreadThatWasKilledIsNotCompleted() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2}
            processes:
              - name: M
                threads:
                  - {name: a, program: [{compute: 1}, {exit: 0}]}
                  - {name: b, deadline: 50, program: [{compute: 9}]}
            """);
    assertThat(ran.tasks().jobs(ran.thread("M/b")).completed()).isZero();
  }

  @Test
  void cpuThatServesAnInterruptIsNoRunningThread() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine:
              cpus: 4
              costs: {profile: textbook, thread_switch: 1ms, extra_tasks: 1ms, interrupt: 3ms}
            scheduler: {policy: fcfs}
            processes:
              - {name: A, affinity: 0, burst: 5}
              - {name: A2, affinity: 0, burst: 5}
              - {name: I, affinity: 1, program: [{io: 4}, {compute: 1}]}
              - {name: I2, affinity: 2, program: [{io: 4}, {compute: 1}]}
            """);
    assertThat(ran.tasks().finish(ran.thread("A2"))).isEqualTo(ms(11));
  }

  @Test
  void threadThatOnlyStartedAnotherHasRun() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            scheduler: {policy: priority}
            processes:
              - name: L
                threads:
                  - name: m
                    priority: 5
                    program: [{thread: {name: h, priority: 1, program: [{compute: 3}]}}, {compute: 5}]
            """);
    assertThat(ran.tasks().start(0)).isZero();
    assertThat(ran.tasks().start(1)).isZero();
    assertThat(ran.metrics().makespan()).isEqualTo(ms(8));
  }

  @Test
  void threadOvertakenAtTheEndOfItsSwitchHasNotStarted() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            time_unit: us
            machine: {costs: {profile: textbook, thread_switch: 2}}
            scheduler: {policy: priority}
            processes:
              - {name: A, burst: 10, priority: 2}
              - {name: B, arrival: 3, burst: 2, priority: 1}
              - {name: C, arrival: 4, burst: 2, priority: 0}
            """);
    // B's switch 3-5, C's 5-7, C 7-9, B's again 9-11.
    assertThat(ran.tasks().start(ran.thread("B"))).isEqualTo(11_000);
  }

  @Test
  void burstIsForeseenAnewWhenAnotherThreadSendsItAnotherWay() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2}
            scheduler: {policy: srtf}
            processes:
              - name: P
                variables: {long: 0}
                threads:
                  - name: branches
                    affinity: 0
                    program:
                      - compute: 2
                      - load: {r: long}
                      - if: r
                        then: [{compute: 50}]
                  - {name: writes, affinity: 1, program: [{compute: 1}, {store: {long: 1}}]}
              - {name: H, arrival: 10, burst: 1, affinity: 0}
            """);
    assertThat(ran.tasks().finish(ran.thread("H"))).isEqualTo(ms(11));
  }

  @Test
  void systemCallsInARowLetAnUrgentThreadInBetweenThem() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {costs: {profile: textbook, syscall: 2}}
            scheduler: {policy: priority}
            processes:
              - name: A
                threads:
                  - {name: d, burst: 0, priority: 0}
                  - {name: m, priority: 2, program: [{join: d}, {join: d}, {join: d}, {compute: 1}]}
              - {name: U, priority: 1, arrival: 1, burst: 1}
            """);
    assertThat(ran.tasks().start(ran.thread("U"))).isEqualTo(ms(2));
    assertThat(ran.metrics().makespan()).isEqualTo(ms(8));
  }

  @Test
  void systemCallsInARowEndWithTheQuantum() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {costs: {profile: textbook, syscall: 2}}
            scheduler: {policy: round-robin, quantum: 1}
            processes:
              - name: A
                program:
                  - thread: {name: t, program: [{compute: 1}]}
                  - thread: {name: u, program: [{compute: 1}]}
                  - compute: 1
              - {name: B, burst: 1}
            """);
    assertThat(ran.tasks().start(ran.thread("B"))).isEqualTo(ms(2));
  }

  @Test
  void threadOvertakenBeforeItBeginsKeepsTheRestOfItsQuantum() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {costs: {profile: textbook, context_switch: 1}}
            scheduler: {policy: priority, quantum: 4}
            processes:
              - {name: A, burst: 8, priority: 2}
              - {name: B, burst: 8, priority: 2}
              - {name: U, arrival: 3, burst: 1, priority: 1}
              - {name: V, arrival: 5.5, burst: 1, priority: 1}
            """);
    // A 0-3, U 4-5, switch to A 5-6, to V 6-7, V 7-8, A 9-10 with the 1 that was left, B 11-15.
    assertThat(ran.tasks().start(ran.thread("B"))).isEqualTo(ms(11));
    assertThat(ran.tasks().finish(0)).isEqualTo(ms(20));
    assertThat(ran.metrics().makespan()).isEqualTo(ms(25));
  }

  @Test
  void threadDisplacedInTheStepThatChoseItHasNotBegun() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2}
            scheduler: {policy: priority}
            processes:
              - {name: P, priority: 3, burst: 5}
              - {name: Q, priority: 2, affinity: [0], burst: 2}
              - {name: Z, priority: 5, arrival: 1, burst: 1}
              - {name: U, priority: 1, arrival: 2, affinity: [1], burst: 2}
            """);
    assertThat(ran.tasks().start(ran.thread("Z"))).isEqualTo(ms(4));
  }

  @Test
  void noCpuRunsAheadOfACallThatAnotherIsAboutToMake() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            machine: {cpus: 2, costs: {profile: textbook, syscall: 1}}
            processes:
              - {name: A, program: [{compute: 3}, {io: 4}]}
              - {name: B, program: [{compute: 3}, {compute: 5}]}
            """);
    assertThat(ran.tasks().running(0)).isEqualTo(ms(3));
    assertThat(ran.tasks().finish(0)).isEqualTo(ms(8));
  }
}
