package org.schedlab.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Locks that are wanted in a circle, each by who holds the one before: a deadlock that may be, or
 * that no schedule comes to.
 *
 * @param locks their names, from the first on
 * @param schedule one that ends in this deadlock; empty where none does
 * @param oneThread whether it is the same thread that takes them in every order
 * @param gates locks that were held whenever one of these was wanted by who held another: with one
 *     of them, two threads never are on their way round at a time
 */
public record LockCycle(List<String> locks, int[] schedule, boolean oneThread, List<String> gates) {

  static LockCycle of(List<String> locks, int[] schedule, boolean oneThread, List<String> gates) {
    List<String> turned = new ArrayList<>(locks);
    Collections.rotate(turned, -turned.indexOf(Collections.min(turned)));
    return new LockCycle(
        List.copyOf(turned), schedule == null ? new int[0] : schedule, oneThread, gates);
  }

  /** Says whether some schedule ends in it. */
  public boolean isReached() {
    return schedule.length > 0;
  }

  /** Says why no schedule ends in it, as far as the locks tell. */
  public String reason() {
    if (oneThread) {
      return "one thread alone takes them in different orders";
    }
    if (!gates.isEmpty()) {
      return "whoever takes them so holds " + String.join(", ", gates);
    }
    return "something else keeps the threads from holding them at a time";
  }
}
