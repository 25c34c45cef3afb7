package org.schedlab.kernel.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.schedlab.machine.PageEntry;
import org.schedlab.machine.PageTable;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * The memory of all processes: which page is where, and who leaves when a frame is needed. It knows
 * no time: what a fault costs and how long a transfer takes is its caller's business.
 */
public final class VirtualMemory {
  private final MemoryConfig config;
  private final LongSupplier clock;
  private final TraceSink trace;
  private final Translations translations;
  private final Frames frames;
  private final Pager pager;
  private final PageFaultHandler faults;

  /**
   * Makes an empty memory.
   *
   * @param instant whether transfers from and to devices take no time
   * @param references the pages that an address space will refer to, where that is known
   */
  public VirtualMemory(
      MemoryConfig config,
      boolean instant,
      LongSupplier clock,
      TraceSink trace,
      Translations translations,
      IntFunction<long[]> references) {
    this.config = config;
    this.clock = clock;
    this.trace = trace;
    this.translations = translations;
    int last = config.geometry().levels() - 1;
    long block = 1L << config.geometry().levelBits().get(last);
    this.frames = new Frames(config.frames(), config.isLimited(), block);
    this.pager = new Pager(config, frames, clock, trace, translations, references);
    this.faults = new PageFaultHandler(config, instant, frames, pager, clock, trace, translations);
  }

  /** Returns who brings pages in when they are needed. */
  public PageFaultHandler faults() {
    return faults;
  }

  // --- address spaces

  /**
   * Makes the memory of a process.
   *
   * @param codeBytes -1 for what processes usually have
   * @param frameQuota frames it may hold with local replacement; 0 for its share
   * @return null if the address space has no room for so much
   */
  public AddressSpace open(
      int process, long codeBytes, long dataBytes, long heapBytes, int frameQuota) {
    AddressSpace space = enter(process, frameQuota);
    if (!space.layOut(codeBytes < 0 ? config.codeBytes() : codeBytes, dataBytes, heapBytes)) {
      pager.leave(space);
      return null;
    }
    space.regions().forEach(region -> tell(space, region));
    if (!config.pageableAll()) {
      Region code = space.code();
      for (long page = code.first; page < code.first + code.pages(); page++) {
        faults.mapWired(space, code, page);
      }
    }
    return space;
  }

  private AddressSpace enter(int process, int frameQuota) {
    int quota = frameQuota > 0 ? frameQuota : config.share();
    AddressSpace space = new AddressSpace(process, config.geometry(), quota);
    pager.enter(space);
    return space;
  }

  private void tell(AddressSpace space, Region region) {
    trace.regionMapped(
        clock.getAsLong(),
        space.id,
        region.index,
        region.kind,
        region.name,
        region.first,
        region.pages());
  }

  private void tellGone(AddressSpace space, Region region) {
    trace.regionMapped(
        clock.getAsLong(), space.id, region.index, region.kind, region.name, region.first, 0);
  }

  /** Makes a thread's stack; returns null if the address space has no room for it. */
  public Region openStack(AddressSpace space, String name, long bytes) {
    Region stack = space.openStack(name, bytes);
    if (stack != null) {
      tell(space, stack);
      if (!config.pageableAll()) {
        faults.mapWired(space, stack, stack.page(0));
      }
    }
    return stack;
  }

  /** Makes a region of its own; returns null if the address space has no room for it. */
  public Region openMapping(
      AddressSpace space, RegionKind kind, String name, long bytes, boolean large) {
    SharedPages shared = kind == RegionKind.SHARED ? new SharedPages() : null;
    Region region = space.openMapping(kind, name, bytes, large, shared);
    if (region != null) {
      tell(space, region);
    }
    return region;
  }

  /** Maps pages that several processes share; returns null if there is no room for them. */
  public Region openShared(AddressSpace space, String name, long bytes, SharedPages pages) {
    Region region = space.openMapping(RegionKind.SHARED, name, bytes, false, pages);
    if (region != null) {
      pages.join();
      tell(space, region);
    }
    return region;
  }

  /** Takes a stack or a region of its own away, with its pages. */
  public void close(AddressSpace space, Region region) {
    unmap(space, region.first, region.first + region.pages());
    space.close(region);
    leaveShared(region);
    tellGone(space, region);
  }

  /** Gives the heap another size; returns whether there was room. */
  public boolean resizeHeap(AddressSpace space, long bytes) {
    Region heap = space.heap();
    long end = heap.first + heap.pages();
    if (!space.resizeHeap(bytes)) {
      return false;
    }
    unmap(space, heap.first + heap.pages(), end);
    tell(space, heap);
    return true;
  }

  /** Makes a child's memory a copy of its parent's: both see the same pages until one writes. */
  public AddressSpace fork(AddressSpace parent, int process) {
    AddressSpace child = enter(process, parent.quota);
    child.copyLayout(parent);
    child.regions().forEach(region -> tell(child, region));
    List<Long> busy = new ArrayList<>();
    parent
        .table()
        .forkInto(
            child.table(),
            (page, level, entry) -> {
              if (Notes.isPresent(entry)) {
                share(child, page, entry);
              } else if (Notes.isSwapped(entry)) {
                pager.noteSwapped(child, page, PageEntry.frame(entry));
              } else {
                busy.add(page);
              }
            });
    busy.forEach(page -> replaceBusy(parent, child, page));
    child.noteLoaded(0);
    translations.forgetAll(parent.id);
    return child;
  }

  /** Returns how many entries of present pages a fork would copy and make read-only. */
  public long privatePages(AddressSpace space) {
    long[] count = {0};
    long flags = PageEntry.PRESENT | PageEntry.SHARED;
    space
        .table()
        .forEach(
            (page, level, entry) -> {
              boolean code =
                  !PageEntry.has(entry, PageEntry.WRITABLE)
                      && !PageEntry.has(entry, PageEntry.COPY_ON_WRITE);
              count[0] += (entry & flags) == PageEntry.PRESENT && !code ? 1 : 0;
            });
    return count[0];
  }

  private void share(AddressSpace child, long page, long entry) {
    int frame = PageEntry.frame(entry);
    frames.map(frame, child.id, page);
    long pages = Notes.pagesIn(entry, child.largePages());
    child.noteResident(pages);
    trace.pageLoaded(clock.getAsLong(), child.id, page, pages, frame);
  }

  /** A page that is on its way is in the child where it comes from. */
  private void replaceBusy(AddressSpace parent, AddressSpace child, long page) {
    int slot = faults.transferOf(parent, page).slot;
    if (slot == SwapSpace.NONE) {
      child.table().unmap(page);
    } else {
      pager.noteSwapped(child, page, slot);
    }
  }

  /** Tells how the memory of a process is laid out and used. */
  public void describe(AddressSpace space, List<MemoryMap.Cell> cells) {
    trace.memoryClosed(clock.getAsLong(), space.id, space.map(cells));
  }

  /** Gives all memory of a process back. No transfer of it may be under way. */
  public void close(AddressSpace space) {
    for (Region region : List.copyOf(space.regions())) {
      unmap(space, region.first, region.first + region.pages());
      leaveShared(region);
    }
    translations.forgetAll(space.id);
    pager.leave(space);
  }

  /** Returns the process with the most pages in memory and swap space, the youngest of equals. */
  public int largest() {
    return pager.largest();
  }

  /** Returns how many pages a process has in memory and in swap space. */
  public long pagesOf(int process) {
    return pager.space(process).pagesHeld();
  }

  private void leaveShared(Region region) {
    if (region.shared != null && region.shared.leave()) {
      region.shared.all().values().forEach(entry -> frames.release(PageEntry.frame(entry)));
    }
  }

  // --- taking away

  private void unmap(AddressSpace space, long from, long to) {
    List<Long> pages = new ArrayList<>();
    space.table().forEachIn(from, to, (page, level, entry) -> pages.add(page));
    for (long page : pages) {
      PageTable table = space.table();
      long entry = table.lookup(page);
      table.unmap(page);
      if (Notes.isPresent(entry)) {
        pager.drop(space, page, entry, PageDrop.FREED);
        translations.forget(space.id, page);
      } else if (Notes.isSwapped(entry)) {
        pager.dropSwapped(space, entry);
      } else {
        faults.cancel(space, page);
      }
    }
  }
}
