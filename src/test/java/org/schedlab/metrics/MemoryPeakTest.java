package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.cost.Profile;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.RegionKind;

/** How much memory there was at one time, at most. */
class MemoryPeakTest {
  private static final long PAGE = 4096;

  private final CostModel linux = CostModel.of(Profile.LINUX_X86_64);
  private final MemoryPeak peak = new MemoryPeak(CostModel.of(Profile.TEXTBOOK), PAGE);

  @Test
  void whatWasThereOneAfterTheOtherIsNotAddedUp() {
    for (int process = 0; process < 2; process++) {
      peak.processStarted(process, process, "P");
      peak.regionMapped(process, process, 0, RegionKind.HEAP, "heap", 0, 10);
      peak.pageLoaded(process, process, 0, 1, 7);
      peak.pageDropped(process, process, 0, 1, 7, PageDrop.FREED);
      peak.processEnded(process, process, 0);
    }
    assertThat(peak.mostReserved()).isEqualTo(10 * PAGE);
    assertThat(peak.mostResident()).isEqualTo(PAGE);
  }

  @Test
  void aFrameThatTwoMapCountsOnceAsLongAsOneMapsIt() {
    peak.pageLoaded(0, 0, 5, 1, 7);
    peak.pageLoaded(0, 1, 5, 1, 7);
    peak.pageDropped(1, 0, 5, 1, 7, PageDrop.FREED);
    peak.pageLoaded(1, 0, 6, 1, 8);
    assertThat(peak.mostResident()).isEqualTo(2 * PAGE);
  }

  @Test
  void aRegionThatGrowsOrGoesIsCountedAsItIs() {
    peak.regionMapped(0, 0, 3, RegionKind.HEAP, "heap", 0, 10);
    peak.regionMapped(1, 0, 3, RegionKind.HEAP, "heap", 0, 12);
    peak.regionMapped(2, 0, 3, RegionKind.HEAP, "heap", 0, 0);
    peak.regionMapped(3, 0, 4, RegionKind.HEAP, "heap", 0, 5);
    assertThat(peak.mostReserved()).isEqualTo(12 * PAGE);
  }

  @Test
  void theKernelKeepsSomethingForProcessesAndForEachFurtherThread() {
    MemoryPeak kernel = new MemoryPeak(linux, PAGE);
    kernel.processStarted(0, 0, "P");
    kernel.threadCreated(0, 0, 0, "P");
    long process = linux.get(Cost.PROCESS_KERNEL_MEMORY);
    assertThat(kernel.mostResident()).isEqualTo(process);
    kernel.threadCreated(1, 1, 0, "P/t");
    kernel.exited(2, 1, 0, 0);
    kernel.threadCreated(3, 2, 0, "P/u");
    long thread = linux.get(Cost.KERNEL_STACK) + linux.get(Cost.TASK_STRUCT);
    assertThat(kernel.mostResident()).isEqualTo(process + thread).isEqualTo(kernel.mostReserved());
  }
}
