package org.schedlab.machine;

import java.util.Arrays;

/**
 * The address spaces whose translations a CPU's TLB can keep apart. A new one takes the slot that
 * was filled longest ago, as Linux does on x86 (arch/x86/mm/tlb.c, {@code choose_new_asid}): a ring
 * of one process more than there are slots misses at every switch.
 */
final class AsidSlots {
  /** No hardware has more; beyond it nothing is ever lost. */
  private static final int MOST = 1 << 16;

  private final boolean unlimited;
  private final int[] slots;
  private int nextVictim;

  /**
   * Makes empty slots.
   *
   * @param count how many; 0 means that every change of address space loses all translations
   */
  AsidSlots(long count) {
    unlimited = count > MOST;
    slots = new int[unlimited ? 0 : (int) count];
    Arrays.fill(slots, -1);
  }

  /** Makes an address space the CPU's current one; returns whether it still had a slot. */
  boolean activate(int addressSpace) {
    if (unlimited) {
      return true;
    }
    for (int slot : slots) {
      if (slot == addressSpace) {
        return true;
      }
      if (slot < 0) {
        break;
      }
    }
    if (slots.length > 0) {
      slots[nextVictim] = addressSpace;
      nextVictim = (nextVictim + 1) % slots.length;
    }
    return false;
  }
}
