package org.schedlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.schedlab.testing.Workload.compute;
import static org.schedlab.testing.Workload.io;
import static org.schedlab.testing.Workload.yields;

import org.junit.jupiter.api.Test;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.testing.Workload;

/** Each policy's rule and tie-breaks, as charts drawn by hand. */
class PolicyChartsTest {
  @Test
  void fcfsRunsEachThreadToItsBlockInOrderOfArrival() {
    assertThat(
            Workload.under("fcfs")
                .process("A", 0, compute(3), io(4), compute(1))
                .process("B", 1, 4)
                .process("C", 1, 2)
                .chart())
        .isEqualTo(
            """
            A ███zzzz··█
            B  ··████
            C  ······██
            """);
  }

  @Test
  void arrivalAtQuantumEndQueuesAheadOfThePreemptedThread() {
    assertThat(
            Workload.under("round-robin")
                .with("quantum", 2)
                .process("A", 0, 4)
                .process("B", 2, 2)
                .chart())
        .isEqualTo(
            """
            A ██··██
            B   ██
            """);
  }

  @Test
  void burstThatEndsWithItsQuantumIsNotPreempted() {
    assertThat(
            Workload.under("round-robin")
                .with("quantum", 2)
                .process("A", 0, compute(2), io(1), compute(1))
                .process("B", 0, 3)
                .chart())
        .isEqualTo(
            """
            A ██z·█
            B ··██·█
            """);
  }

  @Test
  void wakeAtQuantumEndQueuesAheadOfThePreemptedThread() {
    assertThat(
            Workload.under("round-robin")
                .with("quantum", 2)
                .process("A", 0, compute(1), io(2), compute(2))
                .process("B", 0, 4)
                .chart())
        .isEqualTo(
            """
            A █zz██
            B ·██··██
            """);
  }

  @Test
  void yieldGoesBehindWhoeverIsReady() {
    assertThat(
            Workload.under("fcfs")
                .process("A", 0, compute(1), yields(), compute(1))
                .process("B", 0, 2)
                .chart())
        .isEqualTo(
            """
            A █··█
            B ·██
            """);
  }

  @Test
  void sjfRunsTheShortestBurstToItsEnd() {
    assertThat(
            Workload.under("sjf")
                .process("A", 0, 5)
                .process("B", 1, 3)
                .process("C", 2, 1)
                .process("D", 3, 3)
                .chart())
        .isEqualTo(
            """
            A █████
            B  ·····███
            C   ···█
            D    ······███
            """);
  }

  @Test
  void sjfLooksUpToTheNextOperationThatCanBlock() {
    assertThat(
            Workload.under("sjf")
                .process("A", 0, compute(1), yields(), compute(3), io(1), compute(1))
                .process("B", 0, compute(2), io(3), compute(9))
                .process("C", 0, 3)
                .chart())
        .isEqualTo(
            """
            A ·····████z········█
            B ██zzz····█████████
            C ··███
            """);
  }

  @Test
  void srtfPreemptsOnlyForAStrictlyShorterBurst() {
    assertThat(
            Workload.under("srtf").process("A", 0, 5).process("B", 2, 3).process("C", 3, 1).chart())
        .isEqualTo(
            """
            A ███·██
            B   ····███
            C    █
            """);
  }

  @Test
  void hrrnPrefersTheLargestRatioAndThenTheEarlierEntry() {
    // At 4: B (3+2)/2 = 2.5, C (2+1)/1 = 3. At 5: B 3, D (2+2)/2 = 2.
    assertThat(
            Workload.under("hrrn")
                .process("A", 0, 4)
                .process("B", 1, 2)
                .process("C", 2, 1)
                .process("D", 3, 2)
                .chart())
        .isEqualTo(
            """
            A ████
            B  ····██
            C   ··█
            D    ····██
            """);
  }

  @Test
  void preemptedThreadGoesToTheHeadAndKeepsTheRestOfItsQuantum() {
    assertThat(
            Workload.under("priority")
                .with("quantum", 4)
                .process("A", 0, 6, 2)
                .process("B", 0, 4, 2)
                .process("U", 3, 1, 1)
                .chart())
        .isEqualTo(
            """
            A ███·█····██
            B ·····████
            U    █
            """);
  }

  @Test
  void preemptedToTailGetsAFreshQuantumBehindItsEquals() {
    assertThat(
            Workload.under("priority")
                .with("quantum", 4)
                .with("preempted_to", "tail")
                .process("A", 0, 6, 2)
                .process("B", 0, 4, 2)
                .process("U", 3, 1, 1)
                .chart())
        .isEqualTo(
            """
            A ███·····███
            B ····████
            U    █
            """);
  }

  @Test
  void nonPreemptivePriorityWaitsForTheRunningThread() {
    assertThat(
            Workload.under("priority")
                .with("preemptive", false)
                .process("A", 0, 3, 5)
                .process("B", 0, 2, 9)
                .process("U", 1, 1, 1)
                .chart())
        .isEqualTo(
            """
            A ███
            B ····██
            U  ··█
            """);
  }

  @Test
  void highFirstTurnsTheOrderRound() {
    assertThat(
            Workload.under("priority")
                .highFirst()
                .process("A", 0, 3, 1)
                .process("U", 1, 1, 5)
                .chart())
        .isEqualTo(
            """
            A █·██
            U  █
            """);
  }

  @Test
  void agingRaisesAWaitingThreadUntilItRuns() {
    // B waits 2 to reach priority 2 and 4 to reach 1; at 6 it is at 0 and takes the CPU.
    assertThat(
            Workload.under("priority")
                .with("aging", 2)
                .process("A", 0, 9, 1)
                .process("B", 0, 2, 3)
                .chart())
        .isEqualTo(
            """
            A ██████··███
            B ······██
            """);
  }

  @Test
  void feedbackDemotesOnlyWhenAnotherThreadIsReady() {
    assertThat(Workload.under("feedback").process("A", 0, 3).process("B", 2, 3).chart())
        .isEqualTo(
            """
            A ██·█
            B   █·██
            """);
  }

  @Test
  void feedbackGrowsTheQuantumFromLevelToLevel() {
    assertThat(
            Workload.under("feedback")
                .with("growth", 2)
                .process("A", 0, 4)
                .process("B", 0, 4)
                .chart())
        .isEqualTo(
            """
            A █·██··█
            B ·█··██·█
            """);
  }

  @Test
  void rateMonotonicLetsTheShorterPeriodPreempt() {
    assertThat(
            Workload.under("rate-monotonic")
                .until(10)
                .periodic("T1", 0, 5, 2, 5)
                .periodic("T2", 0, 7, 4, 7)
                .chart())
        .isEqualTo(
            """
            T1 ██zzz██zzz
            T2 ··███··███
            """);
  }

  @Test
  void edfRunsTheNearestDeadlineAndLateJobsStillFinish() {
    assertThat(
            Workload.under("edf")
                .until(14)
                .periodic("T1", 0, 5, 2, 5)
                .periodic("T2", 0, 7, 4, 7)
                .chart())
        .isEqualTo(
            """
            T1 ██zzz·██zz··██
            T2 ··████z·████zz
            """);
  }

  @Test
  void deadlineMonotonicOrdersByRelativeDeadline() {
    assertThat(
            Workload.under("deadline-monotonic")
                .until(6)
                .periodic("T1", 0, 10, 3, 10)
                .periodic("T2", 1, 20, 2, 4)
                .chart())
        .isEqualTo(
            """
            T1 █··██z
            T2  ██zzz
            """);
  }

  @Test
  void hrrnTakesTheEarlierEntryAmongEqualRatios() {
    assertThat(
            Workload.under("hrrn").process("A", 0, 3).process("B", 1, 2).process("C", 1, 2).chart())
        .isEqualTo(
            """
            A ███
            B  ··██
            C  ····██
            """);
  }

  @Test
  void theLeastUrgentRunningThreadGivesWay() {
    assertThat(
            Workload.under("priority")
                .cpus(3)
                .process("A", 0, 4, 2)
                .process("B", 0, 4, 5)
                .process("C", 0, 4, 3)
                .process("U", 1, 2, 0)
                .chart())
        .isEqualTo(
            """
            A ████
            B █··███
            C ████
            U  ██
            """);
    RunMetrics metrics = new RunMetrics(3, 100);
    Workload.under("priority")
        .cpus(3)
        .process("A", 0, 4, 2)
        .process("B", 0, 4, 5)
        .process("C", 0, 4, 3)
        .process("U", 1, 2, 0)
        .run(metrics);
    // Nobody else is moved about: B goes, and comes back to its CPU when U has left it.
    assertThat(metrics.tasks().involuntarySwitches(0)).isZero();
    assertThat(metrics.tasks().involuntarySwitches(1)).isEqualTo(1);
    assertThat(metrics.tasks().involuntarySwitches(2)).isZero();
  }

  @Test
  void amongEquallyUrgentThreadsTheOneOnTheLowerCpuGivesWay() {
    assertThat(
            Workload.under("priority")
                .cpus(2)
                .process("A", 0, 3, 5)
                .process("B", 0, 3, 5)
                .process("U", 1, 2, 0)
                .chart())
        .isEqualTo(
            """
            A █··██
            B ███
            U  ██
            """);
  }

  @Test
  void waitingJobKeepsTheDeadlineOfItsRelease() {
    // T's second job is released at 4 and due at 8, before U at 8.5, although it begins at 5.
    assertThat(
            Workload.under("edf")
                .until(12)
                .periodic("T", 0, 4, 5, 4)
                .periodic("U", 0, 20, 2, 8.5)
                .chart())
        .isEqualTo(
            """
            T ██████████··
            U ··········██
            """);
  }
}
