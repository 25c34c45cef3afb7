package org.schedlab.metrics;

import java.util.HashMap;
import java.util.Map;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * How much memory all processes took at once, at most: reserved is address space, resident what of
 * it lay in frames, each of which counts once however many processes map it. To both belongs what
 * the kernel keeps for processes and threads, by the cost parameters, and what a runtime keeps for
 * coroutines.
 */
public final class MemoryPeak implements TraceSink {
  /** What is known of a process. */
  private static final class Space {
    private final Map<Integer, Long> regions = new HashMap<>();
    private long reservedPages;
    private int threads;
  }

  private final long pageBytes;
  private final long processBytes;
  private final long threadBytes;
  private final Map<Integer, Space> spaces = new HashMap<>();
  private final Map<Integer, Integer> processOf = new HashMap<>();

  /** By coroutine that lives: the bytes that it has reserved and those that are resident. */
  private final Map<Integer, long[]> coroutines = new HashMap<>();

  /** How many processes map a frame. */
  private final Map<Integer, Integer> mappings = new HashMap<>();

  private long reservedPages;
  private long residentPages;
  private long keptReserved;
  private long keptResident;
  private long mostReserved;
  private long mostResident;

  /**
   * @param pageBytes the size of a page
   */
  public MemoryPeak(CostModel costs, long pageBytes) {
    this.pageBytes = pageBytes;
    // The figure for a process has its first thread's in it.
    this.processBytes = costs.get(Cost.PROCESS_KERNEL_MEMORY);
    this.threadBytes = costs.get(Cost.KERNEL_STACK) + costs.get(Cost.TASK_STRUCT);
  }

  private void keep(long bytes) {
    keep(bytes, bytes);
  }

  private void keep(long moreReserved, long moreResident) {
    keptReserved += moreReserved;
    keptResident += moreResident;
    note();
  }

  private void note() {
    mostReserved = Math.max(mostReserved, reservedPages * pageBytes + keptReserved);
    mostResident = Math.max(mostResident, residentPages * pageBytes + keptResident);
  }

  private Space space(int process) {
    return spaces.computeIfAbsent(process, key -> new Space());
  }

  @Override
  public void processStarted(long time, int process, String name) {
    space(process);
    keep(processBytes);
  }

  @Override
  public void processEnded(long time, int process, int code) {
    Space space = space(process);
    reservedPages -= space.reservedPages;
    space.regions.clear();
    space.reservedPages = 0;
    keep(-processBytes);
  }

  @Override
  public void threadCreated(long time, int thread, int process, String name) {
    processOf.put(thread, process);
    if (space(process).threads++ > 0) {
      keep(threadBytes);
    }
  }

  @Override
  public void exited(long time, int thread, int cpu, int code) {
    if (--space(processOf.remove(thread)).threads > 0) {
      keep(-threadBytes);
    }
  }

  @Override
  public void coroutineMemory(long time, int coroutine, long reserved, long resident) {
    long[] before = coroutines.put(coroutine, new long[] {reserved, resident});
    keep(reserved - (before == null ? 0 : before[0]), resident - (before == null ? 0 : before[1]));
  }

  @Override
  public void coroutineEnded(long time, int coroutine, String error) {
    long[] kept = coroutines.remove(coroutine);
    if (kept != null) {
      keep(-kept[0], -kept[1]);
    }
  }

  @Override
  public void regionMapped(
      long time,
      int process,
      int region,
      RegionKind kind,
      String name,
      long firstPage,
      long pages) {
    Space space = space(process);
    Long before = pages == 0 ? space.regions.remove(region) : space.regions.put(region, pages);
    long more = pages - (before == null ? 0 : before);
    space.reservedPages += more;
    reservedPages += more;
    note();
  }

  @Override
  public void pageLoaded(long time, int process, long page, long pages, int frame) {
    if (mappings.merge(frame, 1, Integer::sum) == 1) {
      residentPages += pages;
      note();
    }
  }

  @Override
  public void pageDropped(long time, int process, long page, long pages, int frame, PageDrop why) {
    Integer left = mappings.computeIfPresent(frame, (key, count) -> count == 1 ? null : count - 1);
    if (left == null) {
      residentPages -= pages;
    }
  }

  /** Returns the most bytes that were reserved at once. */
  public long mostReserved() {
    return mostReserved;
  }

  /** Returns the most bytes that were resident at once. */
  public long mostResident() {
    return mostResident;
  }
}
