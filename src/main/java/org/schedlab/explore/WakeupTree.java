package org.schedlab.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * Beginnings of schedules that are still to be looked at, none of which leads to what another one
 * leads to (Abdulla, Aronis, Jonsson, Sagonas, "Optimal Dynamic Partial Order Reduction", POPL
 * 2014): a step, and what comes after it.
 */
final class WakeupTree {
  final int slot;
  final int[] footprint;
  final List<WakeupTree> after = new ArrayList<>(1);

  WakeupTree(int slot, int[] footprint) {
    this.slot = slot;
    this.footprint = footprint;
  }

  /**
   * Makes sure that a beginning is looked at.
   *
   * @param begun the one among the siblings that is being looked at already, or null
   */
  static void insert(List<WakeupTree> siblings, WakeupTree begun, Beginning wanted) {
    List<WakeupTree> level = siblings;
    while (true) {
      WakeupTree fitting = null;
      for (WakeupTree tree : level) {
        if (wanted.mayBeginWith(tree.slot, tree.footprint)) {
          fitting = tree;
          break;
        }
      }
      if (fitting == null) {
        wanted.appendTo(level);
        return;
      }
      if (fitting == begun) {
        return;
      }
      wanted.remove(fitting.slot);
      if (wanted.isEmpty() || fitting.after.isEmpty()) {
        return;
      }
      level = fitting.after;
    }
  }
}
