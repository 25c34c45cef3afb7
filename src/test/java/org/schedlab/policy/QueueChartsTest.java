package org.schedlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.schedlab.testing.Workload.compute;
import static org.schedlab.testing.Workload.io;
import static org.schedlab.testing.Workload.repeat;
import static org.schedlab.testing.Workload.yields;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.program.Operation;
import org.schedlab.testing.Ran;
import org.schedlab.testing.Workload;

/** Rules and tie-breaks of queues above queues, and of deadlines, as charts drawn by hand. */
class QueueChartsTest {
  private static final Operation[] SLEEPS_IN_TIME = {
    repeat(3, compute(1), io(1)), compute(1),
  };

  @Test
  void whoSleepsJustBeforeItsQuantumEndsGoesDownAllTheSame() {
    assertThat(
            Workload.under("mlfq")
                .with("queues", 2)
                .with("quantum", 2)
                .process("G", 0, SLEEPS_IN_TIME)
                .process("H", 0, 6)
                .chart())
        .isEqualTo(
            """
            G █z·█z·█z·█
            H ·██·██·██
            """);
  }

  @Test
  void whereSleepingGivesTheQuantumBackItIsGamed() {
    assertThat(
            Workload.under("mlfq")
                .with("queues", 2)
                .with("quantum", 2)
                .with("io_resets", true)
                .process("G", 0, SLEEPS_IN_TIME)
                .process("H", 0, 6)
                .chart())
        .isEqualTo(
            """
            G █z·█z█z█
            H ·██·█·█·██
            """);
  }

  @Test
  void boostPutsTheLowestQueueFirstAndMovesTheRunningThreadAlong() {
    assertThat(
            Workload.under("mlfq")
                .with("queues", 3)
                .with("quantum", List.of(1, 2, 8))
                .with("boost", 5)
                .process("X", 0, 5)
                .process("R", 3, 4)
                .chart())
        .isEqualTo(
            """
            X ███··█·█
            R    ██·█·█
            """);
  }

  @Test
  void boostGivesTheThreadThatRunsOnTopAFullQuantum() {
    // Without the boost at 3, A's quantum would end at 4.
    assertThat(
            Workload.under("mlfq")
                .with("quantum", 4)
                .with("boost", 3)
                .process("A", 0, 7)
                .process("B", 2, 1)
                .chart())
        .isEqualTo(
            """
            A ███████
            B   ·····█
            """);
  }

  @Test
  void wokenThreadAtTheFrontTakesTheCpuFromTheHeadOfItsQueue() {
    assertThat(
            Workload.under("mlfq")
                .with("queues", 1)
                .with("quantum", 4)
                .with("io_to_front", true)
                .process("A", 0, compute(1), io(1), compute(1))
                .process("B", 0, 3)
                .chart())
        .isEqualTo(
            """
            A █z█
            B ·█·██
            """);
  }

  @Test
  void allotmentCountsQuanta() {
    // A runs two quanta on top, in turn with B, before it goes down.
    assertThat(
            Workload.under("mlfq")
                .with("queues", 2)
                .with("quantum", 1)
                .with("allotment", 2)
                .process("A", 0, 3)
                .process("B", 0, 3)
                .process("C", 4, 1)
                .chart())
        .isEqualTo(
            """
            A █·█··█
            B ·█·█··█
            C     █
            """);
  }

  @Test
  void quantumEndsBeforeTheArrivalsOfItsInstant() {
    // At 2 A's quantum ends first: it stands ahead of B, in the one queue that there is.
    assertThat(
            Workload.under("mlfq")
                .with("queues", 1)
                .with("quantum", 2)
                .process("A", 0, 4)
                .process("B", 2, 1)
                .chart())
        .isEqualTo(
            """
            A ████
            B   ··█
            """);
  }

  @Test
  void yieldKeepsWhatIsLeftOfTheQuantum() {
    // A has 1 ms of its quantum left when it comes to run again, and then goes down, below C.
    assertThat(
            Workload.under("mlfq")
                .with("queues", 2)
                .with("quantum", 2)
                .process("A", 0, compute(1), yields(), compute(2))
                .process("B", 0, 1)
                .process("C", 0, 3)
                .chart())
        .isEqualTo(
            """
            A █···█·█
            B ·█
            C ··██·█
            """);
  }

  @Test
  void higherClassTakesTheCpuAtOnce() {
    Workload workload =
        Workload.under("multilevel-queue")
            .with("classes", List.of(queueClass("fast", "round-robin"), queueClass("slow", "sjf")))
            .process("S", 0, Workload.inClass("slow", 0), compute(3))
            .process("T", 0, Workload.inClass("slow", 0), compute(2))
            .process("F", 1, Workload.inClass("fast", 0), compute(2));
    assertThat(workload.chart())
        .isEqualTo(
            """
            S ····███
            T █··█
            F  ██
            """);
    assertThat(workload.with("preemptive", false).chart())
        .isEqualTo(
            """
            S ····███
            T ██
            F  ·██
            """);
  }

  private static QueueClass queueClass(String name, String policyName) {
    PolicyDescriptor policy = Policies.named(policyName).orElseThrow();
    return new QueueClass(name, policy, new PolicyParameters(policy, Map.of(), Workload.MS));
  }

  @Test
  void leastAttainedServiceLetsNewcomersCatchUp() {
    assertThat(Workload.under("las").process("A", 0, 4).process("B", 2, 3).chart())
        .isEqualTo(
            """
            A ██··█·█
            B   ██·█
            """);
  }

  @Test
  void leastLaxityRunsWhoHasLessToSpareThoughItsDeadlineIsLater() {
    assertThat(
            Workload.under("llf")
                .process("A", 0, deadline(9), compute(6))
                .process("B", 0, deadline(8), compute(1))
                .process("C", 0, 1)
                .chart())
        .isEqualTo(
            """
            A ████·██
            B ····█
            C ·······█
            """);
  }

  private static Operation.Attributes deadline(double ms) {
    return Operation.Attributes.DEFAULT.withDeadline(Math.round(ms * Workload.MS));
  }

  @Test
  void serverThatOverrunsHasItsDeadlinePutOff() {
    assertThat(
            Workload.under("cbs")
                .until(12)
                .periodic("T", 0, 4, 2, 4)
                .process("S", 0, Workload.inClass("", 0, 2, 6), compute(5))
                .chart())
        .isEqualTo(
            """
            T ██zz██zz██zz
            S ··██··██··█
            """);
  }

  @Test
  void serverThatWakesLateGetsAFreshDeadline() {
    // S wakes at 4 with 1 of 2 ms left until 6: 1 ≥ (6 − 4) · 2 / 6, so its deadline is 4 + 6 = 10,
    // after U's 9, and U goes on.
    assertThat(
            Workload.under("cbs")
                .process("S", 0, Workload.inClass("", 0, 2, 6), compute(1), io(3), compute(1))
                .process("U", 0, deadline(9), compute(5))
                .chart())
        .isEqualTo(
            """
            S █zzz··█
            U ·█████
            """);
  }

  @Test
  void linuxHoldsDeadlineThreadsBackAndLetsRealTimeGoBeforeFair() {
    assertThat(
            Workload.under("linux")
                .highFirst()
                .process("D", 0, Workload.inClass("deadline", 100, 2, 5), compute(4))
                .process("F", 1, Workload.inClass("fifo", 50), compute(2))
                .process("N", 0, 3)
                .chart())
        .isEqualTo(
            """
            D ██···██
            F  ·██
            N ····█··██
            """);
  }

  @Test
  void linuxThrottlesADeadlineThreadEvenIfTheCpuIdles() {
    assertThat(
            Workload.under("linux")
                .highFirst()
                .process("D", 0, Workload.inClass("deadline", 100, 1, 3), compute(3))
                .chart())
        .isEqualTo(
            """
            D █··█··█
            """);
  }

  @Test
  void linuxRunsRoundRobinThreadsInTurnAndFifoThreadsToTheirEnd() {
    assertThat(
            Workload.under("linux")
                .highFirst()
                .with("rr_quantum", 1)
                .process("R", 0, Workload.inClass("rr", 5), compute(2))
                .process("F", 0, Workload.inClass("fifo", 5), compute(3))
                .process("U", 2, Workload.inClass("rr", 6), compute(1))
                .process("I", 0, Workload.inClass("idle", 0), compute(1))
                .chart())
        .isEqualTo(
            """
            R █····█
            F ·█·██
            U   █
            I ······█
            """);
  }

  @Test
  void holderOfALockRisesIntoTheClassOfWhoWaitsForIt() throws Exception {
    TaskTimes tasks =
        Ran.scenario(
                """
                scheduler: {policy: linux}
                mutexes: {m: {protocol: inheritance}}
                processes:
                  - {name: L, program: [lock: m, compute: 3, unlock: m, compute: 1]}
                  - {name: H, class: fifo, priority: 10, arrival: 1, program: [lock: m, compute: 1, unlock: m]}
                  - {name: M, class: fifo, priority: 5, arrival: 1, burst: 5}
                """)
            .tasks();
    assertThat(tasks.finish(1)).isEqualTo(4 * Workload.MS);
    assertThat(tasks.finish(2)).isEqualTo(9 * Workload.MS);
    assertThat(tasks.finish(0)).isEqualTo(10 * Workload.MS);
  }
}
