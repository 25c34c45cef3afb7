package org.schedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.schedlab.Outcome;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.testing.MemoryLog;
import org.schedlab.trace.Account;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;

/** What references to memory do and cost, each by a case that can be worked by hand. */
class MemoryTest {
  private static final String LINUX =
      "time_unit: ns\nmachine: {costs: {profile: linux-x86_64, timer_hz: 0}, memory: {%s}}\n";

  private static long finish(RunMetrics metrics, int thread) {
    return metrics.tasks().finish(thread);
  }

  @Test
  void pagesComeWhenTheyAreFirstUsedAndStay() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {}}
            processes: [{name: P, program: [{touch: {pages: [4, 2, 4, 2]}}]}]
            """);
    assertThat(ran.log().events())
        .containsExactly("P heap 4: demand-zero", "P heap 2: demand-zero");
    assertThat(ran.log().references("P")).isEqualTo(4);
    // Code, the top of the stack, and two pages of the heap.
    assertThat(ran.log().map("P").residentPages()).isEqualTo(4);
    MemoryMap.Region heap = ran.log().map("P").regions().get(1);
    assertThat(heap.bytes()).isEqualTo(5 * 4096);
    assertThat(heap.residentPages()).isEqualTo(2);
  }

  @Test
  void loadsAndStoresReferToTheirVariablesPage() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {page_size: 16}}
            processes:
              - name: P
                variables: {x: 1, a: [0, 0, 0]}
                program: [{load: {r: x}}, {store: {"a[0]": 1}}, {add: {"a[2]": 1}}, {assert: x == 1}]
            """);
    // Two cells of 8 bytes a page: x and a[0] share one, a[2] stands in the next.
    assertThat(ran.log().events())
        .containsExactly("P data 0: demand-zero", "P data 1: demand-zero");
    assertThat(ran.log().references("P")).isEqualTo(5);
  }

  @Test
  void firstTouchCostsWalkFaultAndAccess() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            LINUX.formatted("") + "processes: [{name: P, program: [{touch: {pages: [0, 0]}}]}]\n");
    // 15 to walk in vain, 1000 in the kernel, 1 for each access; the second hits the TLB.
    assertThat(finish(ran.metrics(), 0)).isEqualTo(1017);
    assertThat(ran.log().tlbHits()).isEqualTo(1);
    assertThat(ran.metrics().ledger().charged(Account.TLB_MISS)).isEqualTo(15);
    assertThat(ran.metrics().ledger().charged(Account.PAGE_FAULT)).isEqualTo(1000);
    assertThat(ran.metrics().ledger().charged(Account.OWN_WORK)).isEqualTo(2);
  }

  @Test
  void secondLevelOfTheTlbTakesItsTime() throws Exception {
    // 65 pages in a first level of 64 entries, in sets of 8: set 0 has nine pages and loses each
    // before it is used again. 65 first touches, then 65 more, of which nine hit the second level.
    MemoryLog.Result ran =
        MemoryLog.run(
            LINUX.formatted("")
                + "processes: [{name: P, program: [{touch: {pages: 65, references: 130}}]}]\n");
    assertThat(finish(ran.metrics(), 0)).isEqualTo(65 * 1016 + 65 + 9 * 2);
    assertThat(ran.log().tlbHits()).isEqualTo(65);
  }

  @Test
  void walkTakesTimeForEachLevelOfTheTable() throws Exception {
    String twoLevels =
        """
        time_unit: ns
        machine:
          costs: {profile: textbook, instruction: 200ns}
          memory: {geometry: 32-bit, walk: 200ns, %s}
        processes: [{name: P, program: [{touch: {pages: [0]}}, {touch: {pages: [0, 0]}}]}]
        """;
    // Without a TLB each access to memory is two more for the tables: 600 ns. The fault walks once.
    assertThat(finish(MemoryLog.run(twoLevels.formatted("")).metrics(), 0))
        .isEqualTo(400 + 200 + 2 * 600);
    assertThat(finish(MemoryLog.run(twoLevels.formatted("tlb: {entries: 4}")).metrics(), 0))
        .isEqualTo(400 + 200 + 2 * 200);
  }

  @Test
  void largePageIsOneFaultOneTranslationAndAShorterWalk() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            LINUX.formatted("")
                + """
                processes:
                  - name: P
                    program:
                      - alloc: {region: big, size: 2MiB, large: true}
                      - touch: {region: big, pages: [7, 8, 511]}
                """);
    assertThat(ran.log().events()).containsExactly("P big 7: demand-zero");
    // The call, a walk that finds nothing, the fault; then all three are one translation.
    assertThat(finish(ran.metrics(), 0)).isEqualTo(230 + 15 + 75_000 + 3);
    assertThat(ran.log().map("P").residentPages()).isEqualTo(300 + 1 + 512);
    // Root, two below, and last levels for code and stack: none for the large page.
    assertThat(ran.log().map("P").tables()).containsExactly(1, 2, 2, 2);
  }

  @Test
  void referenceStringsComeOutAsInTextbooks() throws Exception {
    String osc = "[7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1]";
    String belady = "[1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5]";
    assertThat(faults("fifo", 3, osc)).isEqualTo(15);
    assertThat(faults("lru", 3, osc)).isEqualTo(12);
    assertThat(faults("opt", 3, osc)).isEqualTo(9);
    assertThat(faults("clock", 3, osc)).isEqualTo(14);
    assertThat(faults("fifo", 3, belady)).isEqualTo(9);
    assertThat(faults("fifo", 4, belady)).isEqualTo(10);
    assertThat(faults("lru", 4, belady)).isEqualTo(8);
    assertThat(faults("opt", 4, belady)).isEqualTo(6);
  }

  private static int faults(String rule, int frames, String pages) throws Exception {
    return MemoryLog.run(
            """
            machine: {memory: {frames: %d, replacement: %s}}
            processes: [{name: P, program: [{touch: {pages: %s}}]}]
            """
                .formatted(frames, rule, pages))
        .log()
        .faults("P");
  }

  @Test
  void pageThatWasNotWrittenLeavesWithoutATrace() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 1, swap: {time: 8}}}
            processes: [{name: P, program: [{touch: {pages: [0, 1, 0]}}]}]
            """);
    assertThat(ran.log().events())
        .containsExactly(
            "P heap 0: demand-zero",
            "P heap 1: demand-zero",
            "P heap 0: evicted",
            "P heap 0: demand-zero",
            "P heap 1: evicted");
    assertThat(finish(ran.metrics(), 0)).isZero();
  }

  @Test
  void writtenPageIsWrittenOutAndReadBackWhileOthersRun() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 1, swap: {time: 8}}}
            scheduler: {policy: fcfs}
            processes:
              - {name: A, program: [{touch: {pages: [0, 1, 0], write: true}}, {compute: 1}]}
              - {name: B, burst: 20}
            """);
    assertThat(ran.log().events())
        .containsExactly(
            "A heap 0: demand-zero",
            "A heap 1: demand-zero",
            "A heap 0: written_out",
            "A heap 0: swap-in",
            "A heap 1: written_out");
    TaskTimes tasks = ran.metrics().tasks();
    // A sleeps 0-8 for one page out, waits for B until 20, then sleeps 20-36 for one out, one in.
    assertThat(tasks.blocked(0)).isEqualTo(24_000_000);
    assertThat(tasks.finish(1)).isEqualTo(20_000_000);
    assertThat(tasks.finish(0)).isEqualTo(37_000_000);
  }

  @Test
  void pageReadBackAndNotWrittenAgainNeedsNoSecondWriting() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 1, swap: {time: 8}}}
            processes:
              - name: P
                program: [{touch: {pages: [0], write: true}}, {touch: {pages: [1, 0, 1]}}]
            """);
    assertThat(ran.log().events())
        .containsExactly(
            "P heap 0: demand-zero",
            "P heap 1: demand-zero",
            "P heap 0: written_out",
            "P heap 0: swap-in",
            "P heap 1: evicted",
            "P heap 1: demand-zero",
            "P heap 0: evicted");
    assertThat(finish(ran.metrics(), 0)).isEqualTo(16_000_000);
  }

  @Test
  void twoThreadsThatMissOnePageShareItsTransfer() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 1, swap: {time: 8}}}
            processes:
              - name: P
                threads:
                  - {name: a, program: [{touch: {pages: [0, 1], write: true}}, {touch: {pages: [0]}}]}
                  - {name: b, program: [{sleep: 9}, {touch: {pages: [0]}}]}
            """);
    // a waits 0-8 for page 0 to be written out, 8-24 for page 1 out and page 0 in; b comes at 9.
    assertThat(ran.log().faults("P", PageFault.SWAP_IN)).isEqualTo(1);
    assertThat(ran.log().faults("P", PageFault.MAPPED_ELSEWHERE)).isEqualTo(1);
    assertThat(finish(ran.metrics(), 0)).isEqualTo(24_000_000);
    assertThat(finish(ran.metrics(), 1)).isEqualTo(24_000_000);
  }

  @Test
  void whoFindsAllFramesOnTheirWayWaitsForOne() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 1, swap: {time: 8}}}
            processes:
              - {name: A, program: [{touch: {pages: [0, 1], write: true}}]}
              - {name: B, program: [{touch: {pages: [0]}}]}
            """);
    // A writes its page 0 out, 0-8; B can have the frame only then, and takes page 1 of A's: but A
    // has ended by then, and its frame is free.
    assertThat(finish(ran.metrics(), 0)).isEqualTo(8_000_000);
    assertThat(finish(ran.metrics(), 1)).isEqualTo(8_000_000);
    assertThat(ran.metrics().tasks().blocked(1)).isEqualTo(8_000_000);
  }

  @Test
  void localReplacementTakesAProcessesOwnFrames() throws Exception {
    String yaml =
        """
        machine: {memory: {frames: 4, scope: %s, replacement: lru}}
        scheduler: {policy: round-robin, quantum: 1}
        processes:
          - name: greedy
            program: [{repeat: 3, do: [{touch: {pages: [0, 1, 2, 3]}}, {compute: 1}]}]
          - name: modest
            program: [{repeat: 3, do: [{touch: {pages: [0, 1]}}, {compute: 1}]}]
        """;
    MemoryLog local = MemoryLog.run(yaml.formatted("local")).log();
    assertThat(local.faults("modest")).isEqualTo(2);
    assertThat(local.faults("greedy")).isEqualTo(12);
    // Both touch again at the end of their first turn: only the third round finds pages gone.
    MemoryLog global = MemoryLog.run(yaml.formatted("global")).log();
    assertThat(global.faults("modest")).isEqualTo(4);
    assertThat(global.faults("greedy")).isEqualTo(8);
  }

  @Test
  void codeAndStackStayUnlessEverythingIsPageable() throws Exception {
    String yaml =
        """
        machine: {memory: {frames: 2, replacement: fifo%s}}
        processes:
          - name: P
            program:
              - touch: {region: code, pages: [0]}
              - touch: {region: stack, pages: [0]}
              - touch: {pages: [0, 1]}
              - touch: {region: code, pages: [0]}
        """;
    assertThat(MemoryLog.run(yaml.formatted("")).log().events())
        .containsExactly("P heap 0: demand-zero", "P heap 1: demand-zero");
    assertThat(MemoryLog.run(yaml.formatted(", pageable: all")).log().events())
        .containsExactly(
            "P code 0: swap-in",
            "P stack of P 0: demand-zero",
            "P heap 0: demand-zero",
            "P code 0: evicted",
            "P heap 1: demand-zero",
            "P stack of P 0: evicted",
            "P code 0: swap-in",
            "P heap 0: evicted");
  }

  @Test
  void callsUseTheirFramesPages() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {}}
            processes:
              - {name: P, stack: 64KiB, program: [{call: {program: f, frame: 10000}}]}
            programs:
              f: [{compute: 1}]
            """);
    // Bytes 0 to 9999 lie in pages 0 to 2; page 0 has been there since the thread began.
    assertThat(ran.log().references("P")).isEqualTo(3);
    assertThat(ran.log().events())
        .containsExactly("P stack of P 1: demand-zero", "P stack of P 2: demand-zero");
  }

  @Test
  void crashEndsItsProcessAndNobodyElse() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {}}
            scheduler: {policy: round-robin, quantum: 2}
            processes:
              - name: bad
                threads:
                  - {name: a, program: [{compute: 1}, {touch: {address: 16}}]}
                  - {name: b, burst: 9}
              - {name: good, burst: 5}
            """);
    assertThat(ran.log().crashes())
        .containsExactly("segmentation fault: reads address 0x0, where nothing is mapped");
    TaskTimes tasks = ran.metrics().tasks();
    assertThat(tasks.exitCode(0)).isEqualTo(139);
    assertThat(tasks.exitCode(1)).isEqualTo(139);
    assertThat(tasks.finish(1)).isEqualTo(1_000_000);
    assertThat(tasks.exitCode(2)).isZero();
    assertThat(tasks.finish(2)).isEqualTo(6_000_000);
  }

  @Test
  void writingCodeAndTouchingTheGuardPageAreFaults() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {}}
            processes:
              - {name: W, program: [{touch: {region: code, pages: [0], write: true}}]}
              - {name: S, stack: 8KiB, program: [{touch: {region: stack, pages: [0, 1, 2]}}]}
              - name: A
                program: [{alloc: {region: r, size: 1}}, {free: {region: r}}, {touch: {region: r, pages: 1}}]
              - {name: F, program: [{alloc: 100}, {free: 101}]}
            """);
    assertThat(ran.log().crashes())
        .containsExactly(
            "protection fault: writes address 0x400000 in the code, which is read-only",
            "stack overflow: reads address 0x7fffffffc000, the guard page below the 8192 bytes of"
                + " the stack of S",
            "segmentation fault: reads the region `r`, which is not allocated",
            "invalid free: frees 101 bytes of a heap of 100");
  }

  @Test
  void fullSwapSpaceEndsTheProcessWithTheMostPages() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 4, swap: {pages: 1}}}
            scheduler: {policy: fcfs}
            processes:
              - {name: small, program: [{touch: {pages: 1, write: true}}, {io: 1}, {touch: {pages: 4, write: true}}]}
              - {name: large, program: [{touch: {pages: 3, write: true}}, {sleep: 9}]}
            """);
    assertThat(ran.log().crashes())
        .containsExactly(
            "out-of-memory kill: memory and swap space are full, and large has the most pages, 5");
    assertThat(ran.metrics().tasks().exitCode(1)).isEqualTo(137);
    assertThat(ran.metrics().tasks().exitCode(0)).isZero();
    assertThat(ran.outcome().end()).isEqualTo(Outcome.End.COMPLETED);
  }

  @Test
  void youngestOfEquallyLargeProcessesIsEndedWhereMemoryRunsOut() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 6, swap: {pages: 0}}}
            scheduler: {policy: fcfs}
            processes:
              - {name: old, program: [{touch: {pages: 3, write: true}}, {sleep: 5}]}
              - {name: young, program: [{touch: {pages: 3, write: true}}, {sleep: 5}]}
              - {name: small, program: [{touch: {pages: 1, write: true}}]}
            """);
    assertThat(ran.metrics().tasks().exitCode(0)).isZero();
    assertThat(ran.metrics().tasks().exitCode(1)).isEqualTo(137);
    assertThat(ran.metrics().tasks().exitCode(2)).isZero();
  }

  @Test
  void processBelowItsShareTakesAFrameFromTheOneThatHasMost() throws Exception {
    // Three shares of four frames, of which there are only six: the third finds none free.
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 6, scope: local}}
            scheduler: {policy: fcfs}
            processes:
              - {name: two, memory: {frames: 4}, program: [{touch: {pages: 2}}, {sleep: 5}]}
              - {name: four, memory: {frames: 4}, program: [{touch: {pages: 4}}, {sleep: 5}]}
              - {name: last, memory: {frames: 4}, program: [{touch: {pages: 1}}]}
            """);
    assertThat(ran.log().events()).contains("four heap 0: evicted");
    assertThat(ran.log().events()).doesNotContain("two heap 0: evicted");
  }

  @Test
  void childGetsAPageThatIsOnItsWayFromWhereItIsKept() throws Exception {
    // Page 0 is in swap space when a reads it back, 8-24; b forks at 10, in the middle of that.
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {cpus: 2, memory: {frames: 2, swap: {time: 8}}}
            processes:
              - name: P
                threads:
                  - {name: a, program: [{touch: {pages: [0, 1, 2], write: true}}, {touch: {pages: [0]}}]}
                  - {name: b, program: [{sleep: 10}, {fork: {name: c, program: [{touch: {pages: [0]}}]}}]}
            """);
    assertThat(ran.log().faults("c", PageFault.SWAP_IN)).isEqualTo(1);
    assertThat(ran.log().faults("c", PageFault.DEMAND_ZERO)).isZero();
  }

  @Test
  void pageOfACopyThatPushesAWrittenOneOutWaitsForThat() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 2, replacement: fifo, swap: {time: 8}}}
            scheduler: {policy: fcfs}
            processes:
              - name: P
                program:
                  - touch: {pages: [0, 1], write: true}
                  - fork: {name: c, program: [{touch: {pages: [1], write: true}}]}
                  - wait: c
            """);
    // The child's copy of page 1 takes the frame of page 0, which must be written first.
    assertThat(ran.log().faults("c", PageFault.COPY_ON_WRITE)).isEqualTo(1);
    assertThat(finish(ran.metrics(), 1)).isEqualTo(8_000_000);
  }

  @Test
  void freedLargePageIsForgottenByTheTlb() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            LINUX.formatted("")
                + """
                processes:
                  - name: P
                    program:
                      - alloc: {region: big, size: 2MiB, large: true}
                      - touch: {region: big, pages: [3]}
                      - free: {region: big}
                      - alloc: {region: again, size: 2MiB, large: true}
                      - touch: {region: again, pages: [3]}
                """);
    // The second region lies where the first one was, and its page must be brought in anew.
    assertThat(ran.log().events())
        .containsExactly("P big 3: demand-zero", "P again 3: demand-zero");
  }

  @Test
  void takingPagesAwayTellsTheCpusThatRunTheProcess() throws Exception {
    String yaml =
        """
        time_unit: us
        machine: {cpus: 3, costs: {profile: textbook, ipi: 5us, interrupt: 2us}, memory: {}}
        processes:
          - name: P
            threads:
              - name: a
                program:
                  - alloc: {region: r, size: 8KiB}
                  - touch: {region: r, pages: 2}
                  - %s
                  - compute: 10
              - {name: b, burst: 100}
          - {name: other, burst: 100}
        """;
    MemoryLog.Result ran = MemoryLog.run(yaml.formatted("free: {region: r}"));
    assertThat(ran.log().shootdowns()).isEqualTo(1);
    assertThat(finish(ran.metrics(), 0)).isEqualTo(15_000);
    assertThat(finish(ran.metrics(), 1)).isEqualTo(102_000);
    assertThat(finish(ran.metrics(), 2)).isEqualTo(100_000);
    assertThat(MemoryLog.run(yaml.formatted("yield")).log().shootdowns()).isZero();
  }

  @Test
  void workingSetIsReferencedWheneverItsThreadGetsTheCpu() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {frames: 5, swap: {time: 10}}}
            scheduler: {policy: round-robin, quantum: 2}
            processes:
              - {name: A, working_set: 12KiB, burst: 3}
              - {name: B, working_set: 12KiB, burst: 2}
            """);
    // A runs 0-2. B's third page pushes A's first one out, 2-12; A wants that back and pushes its
    // second one out, 12-32. B runs 12-14 and ends. A brings in its second page, 32-42, and ends.
    assertThat(ran.log().references("A")).isEqualTo(6);
    assertThat(ran.log().references("B")).isEqualTo(3);
    assertThat(ran.log().faults("A", PageFault.DEMAND_ZERO)).isEqualTo(3);
    assertThat(ran.log().faults("A", PageFault.SWAP_IN)).isEqualTo(2);
    assertThat(finish(ran.metrics(), 1)).isEqualTo(14_000_000);
    assertThat(finish(ran.metrics(), 0)).isEqualTo(43_000_000);
  }

  @Test
  void stacksAreReservedWithAGuardPageAndUsedAgain() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {}}
            processes:
              - name: P
                program:
                  - repeat: 3
                    do: [{thread: {name: t, burst: 1}}, {join: t}]
                  - thread: {name: u, count: 2, burst: 1}
                  - exit: 0
            """);
    List<MemoryMap.Region> stacks =
        ran.log().map("P").regions().stream()
            .filter(region -> region.kind() == RegionKind.STACK)
            .toList();
    assertThat(stacks).hasSize(3);
    assertThat(stacks).allMatch(stack -> stack.guard() && stack.bytes() == 8 << 20);
    long lowest = stacks.get(0).start();
    long[] starts = stacks.stream().mapToLong(MemoryMap.Region::start).toArray();
    assertThat(starts)
        .isEqualTo(LongStream.range(0, 3).map(i -> lowest + i * ((8 << 20) + 4096)).toArray());
  }

  @Test
  void nobodyComesAfterTheThreadThatThereWasNoRoomFor() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {page_size: 4KiB, levels: [6, 6]}}
            processes:
              - {name: P, program: [{thread: {name: t, count: 12, stack: 2MiB, burst: 1}}, {compute: 5}]}
            """);
    assertThat(ran.log().crashes()).hasSize(1);
    assertThat(finish(ran.metrics(), 0)).isZero();
    assertThat(ran.metrics().tasks().count()).isLessThan(12);
    assertThat(ran.metrics().memory().residentAtEnd(0)).isGreaterThan(2);
  }

  @Test
  void smallAddressSpaceRunsOutOfRoomForStacks() throws Exception {
    MemoryLog.Result ran =
        MemoryLog.run(
            """
            machine: {memory: {geometry: 32-bit}}
            processes:
              - name: P
                program: [{thread: {name: t, count: 600, burst: 1}}]
            """);
    assertThat(ran.log().crashes()).hasSize(1);
    assertThat(ran.log().crashes().get(0))
        .startsWith("out of address space: the address space has no room for one more stack");
    // 4 GiB hold 511 stacks of 8 MiB and a guard page beside code and heap.
    assertThat(ran.log().map("P").regions().stream().filter(r -> r.guard()).count()).isEqualTo(511);
  }
}
