package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.schedlab.metrics.SwitchTable;
import org.schedlab.testing.Ran;
import org.schedlab.trace.Account;

/** What switching, blocking, ticks and interrupts cost, computed by hand. */
class CostChargingTest {
  /** Prices in round numbers; what is not named is free. */
  private static final String PRICES =
      """
      time_unit: us
      machine:
        cpus: %d
        costs: {profile: textbook, %s}
      """;

  private static String machine(int cpus, String prices) {
    return PRICES.formatted(cpus, prices);
  }

  @Test
  void switchIsOverheadOfTheIncomingThreadAndComesBeforeItsQuantum() throws Exception {
    Ran ran =
        Ran.scenario(
            machine(1, "thread_switch: 1")
                + """
                scheduler: {policy: round-robin, quantum: 4}
                processes: [{name: A, burst: 6}, {name: B, burst: 4}]
                """);
    // A 0-4, switch 4-5, B 5-9, switch 9-10, A 10-12. The first dispatch is no switch.
    assertThat(ran.metrics().makespan()).isEqualTo(12_000);
    assertThat(ran.tasks().start(1)).isEqualTo(5_000);
    assertThat(ran.tasks().overhead(0)).isEqualTo(1_000);
    assertThat(ran.tasks().overhead(1)).isEqualTo(1_000);
    assertThat(ran.tasks().waiting(1)).isEqualTo(4_000);
    assertThat(ran.charged(Account.CONTEXT_SWITCH)).isEqualTo(2_000);
    assertThat(ran.tasks().involuntarySwitches(0)).isEqualTo(1);
    assertThat(ran.tasks().voluntarySwitches(1)).isEqualTo(1);
  }

  @Test
  void sameThreadAgainIsNoSwitchEvenAfterIdling() throws Exception {
    Ran ran =
        Ran.scenario(
            machine(1, "thread_switch: 1")
                + """
                processes: [{name: A, program: [{compute: 2}, {io: 3}, {compute: 2}]}]
                """);
    assertThat(ran.metrics().makespan()).isEqualTo(7_000);
    assertThat(ran.metrics().switches().count()).isZero();
    assertThat(ran.charged(Account.CONTEXT_SWITCH)).isZero();
  }

  @Test
  void idleInBetweenDoesNotHideASwitch() throws Exception {
    Ran ran =
        Ran.scenario(
            machine(1, "thread_switch: 1")
                + """
                processes: [{name: A, burst: 2}, {name: B, arrival: 5, burst: 2}]
                """);
    assertThat(ran.metrics().makespan()).isEqualTo(8_000);
    assertThat(ran.tasks().voluntarySwitches(0)).isEqualTo(1);
  }

  @Test
  void threadsOfOneProcessDoNotPayForTheAddressSpace() throws Exception {
    String prices = machine(1, "thread_switch: 1, address_space_switch: 2, asid_slots: 6");
    Ran threads =
        Ran.scenario(
            prices
                + """
                scheduler: {policy: round-robin, quantum: 1}
                processes:
                  - name: P
                    threads: [{name: t, count: 2, burst: 10}]
                """);
    Ran processes =
        Ran.scenario(
            prices
                + """
                scheduler: {policy: round-robin, quantum: 1}
                processes: [{name: P, count: 2, burst: 10}]
                """);
    // 19 switches each; the second process's first switch misses, which is free here.
    assertThat(threads.charged(Account.CONTEXT_SWITCH)).isEqualTo(19_000);
    assertThat(threads.charged(Account.ADDRESS_SPACE)).isZero();
    assertThat(processes.charged(Account.CONTEXT_SWITCH)).isEqualTo(19_000);
    assertThat(processes.charged(Account.ADDRESS_SPACE)).isEqualTo(18 * 2_000);
    assertThat(threads.metrics().switches().count(SwitchTable.Kind.THREAD_INVOLUNTARY))
        .isEqualTo(18);
    assertThat(processes.metrics().switches().count(SwitchTable.Kind.PROCESS_INVOLUNTARY))
        .isEqualTo(18);
  }

  @Test
  void aRingOfOneProcessMoreThanAsidSlotsMissesAtEverySwitch() throws Exception {
    long six = ring(6).charged(Account.TLB_REFILL);
    long seven = ring(7).charged(Account.TLB_REFILL);
    // Five first loads (the first process's own is no switch); then six fit for good.
    assertThat(six).isEqualTo(5 * 600);
    assertThat(seven).isEqualTo((7 * 10 - 1) * 600);
  }

  @Test
  void theSeventhProcessInARingOfSixSlotsCostsVisiblyMore() throws Exception {
    double six = perSwitch(ring(6));
    double seven = perSwitch(ring(7));
    assertThat(seven / six).isBetween(1.2, 2.0);
  }

  private static Ran ring(int processes) throws Exception {
    return Ran.scenario(
        """
        machine: {costs: {profile: linux-x86_64, timer_hz: 0}}
        time_unit: us
        scheduler: {policy: round-robin, quantum: 10}
        processes: [{name: P, count: %d, burst: 100}]
        """
            .formatted(processes));
  }

  private static double perSwitch(Ran ran) {
    long cost = ran.metrics().ledger().overhead(0);
    return (double) cost / ran.metrics().switches().count();
  }

  @Test
  void cacheRefillGrowsWithTheWorkingSetOnceTheSetsDoNotFitTogether() throws Exception {
    // 1 MiB of cache, two threads in turn: 2 x 512 KiB fit, 2 x 768 KiB do not.
    assertThat(refill("512KiB")).isZero();
    long some = refill("640KiB");
    long more = refill("768KiB");
    long all = refill("1MiB");
    long beyond = refill("4MiB");
    assertThat(some).isPositive();
    assertThat(more).isGreaterThan(some);
    assertThat(all).isGreaterThan(more);
    assertThat(beyond).isEqualTo(all);
  }

  private static long refill(String workingSet) throws Exception {
    return Ran.scenario(
            """
            time_unit: us
            machine:
              costs:
                profile: textbook
                l2_cache: 1MiB
                cache_line: 64
                cache_refill_line: 4ns
                indirect_max: 1s
            scheduler: {policy: round-robin, quantum: 100}
            processes: [{name: P, count: 2, burst: 1000, working_set: %s}]
            """
                .formatted(workingSet))
        .charged(Account.CACHE_REFILL);
  }

  @Test
  void refillIsLinesTimesPriceAndNoMoreThanItsMaximum() throws Exception {
    String scenario =
        """
        time_unit: us
        machine:
          costs: {profile: textbook, l2_cache: 64KiB, cache_line: 64, cache_refill_line: 10ns,
            indirect_max: %s}
        scheduler: {policy: round-robin, quantum: 100}
        processes: [{name: P, count: 2, burst: 200, working_set: 64KiB}]
        """;
    // Each of the two comes back once, to 1,024 lines that the other has pushed out.
    assertThat(Ran.scenario(scenario.formatted("1s")).charged(Account.CACHE_REFILL))
        .isEqualTo(2 * 1024 * 10);
    assertThat(Ran.scenario(scenario.formatted("5us")).charged(Account.CACHE_REFILL))
        .isEqualTo(2 * 5_000);
  }

  @Test
  void threadsThatShareTheirProcesssWorkingSetPayNoRefill() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            time_unit: us
            machine:
              costs: {profile: textbook, l2_cache: 64KiB, cache_line: 64, cache_refill_line: 10ns,
                indirect_max: 1s}
            scheduler: {policy: round-robin, quantum: 100}
            processes:
              - {name: P, working_set: 64KiB, threads: [{name: t, count: 2, burst: 200}]}
            """);
    assertThat(ran.charged(Account.CACHE_REFILL)).isZero();
  }

  @Test
  void blockingPaysItsSystemCallOnceAndTheRestOnTheWayBack() throws Exception {
    Ran ran =
        Ran.scenario(
            machine(1, "syscall: 2, block_wake: 5, interrupt: 1")
                + """
                processes: [{name: A, program: [{compute: 10}, {io: 20}, {compute: 10}]}]
                """);
    // 10 work, 2 call, 20 asleep, 1 interrupt, 5 - 2 wake-up path, 10 work.
    assertThat(ran.metrics().makespan()).isEqualTo(46_000);
    assertThat(ran.charged(Account.MODE_SWITCH)).isEqualTo(2_000);
    assertThat(ran.charged(Account.BLOCK_WAKE)).isEqualTo(3_000);
    assertThat(ran.charged(Account.INTERRUPT)).isEqualTo(1_000);
    assertThat(ran.tasks().blocked(0)).isEqualTo(20_000);
    assertThat(ran.tasks().waiting(0)).isEqualTo(1_000);
    assertThat(ran.tasks().overhead(0)).isEqualTo(5_000);
    assertThat(ran.metrics().ledger().overhead(0)).isEqualTo(6_000);
  }

  @Test
  void interruptIsOverheadOfTheInterruptedThreadAndSparesItsQuantum() throws Exception {
    Ran ran =
        Ran.scenario(
            machine(1, "interrupt: 1")
                + """
                scheduler: {policy: round-robin, quantum: 10}
                processes:
                  - {name: A, program: [{compute: 1}, {io: 4}, {compute: 1}]}
                  - {name: B, burst: 20}
                """);
    // A 0-1, B 1-5, interrupt 5-6, B 6-12 (10 of its own), A 12-13, B 13-23.
    assertThat(ran.tasks().overhead(ran.thread("B"))).isEqualTo(1_000);
    assertThat(ran.tasks().finish(ran.thread("A"))).isEqualTo(13_000);
    assertThat(ran.metrics().makespan()).isEqualTo(23_000);
  }

  @Test
  void aMoreUrgentThreadWaitsForTheSwitchInProgress() throws Exception {
    Ran ran =
        Ran.scenario(
            machine(1, "thread_switch: 4")
                + """
                scheduler: {policy: priority}
                processes:
                  - {name: first, burst: 2, priority: 1}
                  - {name: slow, burst: 5, priority: 9}
                  - {name: urgent, arrival: 3, burst: 1, priority: 0}
                """);
    // first 0-2, switch 2-6 to slow (urgent arrives at 3), switch 6-10, urgent 10-11.
    assertThat(ran.tasks().start(ran.thread("urgent"))).isEqualTo(10_000);
    assertThat(ran.tasks().finish(ran.thread("urgent"))).isEqualTo(11_000);
    assertThat(ran.tasks().finish(ran.thread("slow"))).isEqualTo(20_000);
    // At 6 the slow thread had the CPU but ran for no time; it begins after the switch back.
    assertThat(ran.tasks().start(ran.thread("slow"))).isEqualTo(15_000);
  }

  @Test
  void ticksComeAtTheProfilesRateAndOnlyToBusyCpus() throws Exception {
    Ran ran =
        Ran.scenario(
            """
            time_unit: ms
            machine: {costs: {profile: textbook, timer_hz: 1000, timer_tick: 10us}}
            processes:
              - {name: A, burst: 5.5}
              - {name: B, arrival: 10, burst: 2.5}
              - {name: C, arrival: 20.4, burst: 0.7}
            """);
    // A: ticks at 1, 2, 3, 4, 5 ms. B: at 11 and 12 ms; it begins with the tick of 10 ms gone by.
    // C: at 21 ms, for the clock does not wait for a thread.
    assertThat(ran.charged(Account.TIMER_TICK)).isEqualTo(8 * 10_000);
    assertThat(ran.tasks().finish(0)).isEqualTo(5_550_000);
    assertThat(ran.tasks().finish(1)).isEqualTo(12_520_000);
    assertThat(ran.tasks().finish(2)).isEqualTo(21_110_000);
  }

  @Test
  void movingToAnotherCpuIsPaidFor() throws Exception {
    Ran ran =
        Ran.scenario(
            machine(2, "migration: 3")
                + """
                scheduler: {policy: round-robin, quantum: 10}
                processes:
                  - {name: A, burst: 20, affinity: 0}
                  - {name: B, burst: 15}
                  - {name: C, burst: 10}
                """);
    // CPU 0: A 0-10; CPU 1: B 0-10. At 10: queue C, A, B; CPU 0 takes C, CPU 1 takes B (A may not).
    assertThat(ran.charged(Account.MIGRATION)).isZero();
    Ran moved =
        Ran.scenario(
            machine(2, "migration: 3")
                + """
                scheduler: {policy: round-robin, quantum: 10}
                processes:
                  - {name: A, burst: 5}
                  - {name: B, burst: 15, arrival: 0}
                  - {name: C, burst: 10, arrival: 6, affinity: 1}
                """);
    // B's quantum on CPU 1 ends at 10 with C waiting; B goes on CPU 0 after paying 3.
    assertThat(moved.charged(Account.MIGRATION)).isEqualTo(3_000);
    assertThat(moved.tasks().finish(moved.thread("B"))).isEqualTo(18_000);
  }

  @Test
  void creatingAThreadIsPaidByWhoeverCreatesIt() throws Exception {
    Ran ran =
        Ran.scenario(
            machine(1, "syscall: 1, thread_create: 7")
                + """
                processes:
                  - name: P
                    program:
                      - thread: {name: child, program: [compute: 5]}
                      - join: child
                      - compute: 1
                """);
    // call 1 + create 7, join's call 1, child 9-14, then 1 of work.
    assertThat(ran.charged(Account.CREATION)).isEqualTo(7_000);
    assertThat(ran.charged(Account.MODE_SWITCH)).isEqualTo(2_000);
    assertThat(ran.metrics().makespan()).isEqualTo(15_000);
  }
}
