package org.schedlab.machine;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;

/**
 * The memory management unit of a CPU: finds the frame of a page in a TLB of one or two levels, or
 * else walks the page table and remembers what it found. Entries of large pages stand in a buffer
 * of their own, as large as the last level.
 *
 * <p>The kernel may change a page table at any time, and then tells every MMU that may remember the
 * old entry.
 */
public final class Mmu {
  /** A machine without a TLB has no more; beyond it nothing would ever be lost. */
  private static final long MOST_ENTRIES = 1 << 20;

  private static final int USUAL_WAYS = 8;
  private static final long WRITTEN = PageEntry.WRITABLE | PageEntry.DIRTY;

  private final Tlb first;
  private final Tlb second;
  private final Tlb large;
  private final long secondHit;
  private final long walk;
  private final long largeWalk;
  private final int largeShift;

  private boolean hit;
  private long stall;

  /**
   * What an MMU is built from. A level of TLB with 0 entries is not there.
   *
   * @param firstEntries translations that the first level holds
   * @param firstWays how many of them a set holds
   * @param secondHit nanoseconds of a hit in the second level; one in the first takes none
   * @param tagged whether translations of several address spaces are kept apart by their ASID
   * @param walk nanoseconds of walking all levels of a page table
   * @param largeWalk nanoseconds of walking all but the last
   * @param largeShift bits of the index at the last level
   */
  public record Shape(
      int firstEntries,
      int firstWays,
      int secondEntries,
      int secondWays,
      long secondHit,
      boolean tagged,
      long walk,
      long largeWalk,
      int largeShift) {

    /** The walk that {@link Cost#TLB_MISS} is the cost of, in levels: that of x86-64. */
    private static final int LEVELS_OF_A_MISS = 4;

    /** Returns what a cost model says of the TLB and of walking tables of a geometry. */
    public static Shape of(CostModel costs, PageGeometry geometry) {
      int entries = entries(costs.get(Cost.TLB_L1_ENTRIES));
      int more = entries == 0 ? 0 : entries(costs.get(Cost.TLB_L2_ENTRIES));
      int levels = geometry.levels();
      long miss = costs.get(Cost.TLB_MISS);
      return new Shape(
          entries,
          usualWays(entries),
          more,
          usualWays(more),
          costs.get(Cost.TLB_L2_HIT),
          costs.get(Cost.ASID_SLOTS) > 0,
          (miss * levels + LEVELS_OF_A_MISS / 2) / LEVELS_OF_A_MISS,
          (miss * (levels - 1) + LEVELS_OF_A_MISS / 2) / LEVELS_OF_A_MISS,
          geometry.levelBits().get(levels - 1));
    }

    private static int entries(long count) {
      return count >= MOST_ENTRIES ? 0 : (int) count;
    }

    /** Returns how many ways a TLB has of which only the size is known. */
    public static int usualWays(int entries) {
      boolean fits = entries % USUAL_WAYS == 0 && Integer.bitCount(entries / USUAL_WAYS) == 1;
      return fits ? USUAL_WAYS : entries;
    }

    /** Returns the same with a TLB of one level. */
    public Shape withTlb(int entries, int ways) {
      return new Shape(entries, ways, 0, 0, 0, tagged, walk, largeWalk, largeShift);
    }

    /** Returns the same with walks that take so many nanoseconds for each level. */
    public Shape withWalkStep(long nanos, int levels) {
      return new Shape(
          firstEntries,
          firstWays,
          secondEntries,
          secondWays,
          secondHit,
          tagged,
          nanos * levels,
          nanos * (levels - 1),
          largeShift);
    }

    private int lastEntries() {
      return secondEntries > 0 ? secondEntries : firstEntries;
    }
  }

  public Mmu(Shape shape) {
    first = tlb(shape.firstEntries(), shape.firstWays(), shape.tagged());
    second = tlb(shape.secondEntries(), shape.secondWays(), shape.tagged());
    int most = shape.lastEntries();
    large =
        tlb(
            most,
            shape.secondEntries() > 0 ? shape.secondWays() : shape.firstWays(),
            shape.tagged());
    secondHit = shape.secondHit();
    walk = shape.walk();
    largeWalk = shape.largeWalk();
    largeShift = shape.largeShift();
  }

  private static Tlb tlb(int entries, int ways, boolean tagged) {
    return entries == 0 ? null : new Tlb(entries, ways, tagged);
  }

  /** Says whether there is a TLB. */
  public boolean hasTlb() {
    return first != null;
  }

  /** Makes the address space with an ASID current. */
  void activate(int asid) {
    if (first != null) {
      first.activate(asid);
      large.activate(asid);
    }
    if (second != null) {
      second.activate(asid);
    }
  }

  /**
   * Translates a page of the current address space and notes the use in its page table. What it
   * took is {@link #stall}, and whether a TLB knew {@link #hit}.
   *
   * @param table the current address space's
   * @return the entry; 0 where the page is not present, or read-only and to be written
   */
  public long translate(PageTable table, long page, boolean write) {
    stall = 0;
    hit = true;
    if (first != null) {
      int place = first.lookup(page);
      if (place >= 0) {
        long entry = first.entry(place);
        if (!write || (entry & WRITTEN) == WRITTEN) {
          return entry;
        }
      } else {
        long entry = beyondFirst(page, write);
        if (entry != 0) {
          return entry;
        }
      }
    }
    hit = false;
    return walk(table, page, write);
  }

  private long beyondFirst(long page, boolean write) {
    if (second != null) {
      int place = second.lookup(page);
      if (place >= 0) {
        long entry = second.entry(place);
        if (!write || (entry & WRITTEN) == WRITTEN) {
          stall = secondHit;
          first.insert(page, entry);
          return entry;
        }
        return 0;
      }
    }
    int place = large.lookup(page >>> largeShift);
    if (place >= 0) {
      long entry = large.entry(place);
      if (!write || (entry & WRITTEN) == WRITTEN) {
        return within(entry, page);
      }
    }
    return 0;
  }

  private long within(long entry, long page) {
    long within = page & (1L << largeShift) - 1;
    return PageEntry.withFrame(entry, (int) (PageEntry.frame(entry) + within));
  }

  private long walk(PageTable table, long page, boolean write) {
    long entry = table.lookup(page);
    stall = PageEntry.has(entry, PageEntry.LARGE) ? largeWalk : walk;
    long needed = PageEntry.PRESENT | (write ? PageEntry.WRITABLE : 0);
    if (!PageEntry.has(entry, needed)) {
      return 0;
    }
    long noted = PageEntry.ACCESSED | (write ? PageEntry.DIRTY : 0);
    if (!PageEntry.has(entry, noted)) {
      entry = table.update(page, noted, 0);
    }
    remember(page, entry);
    return entry;
  }

  private void remember(long page, long entry) {
    if (first == null) {
      return;
    }
    if (PageEntry.has(entry, PageEntry.LARGE)) {
      long within = page & (1L << largeShift) - 1;
      long base = PageEntry.withFrame(entry, (int) (PageEntry.frame(entry) - within));
      large.insert(page >>> largeShift, base);
      return;
    }
    first.insert(page, entry);
    if (second != null) {
      second.insert(page, entry);
    }
  }

  /** Says whether a TLB had the last translation. */
  public boolean hit() {
    return hit;
  }

  /** Returns what the last translation took in nanoseconds. */
  public long stall() {
    return stall;
  }

  /**
   * Looks up pages that are used over and over, as far as the TLB can hold them, and walks for
   * those that it has lost.
   *
   * @param table the current address space's; null where no page table is simulated
   * @return how many it had lost
   */
  public long useAll(PageTable table, long firstPage, long pages) {
    Tlb last = second == null ? first : second;
    if (last == null) {
      return 0;
    }
    long missed = 0;
    long end = firstPage + Math.min(pages, last.capacity());
    for (long page = firstPage; page < end; page++) {
      if (last.lookup(page) < 0) {
        missed++;
        long entry = table == null ? PageEntry.PRESENT : table.lookup(page);
        if (PageEntry.has(entry, PageEntry.PRESENT)) {
          last.insert(page, entry);
        }
      }
    }
    return missed;
  }

  /** Returns what a walk takes in nanoseconds. */
  public long walkTime() {
    return walk;
  }

  void forget(int asid, long page) {
    if (first != null) {
      first.invalidate(asid, page);
      large.invalidate(asid, page >>> largeShift);
    }
    if (second != null) {
      second.invalidate(asid, page);
    }
  }

  void forget(int asid) {
    if (first != null) {
      first.flush(asid);
      large.flush(asid);
    }
    if (second != null) {
      second.flush(asid);
    }
  }
}
