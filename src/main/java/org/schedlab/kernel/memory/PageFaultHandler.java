package org.schedlab.kernel.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.schedlab.machine.PageEntry;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

/**
 * Serves page faults.
 *
 * <p>Pages get frames when they are first used. Pages of code, stacks and shared mappings and large
 * pages stay in memory once they are there, outside the limit of frames, unless the configuration
 * makes code and stacks pageable. A reference that a fault served counts as made when it has been
 * served: whoever loses the page again before he runs need not fault twice for one reference.
 */
public final class PageFaultHandler {
  private static final long USER_PAGE =
      PageEntry.PRESENT | PageEntry.USER | PageEntry.ACCESSED | PageEntry.WRITABLE;

  private final MemoryConfig config;
  private final boolean instant;
  private final Frames frames;
  private final Pager pager;
  private final LongSupplier clock;
  private final TraceSink trace;
  private final Translations translations;
  private final Map<AddressSpace, Map<Long, Transfer>> transfers = new HashMap<>();
  private Transfer started;

  /** How far the service of a fault has come. */
  public enum Progress {
    /** The reference has been made. */
    DONE,
    /** It is made when a transfer is over, which {@link #started} describes. */
    TRANSFER,
    /** Another transfer of the page is under way; then the reference must be tried again. */
    AWAIT_TRANSFER,
    /** All frames are on their way; when one is there, the reference must be tried again. */
    AWAIT_FRAME,
    /** Nothing can leave, for swap space is full: {@link VirtualMemory#largest} must end. */
    OUT_OF_MEMORY
  }

  PageFaultHandler(
      MemoryConfig config,
      boolean instant,
      Frames frames,
      Pager pager,
      LongSupplier clock,
      TraceSink trace,
      Translations translations) {
    this.config = config;
    this.instant = instant;
    this.frames = frames;
    this.pager = pager;
    this.clock = clock;
    this.trace = trace;
    this.translations = translations;
  }

  /** A reference found its page: replacement may want to know. */
  public void used(long entry) {
    pager.used(entry);
  }

  /**
   * Says why a page cannot be referenced as it is; its region allows the reference.
   *
   * @return null if it can
   */
  public PageFault faultOf(AddressSpace space, long page, boolean write) {
    long entry = space.table().lookup(page);
    if (Notes.isPresent(entry)) {
      if (!write || PageEntry.has(entry, PageEntry.WRITABLE)) {
        return null;
      }
      boolean shared = frames.references(PageEntry.frame(entry)) > 1;
      return shared ? PageFault.COPY_ON_WRITE : PageFault.LAST_SHARER;
    }
    if (Notes.isSwapped(entry)) {
      return PageFault.SWAP_IN;
    }
    Region region = space.find(page);
    boolean elsewhere = region.shared != null && region.shared.get(page - region.first) != 0;
    if (Notes.isBusy(entry) || elsewhere) {
      return PageFault.MAPPED_ELSEWHERE;
    }
    boolean file = region.kind == RegionKind.CODE && config.pageableAll();
    return file ? PageFault.SWAP_IN : PageFault.DEMAND_ZERO;
  }

  /** Serves a fault of a page, whatever it needs by now. */
  public Progress serve(int thread, AddressSpace space, long page, boolean write) {
    PageFault fault = faultOf(space, page, write);
    if (fault == null) {
      // Another thread's fault has brought it in meanwhile.
      tellFault(thread, space, page, PageFault.MAPPED_ELSEWHERE);
      pager.used(space.table().lookup(page));
      return Progress.DONE;
    }
    Region region = space.find(page);
    return switch (fault) {
      case LAST_SHARER -> {
        tellFault(thread, space, page, fault);
        long entry =
            space
                .table()
                .update(page, PageEntry.WRITABLE | PageEntry.DIRTY, PageEntry.COPY_ON_WRITE);
        translations.forget(space.id, page);
        pager.used(entry);
        yield Progress.DONE;
      }
      case COPY_ON_WRITE -> copy(thread, space, region, page);
      case MAPPED_ELSEWHERE -> {
        tellFault(thread, space, page, fault);
        if (region.shared == null) {
          yield Progress.AWAIT_TRANSFER;
        }
        mapWired(space, region, page);
        yield Progress.DONE;
      }
      default -> load(thread, space, region, page, write, fault);
    };
  }

  private void tellFault(int thread, AddressSpace space, long page, PageFault fault) {
    trace.pageFaulted(clock.getAsLong(), thread, space.id, page, fault);
  }

  /** Says whether replacement may take the pages of a region out of memory. */
  public boolean isPageable(Region region) {
    return !isWired(region);
  }

  private boolean isWired(Region region) {
    return switch (region.kind) {
      case CODE, STACK -> !config.pageableAll();
      case SHARED -> true;
      default -> region.large;
    };
  }

  private Progress load(
      int thread, AddressSpace space, Region region, long page, boolean write, PageFault fault) {
    if (isWired(region)) {
      tellFault(thread, space, page, fault);
      mapWired(space, region, page);
      return Progress.DONE;
    }
    Progress room = pager.makeRoom(space);
    if (room != Progress.DONE) {
      return room;
    }
    tellFault(thread, space, page, fault);
    long entry = space.table().lookup(page);
    int frame = pager.takeFrame(space);
    boolean reads = fault == PageFault.SWAP_IN;
    int slot = Notes.isSwapped(entry) ? PageEntry.frame(entry) : SwapSpace.NONE;
    int pages = (pager.hasWritten() ? 1 : 0) + (reads ? 1 : 0);
    if (slot != SwapSpace.NONE) {
      space.swapped--;
    }
    Transfer transfer = new Transfer(space, page, write, frame, slot, pages);
    if (pages == 0 || instant) {
      arrive(transfer);
      return Progress.DONE;
    }
    space.table().map(page, Notes.BUSY);
    return begin(transfer);
  }

  private Progress begin(Transfer transfer) {
    frames.hold(transfer.frame);
    transfers.computeIfAbsent(transfer.space, key -> new HashMap<>()).put(transfer.page, transfer);
    started = transfer;
    return Progress.TRANSFER;
  }

  /** Returns the transfer of a page that is under way. */
  public Transfer transferOf(AddressSpace space, long page) {
    return transfers.get(space).get(page);
  }

  /** Returns the transfer that the last fault has started. */
  public Transfer started() {
    return started;
  }

  /**
   * A transfer is over: the page is in memory, and the reference to it has been made, unless the
   * page has been freed.
   */
  public void finish(Transfer transfer) {
    if (transfer.cancelled) {
      leaveFrame(transfer);
      return;
    }
    remove(transfer);
    arrive(transfer);
    frames.release(transfer.frame);
  }

  /** A page that is on its way is freed: its frame is kept until the device has done with it. */
  void cancel(AddressSpace space, long page) {
    Transfer transfer = transferOf(space, page);
    remove(transfer);
    transfer.cancelled = true;
    if (transfer.slot != SwapSpace.NONE) {
      pager.releaseSlot(transfer.slot);
    }
  }

  private void leaveFrame(Transfer transfer) {
    transfer.space.held--;
    frames.release(transfer.frame);
  }

  /** Who waited for a transfer waits no more: the page is where it was. */
  public void abandon(Transfer transfer) {
    if (transfer.cancelled) {
      leaveFrame(transfer);
      return;
    }
    remove(transfer);
    if (transfer.slot == SwapSpace.NONE) {
      transfer.space.table().unmap(transfer.page);
    } else {
      transfer.space.swapped++;
      transfer.space.table().map(transfer.page, Notes.swapped(transfer.slot));
    }
    leaveFrame(transfer);
  }

  private void remove(Transfer transfer) {
    Map<Long, Transfer> ofSpace = transfers.get(transfer.space);
    ofSpace.remove(transfer.page);
    if (ofSpace.isEmpty()) {
      transfers.remove(transfer.space);
    }
  }

  private void arrive(Transfer transfer) {
    AddressSpace space = transfer.space;
    long page = transfer.page;
    boolean code = space.find(page).kind == RegionKind.CODE;
    long flags = code ? USER_PAGE & ~PageEntry.WRITABLE : USER_PAGE;
    space
        .table()
        .map(page, PageEntry.of(transfer.frame, transfer.write ? flags | PageEntry.DIRTY : flags));
    pager.enter(space, page, transfer.frame, transfer.slot);
  }

  /** Brings a page, or the large page around it, into a frame that it keeps. */
  void mapWired(AddressSpace space, Region region, long page) {
    long first = region.large ? space.firstOfLarge(page) : page;
    boolean writable = region.kind != RegionKind.CODE;
    long flags = writable ? USER_PAGE | PageEntry.DIRTY : USER_PAGE & ~PageEntry.WRITABLE;
    if (region.shared != null) {
      flags |= PageEntry.SHARED;
    }
    int frame = wiredFrame(region, first - region.first);
    long entry = PageEntry.of(frame, flags);
    if (region.large) {
      space.table().mapLarge(first, largeLevel(), entry);
    } else {
      space.table().map(first, entry);
    }
    frames.map(frame, space.id, first);
    long pages = region.large ? space.largePages() : 1;
    space.noteLoaded(pages);
    trace.pageLoaded(clock.getAsLong(), space.id, first, pages, frame);
  }

  /** Returns a new frame or block; of a shared page the one that others have, if any. */
  private int wiredFrame(Region region, long index) {
    long known = region.shared == null ? 0 : region.shared.get(index);
    if (known != 0) {
      return PageEntry.frame(known);
    }
    int frame = region.large ? frames.takeBlock() : frames.takeWired();
    if (region.shared != null) {
      frames.hold(frame);
      region.shared.set(index, PageEntry.of(frame, PageEntry.PRESENT));
    }
    return frame;
  }

  private int largeLevel() {
    return config.geometry().levels() - 2;
  }

  /** The first write to a page that others share: this process gets a copy. */
  private Progress copy(int thread, AddressSpace space, Region region, long page) {
    long entry = space.table().lookup(page);
    int source = PageEntry.frame(entry);
    if (!Frames.isPageable(source)) {
      tellFault(thread, space, page, PageFault.COPY_ON_WRITE);
      long first = region.large ? space.firstOfLarge(page) : page;
      pager.drop(space, first, space.table().lookup(first), PageDrop.COPIED);
      space.table().unmap(first);
      mapWired(space, region, page);
      translations.forget(space.id, page);
      return Progress.DONE;
    }
    Progress room = pager.makeRoom(space);
    if (room != Progress.DONE) {
      return room;
    }
    tellFault(thread, space, page, PageFault.COPY_ON_WRITE);
    int frame = pager.takeFrame(space);
    // The page to be copied may have been the one that left.
    long now = space.table().lookup(page);
    if (Notes.isPresent(now)) {
      pager.drop(space, page, now, PageDrop.COPIED);
    } else if (Notes.isSwapped(now)) {
      pager.dropSwapped(space, now);
    }
    space.table().map(page, Notes.BUSY);
    translations.forget(space.id, page);
    Transfer transfer =
        new Transfer(space, page, true, frame, SwapSpace.NONE, pager.hasWritten() ? 1 : 0);
    if (instant || transfer.pages() == 0) {
      arrive(transfer);
      return Progress.DONE;
    }
    return begin(transfer);
  }
}
