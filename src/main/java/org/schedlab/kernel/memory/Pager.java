package org.schedlab.kernel.memory;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.schedlab.machine.PageEntry;
import org.schedlab.trace.PageDrop;
import org.schedlab.trace.TraceSink;

/**
 * Which pages are in the pageable frames, and who leaves when one is needed: the frames, the books
 * of replacement, and swap space with what was written there.
 *
 * <p>A page that leaves is written out if it was written since it came, and then needs a slot; one
 * that was never written goes without a trace, to be filled with zeros again.
 */
final class Pager {
  private final LongSupplier clock;
  private final TraceSink trace;
  private final Translations translations;
  private final Frames frames;
  private final SwapSpace swap;
  private final Books books;
  private final boolean local;
  private final boolean booked;
  private AddressSpace[] spaces = new AddressSpace[8];

  /** By frame: the slot that holds the same as the frame, and whether it was written. */
  private int[] slots = new int[0];

  private boolean[] written = new boolean[0];

  private int victim = Frames.NONE;
  private boolean victimWritten;

  Pager(
      MemoryConfig config,
      Frames frames,
      LongSupplier clock,
      TraceSink trace,
      Translations translations,
      IntFunction<long[]> references) {
    this.frames = frames;
    this.clock = clock;
    this.trace = trace;
    this.translations = translations;
    this.swap = new SwapSpace(config.swapPages());
    this.books = new Books(config, references);
    this.local = config.local();
    this.booked = config.isLimited();
  }

  // --- whose pages there are

  void enter(AddressSpace space) {
    if (space.id >= spaces.length) {
      spaces = Arrays.copyOf(spaces, Math.max(space.id + 1, 2 * spaces.length));
    }
    spaces[space.id] = space;
  }

  void leave(AddressSpace space) {
    books.close(space.id);
    spaces[space.id] = null;
  }

  AddressSpace space(int process) {
    return spaces[process];
  }

  /** Returns the process with the most pages in memory and swap space, the youngest of equals. */
  int largest() {
    AddressSpace largest = null;
    for (AddressSpace space : spaces) {
      if (space != null && (largest == null || space.pagesHeld() >= largest.pagesHeld())) {
        largest = space;
      }
    }
    return largest == null ? TraceSink.NONE : largest.id;
  }

  // --- pages that are there

  /** A reference found its page: replacement may want to know. */
  void used(long entry) {
    if (!booked) {
      return;
    }
    int frame = PageEntry.frame(entry);
    if (Frames.isPageable(frame)) {
      books.used(frame);
      dropSurplus(frame);
    }
  }

  private void dropSurplus(int used) {
    for (int gone = books.surplus(used);
        gone != Frames.NONE && canEvict(gone);
        gone = books.surplus(used)) {
      // Written in the background: nobody waits for it.
      evict(gone);
    }
  }

  /**
   * A page is in a frame from now on, by a reference to it.
   *
   * @param slot what it was read from; it keeps holding the same until the page is written
   */
  void enter(AddressSpace space, long page, int frame, int slot) {
    frames.map(frame, space.id, page);
    if (frame >= slots.length) {
      int length = Math.max(frame + 1, 2 * slots.length);
      slots = Arrays.copyOf(slots, length);
      written = Arrays.copyOf(written, length);
    }
    slots[frame] = slot;
    written[frame] = false;
    space.noteLoaded(1);
    trace.pageLoaded(clock.getAsLong(), space.id, page, 1, frame);
    if (booked) {
      books.loaded(frame, space.id, page);
      dropSurplus(frame);
    }
  }

  /** A process does not map a frame any more; others may. Its page table is the caller's. */
  void drop(AddressSpace space, long page, long entry, PageDrop why) {
    int frame = PageEntry.frame(entry);
    long pages = Notes.pagesIn(entry, space.largePages());
    space.noteResident(-pages);
    trace.pageDropped(clock.getAsLong(), space.id, page, pages, frame, why);
    if (!Frames.isPageable(frame)) {
      frames.unmap(frame, space.id, page);
      return;
    }
    written[frame] |= PageEntry.has(entry, PageEntry.DIRTY);
    boolean last = frames.references(frame) == 1;
    frames.unmap(frame, space.id, page);
    if (last) {
      forget(frame);
    } else if (booked && books.owner(frame) == space.id) {
      bequeath(frame, space);
    }
  }

  private void forget(int frame) {
    if (booked) {
      books.removed(frame);
      spaces[books.owner(frame)].held--;
    }
    if (slots[frame] != SwapSpace.NONE) {
      swap.release(slots[frame]);
      slots[frame] = SwapSpace.NONE;
    }
  }

  /** Another process that maps the frame becomes its owner. */
  private void bequeath(int frame, AddressSpace from) {
    books.removed(frame);
    from.held--;
    int[] heir = {TraceSink.NONE};
    long[] page = {0};
    frames.forEachMapping(
        frame,
        (space, mapped) -> {
          heir[0] = space;
          page[0] = mapped;
        });
    spaces[heir[0]].held++;
    books.loaded(frame, heir[0], page[0]);
  }

  // --- pages in swap space

  /** A page table notes that a page is in a slot. */
  void noteSwapped(AddressSpace space, long page, int slot) {
    swap.hold(slot);
    space.swapped++;
    space.table().map(page, Notes.swapped(slot));
  }

  /** A page table's note of a slot is gone, and with it what it held. */
  void dropSwapped(AddressSpace space, long note) {
    swap.release(PageEntry.frame(note));
    space.swapped--;
  }

  /** Nobody wants what a slot held while its page was on its way. */
  void releaseSlot(int slot) {
    swap.release(slot);
  }

  // --- replacement

  /** Chooses the frame that must be freed for a process, if one must. */
  PageFaultHandler.Progress makeRoom(AddressSpace space) {
    victim = Frames.NONE;
    victimWritten = false;
    boolean overQuota = booked && local && space.held >= space.quota;
    if (!overQuota && frames.hasFree()) {
      return PageFaultHandler.Progress.DONE;
    }
    victim = books.victim(space.id);
    if (victim == Frames.NONE && !overQuota && local) {
      victim = victimOfTheRichest();
    }
    if (victim == Frames.NONE) {
      return PageFaultHandler.Progress.AWAIT_FRAME;
    }
    return canEvict(victim)
        ? PageFaultHandler.Progress.DONE
        : PageFaultHandler.Progress.OUT_OF_MEMORY;
  }

  private int victimOfTheRichest() {
    AddressSpace richest = null;
    for (AddressSpace space : spaces) {
      if (space != null
          && books.victim(space.id) != Frames.NONE
          && (richest == null || space.held > richest.held)) {
        richest = space;
      }
    }
    return richest == null ? Frames.NONE : books.victim(richest.id);
  }

  /** Takes the chosen page out, if one was chosen, and a frame for a process. */
  int takeFrame(AddressSpace space) {
    if (victim != Frames.NONE) {
      victimWritten = evict(victim);
    }
    space.held++;
    return frames.takePageable();
  }

  /** Says whether the page that left last had to be written. */
  boolean hasWritten() {
    return victimWritten;
  }

  private boolean canEvict(int frame) {
    int slot = slots[frame];
    boolean ownSlot = slot != SwapSpace.NONE && swap.references(slot) == 1;
    return !isWritten(frame) || ownSlot || !swap.isFull();
  }

  private boolean isWritten(int frame) {
    boolean[] found = {written[frame]};
    frames.forEachMapping(
        frame,
        (space, page) ->
            found[0] |= PageEntry.has(spaces[space].table().lookup(page), PageEntry.DIRTY));
    return found[0];
  }

  /** Takes a page out of memory, in all page tables; returns whether it had to be written. */
  private boolean evict(int frame) {
    boolean write = isWritten(frame);
    int slot = slots[frame];
    if (write) {
      if (slot != SwapSpace.NONE) {
        swap.release(slot);
      }
      slot = swap.allocate();
    }
    books.removed(frame);
    spaces[books.owner(frame)].held--;
    int kept = slot;
    frames.forEachMapping(frame, (space, page) -> evict(spaces[space], page, frame, kept, write));
    if (slot != SwapSpace.NONE) {
      swap.release(slot);
    }
    slots[frame] = SwapSpace.NONE;
    return write;
  }

  private void evict(AddressSpace space, long page, int frame, int slot, boolean write) {
    if (slot == SwapSpace.NONE) {
      space.table().unmap(page);
    } else {
      noteSwapped(space, page, slot);
    }
    frames.unmap(frame, space.id, page);
    translations.forget(space.id, page);
    space.noteResident(-1);
    PageDrop why = write ? PageDrop.WRITTEN_OUT : PageDrop.EVICTED;
    trace.pageDropped(clock.getAsLong(), space.id, page, 1, frame, why);
  }
}
