package org.schedlab.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Execution;

/** The threads that have not ended, by slot. A slot is used again when its thread has ended. */
final class ThreadTable {
  private final Set<String> watched;
  private final Map<String, Execution> executions = new HashMap<>();
  private KernelThread[] bySlot = new KernelThread[16];
  private int[] freeSlots = new int[16];
  private int freeCount;
  private int slots;
  private int living;

  /**
   * Makes an empty table.
   *
   * @param watched full names of the threads whose registers are asked for when they have ended
   */
  ThreadTable(Set<String> watched) {
    this.watched = watched;
  }

  int takeSlot() {
    return freeCount > 0 ? freeSlots[--freeCount] : slots++;
  }

  void add(KernelThread thread) {
    if (thread.slot >= bySlot.length) {
      bySlot = Arrays.copyOf(bySlot, 2 * thread.slot);
    }
    bySlot[thread.slot] = thread;
    living++;
    watch(thread);
  }

  /** Keeps the registers of a thread that is watched; another program has others. */
  void watch(KernelThread thread) {
    // Without this test a million jobs look up a million names.
    if (!watched.isEmpty() && watched.contains(thread.name())) {
      executions.put(thread.name(), thread.execution);
    }
  }

  /** Says whether there are threads of which more is asked when they have ended. */
  boolean areWatched() {
    return !watched.isEmpty();
  }

  void remove(KernelThread thread) {
    living--;
    bySlot[thread.slot] = null;
    if (freeCount == freeSlots.length) {
      freeSlots = Arrays.copyOf(freeSlots, 2 * freeCount);
    }
    freeSlots[freeCount++] = thread.slot;
  }

  /** Returns how many slots have been used. */
  int slots() {
    return slots;
  }

  /** Returns the thread in a slot, or null. */
  KernelThread at(int slot) {
    return bySlot[slot];
  }

  /** Returns how many threads have been made and have not ended. */
  int living() {
    return living;
  }

  /** Returns where a watched thread stands or ended; null if it never arrived. */
  Execution execution(String taskName) {
    return executions.get(taskName);
  }
}
