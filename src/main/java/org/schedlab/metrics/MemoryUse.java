package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * What each process did to memory and memory to it. Pages are counted in the smallest size, also
 * where a large one comes or goes as a whole.
 *
 * <p>{@link #referenced} is called more often than anything else of a run: one array of longs,
 * indexed by process, and nothing is allocated but when it grows.
 */
public final class MemoryUse implements TraceSink {
  /** How many closing maps are kept, the first ones. */
  public static final int MAP_LIMIT = 10_000;

  private static final int FAULT_KINDS = PageFault.values().length;

  // A process's cells in the array; the faults of each kind come first.
  private static final int ACCESSES = FAULT_KINDS;
  private static final int TLB_HITS = ACCESSES + 1;
  private static final int EVICTIONS = ACCESSES + 2;
  private static final int WRITTEN_OUT = ACCESSES + 3;
  private static final int SHOOTDOWNS = ACCESSES + 4;
  private static final int RESIDENT = ACCESSES + 5;
  private static final int MOST_RESIDENT = ACCESSES + 6;
  private static final int TABLE_BYTES = ACCESSES + 7;
  private static final int CLOSED_RESIDENT = ACCESSES + 8;

  /** What is known of the process's memory. */
  private static final int STATE = ACCESSES + 9;

  private static final int MAPPED = 1;
  private static final int CLOSED = 2;

  private static final int SHIFT = 4;

  private long[] cells = new long[0];
  private int count;
  private final List<ClosedMap> maps = new ArrayList<>();
  private long mapsOmitted;

  /** A process's memory at the moment when it ended, began another program, or the run ended. */
  public record ClosedMap(long time, int process, MemoryMap map) {}

  /** Returns where a process's cells begin, once there is room for them. */
  private int of(int process) {
    if (process >= count) {
      count = process + 1;
      if (count << SHIFT > cells.length) {
        cells = Arrays.copyOf(cells, Math.max(count, Math.max(16, count + count / 2)) << SHIFT);
      }
    }
    return process << SHIFT;
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
    int at = of(process);
    if (pages > 0) {
      cells[at + STATE] = MAPPED;
    }
  }

  @Override
  public void referenced(
      long time, int thread, int process, long page, boolean write, boolean inTlb) {
    int at = of(process);
    cells[at + ACCESSES]++;
    if (inTlb) {
      cells[at + TLB_HITS]++;
    }
  }

  @Override
  public void pageFaulted(long time, int thread, int process, long page, PageFault fault) {
    int at = of(process);
    cells[at + fault.ordinal()]++;
  }

  @Override
  public void pageLoaded(long time, int process, long page, long pages, int frame) {
    int at = of(process);
    cells[at + RESIDENT] += pages;
    cells[at + MOST_RESIDENT] = Math.max(cells[at + MOST_RESIDENT], cells[at + RESIDENT]);
  }

  @Override
  public void pageDropped(long time, int process, long page, long pages, int frame, PageDrop why) {
    int at = of(process);
    cells[at + RESIDENT] -= pages;
    if (why.isEviction()) {
      cells[at + EVICTIONS] += pages;
    }
    if (why == PageDrop.WRITTEN_OUT) {
      cells[at + WRITTEN_OUT] += pages;
    }
  }

  @Override
  public void translationsShotDown(long time, int process, int cpu, int others) {
    int at = of(process);
    cells[at + SHOOTDOWNS]++;
  }

  @Override
  public void memoryClosed(long time, int process, MemoryMap map) {
    int at = of(process);
    cells[at + STATE] = CLOSED;
    cells[at + CLOSED_RESIDENT] = map.residentPages();
    cells[at + TABLE_BYTES] = Math.max(cells[at + TABLE_BYTES], map.mostTableBytes());
    cells[at + MOST_RESIDENT] = Math.max(cells[at + MOST_RESIDENT], map.mostResidentPages());
    if (maps.size() < MAP_LIMIT) {
      maps.add(new ClosedMap(time, process, map));
    } else {
      mapsOmitted++;
    }
  }

  /** Returns how many processes there may be; their ids are below. */
  public int count() {
    return count;
  }

  /** Says whether the process had memory: the others have no numbers either. */
  public boolean isKnown(int process) {
    return process < count && (cells[process << SHIFT | STATE] != 0 || accesses(process) > 0);
  }

  private long cell(int process, int cell) {
    return process < count ? cells[process << SHIFT | cell] : 0;
  }

  /** Returns how many references the process's threads made. */
  public long accesses(int process) {
    return cell(process, ACCESSES);
  }

  /** Returns how many of them found their translation in a TLB; 0 on a machine without one. */
  public long tlbHits(int process) {
    return cell(process, TLB_HITS);
  }

  public long faults(int process, PageFault kind) {
    return cell(process, kind.ordinal());
  }

  /** Returns the faults that read no device. */
  public long minorFaults(int process) {
    return faults(process, false);
  }

  /** Returns the faults that had a page read from a device. */
  public long majorFaults(int process) {
    return faults(process, true);
  }

  private long faults(int process, boolean major) {
    long sum = 0;
    for (PageFault kind : PageFault.values()) {
      sum += kind.isMajor() == major ? faults(process, kind) : 0;
    }
    return sum;
  }

  /** Returns how many of its pages left memory because page replacement chose them. */
  public long evictions(int process) {
    return cell(process, EVICTIONS);
  }

  /** Returns how many of those had to be written to swap space first. */
  public long writtenOut(int process) {
    return cell(process, WRITTEN_OUT);
  }

  /** Returns how often other CPUs had to be told to forget translations of the process. */
  public long shootdowns(int process) {
    return cell(process, SHOOTDOWNS);
  }

  /** Returns how many of its pages are in memory now: none once it has ended. */
  public long residentPages(int process) {
    return cell(process, RESIDENT);
  }

  /** Returns how many were in memory when it was closed; those that are, as long as it is open. */
  public long residentAtEnd(int process) {
    boolean closed = cell(process, STATE) == CLOSED;
    return closed ? cell(process, CLOSED_RESIDENT) : residentPages(process);
  }

  /** Returns the most pages that it ever had in memory. */
  public long mostResidentPages(int process) {
    return cell(process, MOST_RESIDENT);
  }

  /** Returns the most bytes that its page tables ever took; known once its memory was closed. */
  public long mostTableBytes(int process) {
    return cell(process, TABLE_BYTES);
  }

  /** Returns the memory of processes as it was closed, in order of time, the first ones. */
  public List<ClosedMap> maps() {
    return Collections.unmodifiableList(maps);
  }

  /** Returns how many closing maps were not kept. */
  public long mapsOmitted() {
    return mapsOmitted;
  }
}
