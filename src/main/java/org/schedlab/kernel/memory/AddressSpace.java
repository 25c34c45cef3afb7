package org.schedlab.kernel.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.schedlab.machine.PageGeometry;
import org.schedlab.machine.PageTable;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.RegionKind;

/**
 * The memory of one process: its regions and its page table. From the lowest address upwards stand
 * code, data and heap, and the heap grows upwards; from the highest downwards stacks and mappings,
 * a guard page below each stack. What is given back is used again by what has the same size.
 */
public final class AddressSpace {
  /** Address spaces of so many pages are large enough to leave page 0 and the first 4 MiB out. */
  private static final long ROOMY = 1L << 20;

  private static final long FIRST_IN_ROOMY = 0x400;

  /** No stack, and no code, takes more of the address space than this share of it. */
  private static final int LARGEST_SHARE = 8;

  private static final ArrayDeque<Long> NO_HOLES = new ArrayDeque<>(0);

  final int id;
  private final PageGeometry geometry;
  private final PageTable table;
  private final TreeMap<Long, Region> byFirst = new TreeMap<>();
  private final Map<String, Region> byName = new HashMap<>();
  private final Map<Long, ArrayDeque<Long>> holes = new HashMap<>();
  private final long pages;
  private long lowest;
  private int nextIndex;
  private Region heap;
  private Region data;
  private Region code;

  /** The frames it may hold with local replacement. */
  final int quota;

  // What it has.
  long resident;
  long mostResident;
  long swapped;
  int held;
  private long mostTableBytes;

  AddressSpace(int id, PageGeometry geometry, int quota) {
    this.id = id;
    this.geometry = geometry;
    this.quota = quota;
    this.table = new PageTable(geometry);
    // The upper half of sign-extended addresses is the kernel's.
    this.pages = 1L << geometry.pageBits() - (geometry.signExtended() ? 1 : 0);
    this.lowest = pages - (pages >= ROOMY ? 1 : 0);
  }

  /** Lays out what every process has, without stacks; returns whether there was room. */
  boolean layOut(long codeBytes, long dataBytes, long heapBytes) {
    long first = pages >= ROOMY ? FIRST_IN_ROOMY : 0;
    code = add(RegionKind.CODE, "code", first, false, null);
    long codePages = Math.min(pagesOf(Math.max(1, codeBytes)), Math.max(1, pages / LARGEST_SHARE));
    code.resize(codePages * geometry.pageSize(), codePages);
    data = add(RegionKind.DATA, "data", first + codePages, false, null);
    data.resize(dataBytes, pagesOf(dataBytes));
    place(data);
    heap = add(RegionKind.HEAP, "heap", data.first + data.pages(), false, null);
    place(code);
    return resizeHeap(heapBytes);
  }

  /** Returns the number of the process that it belongs to. */
  public int id() {
    return id;
  }

  private Region add(RegionKind kind, String name, long first, boolean large, SharedPages shared) {
    Region region = new Region(nextIndex++, kind, name, first, large, shared);
    byName.put(name, region);
    return region;
  }

  /** Enters a region where pages look for theirs; empty ones cannot be found by a page. */
  private void place(Region region) {
    if (region.pages() > 0) {
      byFirst.put(region.first, region);
    } else {
      byFirst.remove(region.first, region);
    }
  }

  long pagesOf(long bytes) {
    return (bytes + geometry.pageSize() - 1) >>> geometry.offsetBits();
  }

  /**
   * Takes a stretch of pages from the top.
   *
   * @param align where the first page must stand: a multiple of this
   * @return its first page, or -1 if there is no room
   */
  private long take(long count, long align) {
    ArrayDeque<Long> same = holes.getOrDefault(count, NO_HOLES);
    for (long hole : same) {
      if (hole % align == 0) {
        same.remove(hole);
        return hole;
      }
    }
    long first = (lowest - count) / align * align;
    if (lowest - count < 0 || first < heap.first + heap.pages()) {
      return -1;
    }
    lowest = first;
    return first;
  }

  private void giveBack(long first, long count) {
    if (first == lowest) {
      lowest += count;
    } else {
      holes.computeIfAbsent(count, key -> new ArrayDeque<>()).push(first);
    }
  }

  /** Makes a stack with its guard page; returns null if there is no room. */
  Region openStack(String name, long bytes) {
    long count = Math.min(pagesOf(bytes), Math.max(1, pages / LARGEST_SHARE));
    long first = take(count + 1, 1);
    if (first < 0) {
      return null;
    }
    Region stack = new Region(nextIndex++, RegionKind.STACK, name, first + 1, false, null);
    stack.resize(count * geometry.pageSize(), count);
    place(stack);
    return stack;
  }

  /** Makes a region of its own; returns null if there is no room. */
  Region openMapping(RegionKind kind, String name, long bytes, boolean large, SharedPages shared) {
    long align = large ? largePages() : 1;
    long count = (pagesOf(Math.max(1, bytes)) + align - 1) / align * align;
    long first = take(count, align);
    if (first < 0) {
      return null;
    }
    Region region = add(kind, name, first, large, shared);
    region.resize(bytes, count);
    place(region);
    return region;
  }

  /** Takes a stack or a region of its own out of the address space. */
  void close(Region region) {
    byFirst.remove(region.first);
    byName.remove(region.name, region);
    long guard = region.kind == RegionKind.STACK ? 1 : 0;
    giveBack(region.first - guard, region.pages() + guard);
  }

  /** Gives the heap another size; returns whether there was room. */
  boolean resizeHeap(long bytes) {
    long count = pagesOf(bytes);
    if (bytes < 0 || heap.first + count > lowest) {
      return false;
    }
    heap.resize(bytes, count);
    place(heap);
    return true;
  }

  /** Makes this space's regions those of another, as fork does. */
  void copyLayout(AddressSpace parent) {
    for (Region region : parent.byName.values()) {
      Region copy = region.copy();
      byName.put(copy.name, copy);
      if (copy.shared != null) {
        copy.shared.join();
      }
    }
    for (Region region : parent.byFirst.values()) {
      Region known = byName.get(region.name);
      boolean named = known != null && known.first == region.first;
      byFirst.put(region.first, named ? known : region.copy());
    }
    parent.holes.forEach((size, firsts) -> holes.put(size, new ArrayDeque<>(firsts)));
    lowest = parent.lowest;
    nextIndex = parent.nextIndex;
    heap = byName.get(parent.heap.name);
    data = byName.get(parent.data.name);
    code = byName.get(parent.code.name);
  }

  /** Returns the region that a page belongs to, as its own or as its guard page; else null. */
  public Region find(long page) {
    Map.Entry<Long, Region> below = byFirst.floorEntry(page);
    if (below != null && below.getValue().contains(page)) {
      return below.getValue();
    }
    Map.Entry<Long, Region> above = byFirst.higherEntry(page);
    return above != null && above.getValue().isGuard(page) ? above.getValue() : null;
  }

  /** Returns the region of that name, other than a stack; or null. */
  public Region named(String name) {
    return byName.get(name);
  }

  /** Returns the regions that are not empty, by address. */
  Collection<Region> regions() {
    return byFirst.values();
  }

  public Region heap() {
    return heap;
  }

  public Region data() {
    return data;
  }

  public Region code() {
    return code;
  }

  /** Returns the page table. */
  public PageTable table() {
    return table;
  }

  /** Returns how many pages it has in memory and in swap space. */
  long pagesHeld() {
    return resident + swapped;
  }

  /** Pages have come, and with them perhaps tables. */
  void noteLoaded(long count) {
    mostTableBytes = Math.max(mostTableBytes, table.bytes());
    noteResident(count);
  }

  void noteResident(long change) {
    resident += change;
    mostResident = Math.max(mostResident, resident);
  }

  /** Returns how many pages of a region are in memory. */
  public long residentPages(Region region) {
    long[] count = {0};
    table.forEachIn(
        region.first,
        region.first + region.pages(),
        (page, level, entry) -> count[0] += Notes.pagesIn(entry, largePages()));
    return count[0];
  }

  /** Returns how many pages a large page has. */
  long largePages() {
    return 1L << geometry.levelBits().get(geometry.levels() - 1);
  }

  /** Returns the first page of the large page that a page belongs to. */
  long firstOfLarge(long page) {
    return page / largePages() * largePages();
  }

  /** Returns the page of an address in the data region, and so on. */
  public long pageOf(Region region, long offset) {
    return region.first + (offset >>> geometry.offsetBits());
  }

  /** Returns the space as it now is, without the contents of its data region. */
  MemoryMap map(List<MemoryMap.Cell> cells) {
    noteLoaded(0);
    List<MemoryMap.Region> shown = new ArrayList<>();
    for (Region region : byFirst.values()) {
      shown.add(
          new MemoryMap.Region(
              region.kind,
              region.name,
              region.first << geometry.offsetBits(),
              region.pages() << geometry.offsetBits(),
              residentPages(region),
              region.kind == RegionKind.STACK,
              region == data ? cells : List.of()));
    }
    List<Integer> tables = new ArrayList<>();
    for (int level = 0; level < geometry.levels(); level++) {
      tables.add(table.tables(level));
    }
    return new MemoryMap(
        geometry.pageSize(),
        shown,
        tables,
        table.bytes(),
        mostTableBytes,
        resident,
        mostResident,
        swapped);
  }
}
