package org.schedlab.machine;

import java.util.Arrays;

/**
 * The address spaces whose translations a CPU's TLB can keep apart; a slot's number is their ASID.
 * A new one takes the slot that was filled longest ago, as Linux does on x86 (arch/x86/mm/tlb.c,
 * {@code choose_new_asid}): a ring of one process more than there are slots misses at every switch.
 */
final class AsidSlots {
  /** The address space has no slot. */
  static final int NONE = -1;

  /** No hardware has more; beyond it nothing is ever lost. */
  private static final int MOST = Tlb.MAX_ASID + 1;

  private final boolean unlimited;
  private int[] slots;
  private int nextVictim;
  private boolean known;

  /**
   * Makes empty slots.
   *
   * @param count how many; 0 means that every change of address space loses all translations
   */
  AsidSlots(long count) {
    unlimited = count > MOST;
    slots = new int[unlimited ? 16 : (int) count];
    Arrays.fill(slots, NONE);
  }

  /** Returns the slot of an address space, or {@link #NONE}. */
  int find(int addressSpace) {
    if (unlimited) {
      int slot = addressSpace % MOST;
      return slot < slots.length && slots[slot] == addressSpace ? slot : NONE;
    }
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] == addressSpace) {
        return slot;
      }
    }
    return NONE;
  }

  /** Returns the slot of an address space, which it takes from another one if it has none. */
  int assign(int addressSpace) {
    int found = find(addressSpace);
    known = found != NONE;
    if (known) {
      return found;
    }
    if (unlimited) {
      int slot = addressSpace % MOST;
      if (slot >= slots.length) {
        int length = slots.length;
        slots = Arrays.copyOf(slots, Math.max(slot + 1, 2 * length));
        Arrays.fill(slots, length, slots.length, NONE);
      }
      slots[slot] = addressSpace;
      return slot;
    }
    if (slots.length == 0) {
      return addressSpace % MOST;
    }
    int slot = nextVictim;
    slots[slot] = addressSpace;
    nextVictim = slot + 1 == slots.length ? 0 : slot + 1;
    return slot;
  }

  /** Says whether the address space that was assigned a slot last had it before. */
  boolean wasKnown() {
    return known;
  }

  /** Says whether there are so many slots that none is ever taken away. */
  boolean isUnlimited() {
    return unlimited;
  }
}
