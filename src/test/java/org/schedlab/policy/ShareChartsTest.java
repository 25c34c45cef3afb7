package org.schedlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.schedlab.testing.Workload.compute;
import static org.schedlab.testing.Workload.io;
import static org.schedlab.testing.Workload.share;
import static org.schedlab.testing.Workload.yields;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.schedlab.Simulation;
import org.schedlab.metrics.DecisionLog;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.program.Operation;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Decision;

/** Rules and tie-breaks of proportional shares, as charts drawn by hand. */
class ShareChartsTest {
  @Test
  void winnerIsTheFirstWhoseRunningTotalExceedsTheTicket() {
    // Waldspurger: of 10, 2, 5, 1 and 2 tickets, the third thread holds number 15. Then A holds 0
    // to
    // 9, B 10 and 11, D 12, E 13 and 14; and so on.
    assertThat(
            Workload.under("lottery")
                .with("draws", List.of(15, 12, 12, 9, 0))
                .process("A", 0, share(0, 10), compute(1))
                .process("B", 0, share(0, 2), compute(1))
                .process("C", 0, share(0, 5), compute(1))
                .process("D", 0, share(0, 1), compute(1))
                .process("E", 0, share(0, 2), compute(1))
                .chart())
        .isEqualTo(
            """
            A ···█
            B ····█
            C █
            D ·█
            E ··█
            """);
  }

  @Test
  void threadThatIsAloneDrawsToo() {
    // The second draw is A's, which is alone; the third is for both.
    assertThat(
            Workload.under("lottery")
                .with("draws", List.of(0, 0, 1, 0, 0))
                .process("A", 0, 4)
                .process("B", 1.5, 1)
                .chart())
        .isEqualTo(
            """
            A ██·██
            B  ·█
            """);
  }

  @Test
  void strideRunsTheExampleOfThreeEasyPieces() {
    assertThat(
            Workload.under("stride")
                .process("A", 0, share(0, 100), compute(2))
                .process("B", 0, share(0, 50), compute(1))
                .process("C", 0, share(0, 250), compute(5))
                .chart())
        .isEqualTo(
            """
            A █····█
            B ·█
            C ··███·██
            """);
  }

  @Test
  void strideNewcomerJoinsAtTheSmallestPass() {
    // In strides of C: at 4, before its quantum ends, A has pass 1.5, and C joins there, with half
    // the
    // tickets. A goes to 2, C to 2.5, A to 3; C is not owed what it missed.
    assertThat(
            Workload.under("stride")
                .process("A", 0, share(0, 2), compute(7))
                .process("C", 4, share(0, 1), compute(2))
                .chart())
        .isEqualTo(
            """
            A ████·██·█
            C     █··█
            """);
  }

  @Test
  void cfsWakerHasHalfALatencyOfCreditAtMost() {
    assertThat(
            Workload.under("cfs")
                .with("latency", 8)
                .with("min_granularity", 2)
                .with("wakeup_granularity", 1)
                .process("A", 0, compute(10))
                .process("B", 0, compute(1), io(4), compute(2))
                .chart())
        .isEqualTo(
            """
            A ████·████··██
            B ····█zzzz██
            """);
  }

  @Test
  void cfsWakerThatIsNotFarBehindWaits() {
    assertThat(
            Workload.under("cfs")
                .with("latency", 8)
                .with("min_granularity", 2)
                .with("wakeup_granularity", 4)
                .process("A", 0, compute(10))
                .process("B", 0, compute(1), io(4), compute(2))
                .chart())
        .isEqualTo(
            """
            A ████·██████
            B ····█zzzz··██
            """);
  }

  @Test
  void cfsSharesTheLatencyAsThreeEasyPiecesHasIt() {
    // 48 ms among 4 are 12 each; among 10 they would be less than 6.
    assertThat(firstSlices(4)).containsOnly(12 * Workload.MS);
    assertThat(firstSlices(10)).containsOnly(6 * Workload.MS);
  }

  private static List<Long> firstSlices(int threads) {
    Workload workload =
        Workload.under("cfs").with("latency", 48).with("min_granularity", 6).until(1000);
    for (int i = 0; i < threads; i++) {
      workload.process("T" + i, 0, 10_000);
    }
    RunMetrics metrics = new RunMetrics(1, 1000);
    workload.run(metrics);
    return metrics.timeline().bars().stream()
        .limit(threads)
        .map(bar -> bar.end() - bar.start())
        .collect(Collectors.toList());
  }

  @Test
  void cfsSlicesGoByWeight() {
    RunMetrics metrics = new RunMetrics(1, 1000);
    Workload.under("cfs")
        .with("latency", 48)
        .with("min_granularity", 6)
        .until(48)
        .process("A", 0, share(-5, 1), compute(100))
        .process("B", 0, share(0, 1), compute(100))
        .run(metrics);
    // 48 ms · 3121 / 4145 and 48 ms · 1024 / 4145, rounded down.
    assertThat(metrics.timeline().bars().get(0).end()).isEqualTo(36_141_857);
    assertThat(metrics.timeline().bars().get(1).end() - metrics.timeline().bars().get(1).start())
        .isEqualTo(11_858_142);
  }

  @Test
  void eevdfRunsWhoIsEligibleAndDueFirst() {
    assertThat(
            Workload.under("eevdf")
                .process("A", 0, 6)
                .process("B", 0, 6)
                .process("C", 0, slice(1), compute(3))
                .chart())
        .isEqualTo(
            """
            A ·███·····███
            B ·····███····███
            C █···█···█
            """);
  }

  private static Operation.Attributes slice(double ms) {
    Operation.Share share = new Operation.Share(Math.round(ms * Workload.MS), "", 0, 0, 0);
    return new Operation.Attributes(0, 0, 1, -1, List.of(), 0, 8L << 20, share);
  }

  @Test
  void eevdfSleeperWorksItsDebtOffAndComesBackWithTheRest() {
    // B sleeps with a lag of 1.5 − 3. At 4 A is at 1, which has worked 1 of it off. B, which moves
    // the
    // mean, stands 2 · 0.5 from it, at 2, and is eligible when A is there; at 6 it is due first.
    assertThat(
            Workload.under("eevdf")
                .process("B", 0, compute(3), io(1), compute(1))
                .process("A", 0, 6)
                .chart())
        .isEqualTo(
            """
            B ███z··█
            A ···███·███
            """);
  }

  @Test
  void yieldLetsTheNextOneRun() {
    for (String policy : List.of("cfs", "eevdf", "stride", "las", "mlfq")) {
      assertThat(
              Workload.under(policy)
                  .process("A", 0, compute(1), yields(), compute(1))
                  .process("B", 0, 1)
                  .chart())
          .as(policy)
          .isEqualTo(
              """
              A █·█
              B ·█
              """);
    }
  }

  @Test
  void sleeperForAMutexLendsItsTicketsToTheHolder() throws Exception {
    DecisionLog log =
        explained(
            """
            scheduler: {policy: lottery, transfer: true, quantum: 2, draws: [0, 1, 0, 0, 0, 0, 0, 0]}
            mutexes: [m]
            processes:
              - {name: L, tickets: 1, program: [lock: m, compute: 5, unlock: m]}
              - {name: H, tickets: 100, program: [lock: m, compute: 1, unlock: m]}
              - {name: M, tickets: 10, burst: 1}
            """);
    // After H has gone to sleep, L's ticket is worth 101.
    assertThat(keys(log.kept().get(0))).isEqualTo("0:1 1:100 2:10");
    assertThat(keys(log.kept().get(1))).isEqualTo("0:1 1:100 2:10");
    assertThat(keys(log.kept().get(2))).isEqualTo("0:101 2:10");
    // And when L has handed the mutex on, it is H's again.
    assertThat(keys(log.kept().get(log.kept().size() - 2))).isEqualTo("1:100 2:10");
  }

  @Test
  void partOfAQuantumIsCompensated() throws Exception {
    // Waldspurger: 400 tickets and a fifth of the quantum used count as 2000 until the next win.
    DecisionLog log =
        explained(
            """
            scheduler: {policy: lottery, compensation: true, quantum: 100, draws: [0, 400000, 0, 0, 0, 0, 0]}
            processes:
              - {name: A, tickets: 400, program: [compute: 20, yield, compute: 150]}
              - {name: B, tickets: 400, burst: 200}
            """);
    assertThat(keys(log.kept().get(1))).isEqualTo("0:2000000 1:400000");
    assertThat(keys(log.kept().get(2))).isEqualTo("0:400000 1:400000");
  }

  @Test
  void currenciesShareWhatBacksThemAmongWhoTakesPart() throws Exception {
    // Waldspurger: task1 sleeps, so task2 has all of alice's 1000, and its threads 400 and 600 of
    // it.
    DecisionLog log =
        explained(
            """
            scheduler:
              policy: lottery
              quantum: 1
              draws: [0, 2999999, 400000]
              currencies: {alice: 1000, bob: 2000, task1: {alice: 100}, task2: {alice: 200}, task3: {bob: 100}}
            processes:
              - {name: thread1, arrival: 100, burst: 1, tickets: {task1: 100}}
              - {name: thread2, burst: 1, tickets: {task2: 200}}
              - {name: thread3, burst: 1, tickets: {task2: 300}}
              - {name: thread4, burst: 1, tickets: {task3: 100}}
            until: 3
            """);
    assertThat(keys(log.kept().get(0))).isEqualTo("1:400000 2:600000 3:2000000");
    // When thread2 has ended thread3 has all of task2.
    assertThat(keys(log.kept().get(1))).isEqualTo("2:1000000 3:2000000");
  }

  private static DecisionLog explained(String scenario) throws Exception {
    DecisionLog log = new DecisionLog();
    Simulation.run(ScenarioReader.read(scenario, "test.yaml", Overrides.NONE), log);
    return log;
  }

  private static String keys(DecisionLog.Made made) {
    return made.decision().ready().stream()
        .map((Decision.Candidate c) -> c.thread() + ":" + c.text())
        .collect(Collectors.joining(" "));
  }
}
