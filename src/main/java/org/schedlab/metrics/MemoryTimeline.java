package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * Pages in memory and page faults over time, in bounded memory: for each of {@value #BINS} equal
 * bins of time how many pages each of the first processes had in memory at its end, all others
 * together, and how many faults there were. The numbers of one bin are of one moment, so that their
 * sum is within the limits of memory. When a run outgrows its bins, two become one; a bin's width
 * is a power of two.
 */
public final class MemoryTimeline implements TraceSink {
  /** How many bins there are. */
  public static final int BINS = 1024;

  /** How many processes have a lane of their own; those with the smallest ids. */
  public static final int PROCESSES = 7;

  private final Lane[] lanes = new Lane[PROCESSES + 1];
  private final long[] minor = new long[BINS];
  private final long[] major = new long[BINS];

  /**
   * The regions of each process by first page. Of a region that is gone the place is kept until
   * another one takes it, for its pages may be dropped afterwards.
   */
  private final List<TreeMap<Long, Region>> regions = new ArrayList<>();

  private int shift;
  private boolean loaded;

  /** The pages of one process, or of the others: all, and those of them outside the frame limit. */
  private static final class Lane {
    final long[] all = new long[BINS];
    final long[] withoutFixed = new long[BINS];
    long resident;
    long pageable;
    int filled;
  }

  /**
   * A region of an address space.
   *
   * @param end the page after its last
   * @param fixed whether a limit of frames does not count its pages: code and stacks
   */
  private record Region(long end, boolean fixed) {}

  @Override
  public void regionMapped(
      long time,
      int process,
      int region,
      RegionKind kind,
      String name,
      long firstPage,
      long pages) {
    if (pages == 0) {
      return;
    }
    while (process >= regions.size()) {
      regions.add(new TreeMap<>());
    }
    boolean fixed = kind == RegionKind.CODE || kind == RegionKind.STACK;
    TreeMap<Long, Region> of = regions.get(process);
    of.subMap(firstPage, firstPage + pages).clear();
    of.put(firstPage, new Region(firstPage + pages, fixed));
  }

  private boolean isFixed(int process, long page) {
    Map.Entry<Long, Region> below =
        process < regions.size() ? regions.get(process).floorEntry(page) : null;
    return below != null && page < below.getValue().end() && below.getValue().fixed();
  }

  @Override
  public void pageFaulted(long time, int thread, int process, long page, PageFault fault) {
    int bin = bin(time);
    (fault.isMajor() ? major : minor)[bin]++;
  }

  @Override
  public void pageLoaded(long time, int process, long page, long pages, int frame) {
    loaded = true;
    change(time, process, page, pages);
  }

  @Override
  public void pageDropped(long time, int process, long page, long pages, int frame, PageDrop why) {
    change(time, process, page, -pages);
  }

  @Override
  public void finished(long time) {
    int last = bin(Math.max(0, time - 1));
    for (Lane lane : lanes) {
      if (lane != null) {
        fill(lane, last);
      }
    }
  }

  private void change(long time, int process, long page, long pages) {
    int bin = bin(time);
    int number = Math.min(process, PROCESSES);
    if (lanes[number] == null) {
      lanes[number] = new Lane();
    }
    Lane lane = lanes[number];
    fill(lane, bin);
    lane.resident += pages;
    if (!isFixed(process, page)) {
      lane.pageable += pages;
    }
    lane.all[bin] = lane.resident;
    lane.withoutFixed[bin] = lane.pageable;
  }

  /** Nothing changed since the last bin that is filled. */
  private static void fill(Lane lane, int bin) {
    while (lane.filled < bin) {
      lane.filled++;
      lane.all[lane.filled] = lane.resident;
      lane.withoutFixed[lane.filled] = lane.pageable;
    }
  }

  private int bin(long time) {
    while (time >> shift >= BINS) {
      for (Lane lane : lanes) {
        if (lane != null) {
          fill(lane, BINS - 1);
          keepLater(lane.all);
          keepLater(lane.withoutFixed);
          lane.filled = BINS / 2 - 1;
        }
      }
      add(minor);
      add(major);
      shift++;
    }
    return (int) (time >> shift);
  }

  /** Makes one bin of two, with what the later of them ended with. */
  private static void keepLater(long[] bins) {
    for (int bin = 0; bin < BINS / 2; bin++) {
      bins[bin] = bins[2 * bin + 1];
    }
  }

  /** Makes one bin of two, with the sum of both. */
  private static void add(long[] bins) {
    for (int bin = 0; bin < BINS / 2; bin++) {
      bins[bin] = bins[2 * bin] + bins[2 * bin + 1];
    }
    Arrays.fill(bins, BINS / 2, BINS, 0);
  }

  /** Says whether any page was ever loaded. */
  public boolean isAnyLoaded() {
    return loaded;
  }

  /** Returns how many nanoseconds a bin is wide. */
  public long binWidth() {
    return 1L << shift;
  }

  /** Says whether a lane ever had pages; {@link #PROCESSES} is that of the other processes. */
  public boolean hasLane(int lane) {
    return lanes[lane] != null;
  }

  /**
   * Returns how many pages a lane had in memory at the end of a bin.
   *
   * @param pageable whether only pages are counted that a limit of frames counts: no code, no
   *     stacks
   */
  public long pages(int lane, int bin, boolean pageable) {
    return (pageable ? lanes[lane].withoutFixed : lanes[lane].all)[bin];
  }

  /** Returns how many faults there were during a bin. */
  public long faults(int bin, boolean majors) {
    return (majors ? major : minor)[bin];
  }
}
