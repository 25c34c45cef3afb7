package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.testing.MemoryLog;
import org.schedlab.trace.Account;

/** Pages, translations and threads that come in each other's way, each worked by hand. */
class MemoryRacesTest {
  /** Every reference walks two levels, for 2 us. */
  private static final String WALKS =
      "time_unit: us\nmachine: {memory: {geometry: 32-bit, walk: 1us%s}}\n";

  private static long micros(MemoryLog.Result ran, int thread) {
    return ran.metrics().tasks().finish(thread) / 1000;
  }

  @Test
  void pageFreedOnItsWayArrivesNowhere() throws Exception {
    String yaml =
        """
        machine: {cpus: 2, memory: {frames: 2, swap: {time: 10}}}
        processes:
          - name: P
            threads:
              - name: a
                program: [{touch: {pages: [0, 1, 2], write: true}}, {touch: {pages: [0]}}]
              - {name: b, program: [{compute: 5}, {free: 12KiB}, %s{compute: 50}]}
        """;
    MemoryLog.Result ran = MemoryLog.run(yaml.formatted(""));
    assertThat(ran.log().crashes())
        .containsExactly("segmentation fault: writes address 0x403000, where nothing is mapped");
    assertThat(ran.metrics().tasks().finish(1)).isEqualTo(10_000_000);
    // Allocated again, the page is another one, which b has and a finds.
    ran = MemoryLog.run(yaml.formatted("{alloc: 12KiB}, {touch: {pages: [2]}}, "));
    assertThat(ran.log().crashes()).isEmpty();
    assertThat(ran.metrics().tasks().finish(0)).isEqualTo(10_000_000);
    assertThat(ran.metrics().tasks().finish(1)).isEqualTo(55_000_000);
  }

  @Test
  void pageFreedOnItsWayFromSwapSpaceGivesItsSlotBack() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {cpus: 2, memory: {frames: 1, swap: {time: 10, pages: 1}}}
            processes:
              - name: P
                threads:
                  - {name: a, program: [{touch: {pages: [0], write: true}}, {touch: {pages: [1, 0]}}, exit: 0]}
                  - {name: b, program: [{compute: 15}, {free: 8KiB}, {compute: 50}]}
              - {name: Q, arrival: 30, program: [{touch: {pages: [0, 1], write: true}}]}
            """);
    // Page 0 is written out 0-10 and on its way back 10-20; Q's page 0 takes the only slot.
    assertThat(ran.log().crashes()).hasSize(1).first().asString().startsWith("segmentation fault");
    assertThat(ran.metrics().tasks().finish(2)).isEqualTo(40_000_000);
  }

  @Test
  void execAndBackgroundEvictionsInterruptNobody() throws Exception {
    String machine =
        """
        time_unit: us
        machine:
          cpus: 2
          costs: {profile: textbook, ipi: 5us, interrupt: 2us}
          memory: {frames: 8, replacement: {policy: working-set, window: 2}}
        programs: {other: [compute: 5, touch: {pages: 1}]}
        """;
    String freeing =
        "[{compute: 1}, {alloc: {region: r, size: 4096}}, {free: {region: r}}, {compute: 3}]";
    MemoryLog.Result ran =
        MemoryLog.run(
            machine
                + "processes: [{name: P, program: [exec: other]}, {name: Q, program: "
                + freeing
                + "}]\n");
    assertThat(ran.log().shootdowns()).isZero();
    assertThat(micros(ran, 0)).isEqualTo(5);
    assertThat(micros(ran, 1)).isEqualTo(4);
    ran =
        MemoryLog.run(
            machine
                + "processes: [{name: P, program: [touch: {pages: [0, 1, 1, 1, 1, 2]}, compute: 1]}]\n");
    assertThat(ran.log().events()).contains("P heap 0: evicted");
    assertThat(ran.log().shootdowns()).isZero();
    assertThat(micros(ran, 0)).isEqualTo(1);
  }

  @Test
  void processWhoseOnlyThreadIsToComeCanBeKilled() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            until: 20
            machine: {memory: {frames: 4}}
            processes:
              - name: P
                threads:
                  - {name: a, program: [touch: {pages: 2, write: true}]}
                  - {name: b, period: 10, offset: 5, wcet: 1}
              - {name: K, program: [{compute: 2}, {kill: P}, {compute: 1}]}
            """);
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
    assertThat(ran.log().map("P").residentPages()).isPositive();
  }

  @Test
  void threadsToComeEndWithExecToo() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            until: 20
            machine: {memory: {}}
            programs: {other: [compute: 9]}
            processes:
              - name: P
                variables: {x: 1}
                threads:
                  - {name: a, program: [exec: other]}
                  - {name: b, period: 10, offset: 5, program: [{load: {r: x}}]}
            """);
    assertThat(ran.log().crashes()).isEmpty();
    assertThat(ran.metrics().tasks().finish(0)).isEqualTo(9_000_000);
  }

  @Test
  void workingSetsThatDoNotFitTogetherLetBothGoAhead() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            time_unit: us
            machine: {costs: {profile: textbook, minor_fault: 2us}, memory: {frames: 1, swap: {time: 0}}}
            scheduler: {policy: round-robin, quantum: 1}
            processes:
              - {name: A, working_set: 4KiB, burst: 2}
              - {name: B, working_set: 4KiB, burst: 2}
            limits: {events: 1000}
            """);
    // Faults of A 0-2 and B 2-4, each longer than a quantum; A runs 4-5, B 5-6; and so again.
    assertThat(micros(ran, 0)).isEqualTo(11);
    assertThat(micros(ran, 1)).isEqualTo(12);
  }

  @Test
  void workingSetLookedUpAgainTakesNothingFromTheBurst() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            WALKS.formatted("")
                + """
                scheduler: {policy: round-robin, quantum: 10}
                processes: [{name: A, working_set: 4KiB, burst: 15}, {name: B, burst: 10}]
                """);
    // A walks 0-2 and computes 2-10, B 10-20; A walks 20-22 and computes 22-29.
    assertThat(ran.metrics().tasks().running(0)).isEqualTo(15_000);
    assertThat(ran.metrics().ledger().charged(Account.TLB_MISS)).isEqualTo(4_000);
    assertThat(micros(ran, 0)).isEqualTo(29);
  }

  @Test
  void lookUpsCutShortByAPreemptionGoOnAfterIt() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            WALKS.formatted("")
                + """
                scheduler: {policy: priority}
                processes:
                  - {name: A, priority: 2, working_set: 4KiB, program: [{compute: 1}, {sleep: 1}, {compute: 5}]}
                  - {name: B, priority: 1, arrival: 5, burst: 3}
                """);
    // A walks 0-2, computes 2-3, sleeps 3-4, walks 4-5; B 5-8; A walks 8-9 and computes 9-14.
    assertThat(micros(ran, 1)).isEqualTo(8);
    assertThat(micros(ran, 0)).isEqualTo(14);
    assertThat(ran.metrics().tasks().running(0)).isEqualTo(6_000);
    assertThat(ran.metrics().ledger().charged(Account.TLB_MISS)).isEqualTo(4_000);
  }

  @Test
  void whoSleepsForAPageTakesItsLookUpsAlong() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            WALKS.formatted(", frames: 2, replacement: mru, swap: {time: 50}")
                + """
                scheduler: {policy: fcfs}
                processes:
                  - {name: A, working_set: 8KiB, program: [{compute: 1}, {touch: {pages: 1}}, {compute: 1}]}
                  - {name: B, arrival: 58, burst: 10}
                """);
    // A brings both pages in, 0-4, computes, and loses the second for that of its heap, 7-57. Its
    // first page is there: a walk to come. Its second is not: a walk 57-59, a transfer 59-159.
    assertThat(micros(ran, 1)).isEqualTo(69);
    assertThat(micros(ran, 0)).isEqualTo(162);
    assertThat(ran.metrics().tasks().running(0)).isEqualTo(2_000);
  }

  @Test
  void remainingBurstLeavesLookUpsOut() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            WALKS.formatted("")
                + """
                scheduler: {policy: srtf}
                processes:
                  - {name: A, working_set: 4KiB, program: [{compute: 1}, {sleep: 1}, {compute: 20}]}
                  - {name: B, arrival: 10, burst: 15}
                """);
    // A walks 4-6 and has 16 left at 10: B goes first.
    assertThat(micros(ran, 1)).isEqualTo(25);
    assertThat(micros(ran, 0)).isEqualTo(43);
  }

  @Test
  void referenceToARegionThatIsNotThereWalksNowhere() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            WALKS.formatted("")
                + """
                processes:
                  - name: P
                    program: [{touch: {pages: 1}}, {touch: {region: q, pages: 1}}, {alloc: {region: q, size: 1}}]
                """);
    assertThat(ran.log().crashes()).hasSize(1);
    assertThat(ran.metrics().ledger().charged(Account.TLB_MISS)).isEqualTo(2_000);
  }

  @Test
  void writtenPageGoesBackToItsOwnSlotWhereSwapSpaceIsFull() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 1, swap: {time: 1, pages: 1}}}
            processes:
              - name: P
                program:
                  - touch: {pages: [0], write: true}
                  - touch: {pages: [1]}
                  - touch: {pages: [0], write: true}
                  - touch: {pages: [1, 0]}
            """);
    assertThat(ran.log().crashes()).isEmpty();
    assertThat(ran.log().events()).filteredOn("P heap 0: written_out"::equals).hasSize(2);
  }

  @Test
  void heirOfFramesHoldsThemWithinItsQuota() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 8, scope: local}}
            processes:
              - name: P
                memory: {frames: 2}
                program:
                  - touch: {pages: 2, write: true}
                  - fork: {name: c, program: [{compute: 1}, {touch: {pages: [2, 3]}}]}
            """);
    assertThat(ran.log().events())
        .contains("c heap 0: written_out", "c heap 1: written_out", "c heap 3: demand-zero");
  }

  @Test
  void copyOfAPageThatHadToLeaveForItKeepsNoSlot() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 1, swap: {time: 0, pages: 2}}}
            processes:
              - name: P
                program:
                  - repeat: 5
                    do:
                      - touch: {pages: [0], write: true}
                      - fork: {name: c, program: [{touch: {pages: [0], write: true}}]}
                      - wait: c
            """);
    assertThat(ran.log().crashes()).isEmpty();
    assertThat(ran.log().events()).filteredOn("P heap 0: written_out"::equals).hasSize(5);
  }
}
