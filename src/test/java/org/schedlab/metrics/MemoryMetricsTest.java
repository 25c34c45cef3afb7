package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

class MemoryMetricsTest {
  private static RunMetrics paging(long unit) {
    RunMetrics metrics = new RunMetrics(1, 100, new ReferenceLog(false), null, null, true);
    DrawnPaging.tell(metrics, unit);
    return metrics;
  }

  @Test
  void useOfMemoryIsThatOfTheHandWorkedExample() {
    MemoryUse memory = paging(1).memory();
    assertThat(memory.isKnown(0)).isTrue();
    assertThat(memory.accesses(0)).isEqualTo(8);
    assertThat(memory.minorFaults(0)).isEqualTo(6);
    assertThat(memory.majorFaults(0)).isEqualTo(1);
    assertThat(memory.faults(0, PageFault.DEMAND_ZERO)).isEqualTo(6);
    assertThat(memory.faults(0, PageFault.COPY_ON_WRITE)).isZero();
    assertThat(memory.tlbHits(0)).isEqualTo(1);
    assertThat(memory.evictions(0)).isEqualTo(4);
    assertThat(memory.writtenOut(0)).isEqualTo(1);
    assertThat(memory.shootdowns(0)).isEqualTo(1);
    assertThat(memory.residentPages(0)).isZero();
    assertThat(memory.mostResidentPages(0)).isEqualTo(6);
    assertThat(memory.mostTableBytes(0)).isEqualTo(24576);
    assertThat(memory.maps()).containsExactly(new MemoryUse.ClosedMap(10, 0, DrawnPaging.map()));
    assertThat(memory.isKnown(1)).isFalse();
    assertThat(memory.accesses(1)).isZero();
  }

  @Test
  void aCopiedPageLeavesNobody() {
    MemoryUse memory = new MemoryUse();
    memory.pageLoaded(0, 20, 512, 3, 7);
    memory.pageFaulted(1, 0, 20, 512, PageFault.COPY_ON_WRITE);
    memory.pageDropped(1, 20, 512, 1, 7, PageDrop.COPIED);
    memory.pageLoaded(1, 20, 512, 1, 12);
    assertThat(memory.evictions(20)).isZero();
    assertThat(memory.minorFaults(20)).isEqualTo(1);
    assertThat(memory.residentPages(20)).isEqualTo(3);
    assertThat(memory.mostResidentPages(20)).isEqualTo(3);
  }

  @Test
  void stacksAreThoseOfTheirThreads() {
    StackUse stacks = new StackUse();
    stacks.stackClosed(9, 4, 8192, 4096, 100, 3);
    assertThat(stacks.isKnown(4)).isTrue();
    assertThat(stacks.isKnown(3)).isFalse();
    assertThat(stacks.isKnown(5)).isFalse();
    assertThat(stacks.reserved(4)).isEqualTo(8192);
    assertThat(stacks.resident(4)).isEqualTo(4096);
    assertThat(stacks.deepest(4)).isEqualTo(100);
    assertThat(stacks.calls(4)).isEqualTo(3);
    assertThat(stacks.calls(1_000)).isZero();
  }

  @Test
  void livesTellWhoMadeWhomAndWhoWaited() {
    RunMetrics metrics = new RunMetrics(1, 100);
    Families.tell(metrics, 1);
    ProcessLives lives = metrics.lives();
    assertThat(lives.count()).isEqualTo(3);
    assertThat(lives.children()).isEqualTo(2);
    assertThat(lives.forks()).isEqualTo(1);
    assertThat(IntStream.range(0, 3).mapToObj(lives::origin))
        .containsExactly(
            ProcessLives.Origin.ARRIVED, ProcessLives.Origin.FORKED, ProcessLives.Origin.SPAWNED);
    assertThat(IntStream.range(0, 3).map(lives::parent)).containsExactly(TraceSink.NONE, 0, 0);
    assertThat(IntStream.range(0, 3).mapToLong(lives::start)).containsExactly(0L, 1L, 3L);
    assertThat(IntStream.range(0, 3).mapToLong(lives::end))
        .containsExactly(8L, ProcessLives.NEVER, 6L);
    assertThat(IntStream.range(0, 3).mapToLong(lives::reaped))
        .containsExactly(8L, ProcessLives.NEVER, 7L);
    assertThat(lives.reaper(2)).isZero();
    assertThat(lives.reaper(0)).isEqualTo(TraceSink.NONE);
    assertThat(lives.exitCode(2)).isEqualTo(3);
    assertThat(lives.orphaned(1)).isEqualTo(8);
    assertThat(lives.orphaned(2)).isEqualTo(ProcessLives.NEVER);
    assertThat(lives.executions(1)).isEqualTo(1);
  }

  @Test
  void timelineShowsThePagesAtTheEndOfEachBinWithAndWithoutCodeAndStacks() {
    MemoryTimeline timeline = paging(1).memoryTimeline();
    assertThat(timeline.binWidth()).isEqualTo(1);
    assertThat(timeline.isAnyLoaded()).isTrue();
    assertThat(timeline.hasLane(0)).isTrue();
    assertThat(timeline.hasLane(1)).isFalse();
    assertThat(IntStream.range(0, 11).mapToLong(bin -> timeline.pages(0, bin, false)).toArray())
        .containsExactly(4, 5, 6, 6, 6, 6, 5, 5, 6, 6, 0);
    assertThat(IntStream.range(0, 11).mapToLong(bin -> timeline.pages(0, bin, true)).toArray())
        .containsExactly(1, 2, 3, 3, 3, 3, 2, 2, 3, 3, 0);
    assertThat(IntStream.range(0, 11).mapToLong(bin -> timeline.faults(bin, false)).toArray())
        .containsExactly(1, 1, 1, 1, 0, 1, 0, 0, 0, 1, 0);
    assertThat(IntStream.range(0, 11).mapToLong(bin -> timeline.faults(bin, true)).toArray())
        .containsExactly(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
  }

  @Test
  void widerBinsKeepTheLastPagesAndTheSumOfFaults() {
    // 2010 ns are more than 1024 bins of one; of two each, page 0 comes in the later half of one.
    MemoryTimeline timeline = paging(201).memoryTimeline();
    assertThat(timeline.binWidth()).isEqualTo(2);
    assertThat(timeline.pages(0, 99, true)).isEqualTo(1);
    assertThat(timeline.pages(0, 100, true)).isEqualTo(2);
    assertThat(timeline.pages(0, 602, true)).isEqualTo(3);
    assertThat(timeline.pages(0, 603, true)).isEqualTo(2);
    assertThat(timeline.pages(0, 803, true)).isEqualTo(2);
    assertThat(timeline.pages(0, 804, true)).isEqualTo(3);
    assertThat(timeline.pages(0, 1005, true)).isZero();
    long minor =
        IntStream.range(0, MemoryTimeline.BINS).mapToLong(bin -> timeline.faults(bin, false)).sum();
    assertThat(minor).isEqualTo(6);
    assertThat(timeline.faults(100, false)).isEqualTo(1);
    assertThat(timeline.faults(603, true)).isEqualTo(1);
  }

  @Test
  void laterProcessesShareALane() {
    MemoryTimeline timeline = new MemoryTimeline();
    for (int process = 0; process < MemoryTimeline.PROCESSES + 3; process++) {
      timeline.pageLoaded(0, process, 512, process + 1, process);
    }
    timeline.finished(5);
    assertThat(timeline.pages(6, 4, true)).isEqualTo(7);
    assertThat(timeline.pages(MemoryTimeline.PROCESSES, 4, true)).isEqualTo(8 + 9 + 10);
  }

  @Test
  void logReadsLikeTheExercise() {
    ReferenceLog log = paging(1).references().orElseThrow();
    assertThat(log.count()).isEqualTo(8);
    assertThat(log.references())
        .extracting(
            r ->
                r.time()
                    + " "
                    + r.page().name()
                    + (r.write() ? " w " : " r ")
                    + (r.fault() == null ? "hit" : r.fault().label())
                    + " "
                    + names(r.victims())
                    + names(r.inMemory()))
        .containsExactly(
            "0 heap 7 r demand-zero [][heap 7]",
            "1 heap 0 w demand-zero [][heap 7, heap 0]",
            "2 heap 1 r demand-zero [][heap 7, heap 0, heap 1]",
            "3 heap 2 r demand-zero [heap 7][heap 2, heap 0, heap 1]",
            "4 heap 0 r hit [][heap 2, heap 0, heap 1]",
            "5 heap 3 r demand-zero [heap 0][heap 2, heap 3, heap 1]",
            "8 heap 0 r swap-in [heap 1][heap 2, heap 3, heap 0]",
            "9 heap 4 w demand-zero [heap 2][heap 4, heap 3, heap 0]");
  }

  private static List<String> names(List<ReferenceLog.Page> pages) {
    return pages.stream().map(ReferenceLog.Page::name).toList();
  }

  @Test
  void aVictimBelongsToThePageThatTookItsFrame() {
    ReferenceLog log = new ReferenceLog(false);
    log.regionMapped(0, 0, 0, RegionKind.HEAP, "heap", 0, 10);
    log.pageLoaded(0, 0, 1, 1, 50);
    log.pageLoaded(0, 0, 2, 1, 51);
    // Thread 0 waits for the device while thread 1 faults too, is served, and goes on.
    log.pageFaulted(1, 0, 0, 8, PageFault.SWAP_IN);
    log.pageDropped(1, 0, 1, 1, 50, PageDrop.EVICTED);
    log.pageFaulted(2, 1, 0, 9, PageFault.DEMAND_ZERO);
    log.pageDropped(2, 0, 2, 1, 51, PageDrop.EVICTED);
    log.pageLoaded(2, 0, 9, 1, 51);
    log.referenced(2, 1, 0, 9, true, false);
    log.pageFaulted(3, 1, 0, 8, PageFault.MAPPED_ELSEWHERE);
    log.pageLoaded(4, 0, 8, 1, 50);
    log.referenced(4, 1, 0, 8, false, false);
    log.referenced(5, 0, 0, 8, false, false);
    assertThat(log.references())
        .extracting(r -> r.thread() + " " + names(r.victims()))
        .containsExactly("1 [heap 2]", "1 []", "0 [heap 1]");
  }

  @Test
  void logIsBounded() {
    ReferenceLog log = new ReferenceLog(true);
    for (int i = 0; i < ReferenceLog.LIMIT + 5; i++) {
      log.referenced(i, 0, 0, 1, false, false);
    }
    assertThat(log.count()).isEqualTo(ReferenceLog.LIMIT + 5);
    assertThat(log.references()).hasSize(ReferenceLog.LIMIT);
  }

  @Test
  void aStallOfReferencesIsAShareOfRunning() {
    Occupancy occupancy = paging(1).occupancy();
    assertThat(occupancy.ofCpu(0, 8, Occupancy.Share.RUNNING)).isEqualTo(1);
    assertThat(occupancy.ofThread(0, 8, Occupancy.Share.OVERHEAD)).isZero();
  }

  @Test
  void whatTakesTheAddressesOfAStackIsNoStack() {
    RunMetrics metrics = new RunMetrics(1, 100, new ReferenceLog(false), null, null, true);
    metrics.regionMapped(0, 0, 0, RegionKind.STACK, "stack of w", 100, 8);
    metrics.pageLoaded(0, 0, 107, 1, 1);
    metrics.regionMapped(1, 0, 0, RegionKind.STACK, "stack of w", 100, 0);
    metrics.pageDropped(1, 0, 107, 1, 1, PageDrop.FREED);
    metrics.regionMapped(2, 0, 1, RegionKind.MAPPING, "map", 104, 8);
    metrics.pageLoaded(2, 0, 107, 1, 1);
    metrics.referenced(2, 0, 0, 107, true, false);
    MemoryTimeline timeline = metrics.memoryTimeline();
    timeline.finished(3);
    assertThat(IntStream.range(0, 3).mapToLong(bin -> timeline.pages(0, bin, false)).toArray())
        .containsExactly(1, 0, 1);
    assertThat(IntStream.range(0, 3).mapToLong(bin -> timeline.pages(0, bin, true)).toArray())
        .containsExactly(0, 0, 1);
    assertThat(metrics.references().orElseThrow().references().get(0).inMemory())
        .containsExactly(new ReferenceLog.Page(0, "map 3"));
  }

  @Test
  void logShowsTheFirstFramesAndCountsTheOthers() {
    ReferenceLog log = new ReferenceLog(true);
    log.regionMapped(0, 0, 0, RegionKind.CODE, "code", 0, 20);
    log.pageLoaded(0, 0, 4, 12, 30);
    log.referenced(0, 0, 0, 5, false, false);
    ReferenceLog.Reference reference = log.references().get(0);
    assertThat(reference.inMemory()).hasSize(ReferenceLog.FRAMES);
    assertThat(reference.inMemory().get(0).name()).isEqualTo("code 4");
    assertThat(reference.more()).isEqualTo(2);
    assertThat(reference.fault()).isNull();
  }
}
