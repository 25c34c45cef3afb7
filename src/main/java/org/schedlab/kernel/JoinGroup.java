package org.schedlab.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The threads of a process that one name means in {@code join}: {@code w} means every {@code w[i]}
 * and {@code w#2}, {@code w[0]} that one and those started later under its name.
 */
final class JoinGroup {
  /** Who waits for all of them to end, in the order in which they began to wait. */
  final Set<KernelThread> joiners = new LinkedHashSet<>(1);

  /** How many have been made under exactly this name, repeats included. */
  int namesakes;

  /** The ids of those that have ended. */
  final List<Integer> ended = new ArrayList<>(0);

  private boolean made;
  private int living;

  void add() {
    made = true;
    living++;
  }

  void remove(int thread) {
    living--;
    ended.add(thread);
  }

  /** Says whether threads have been made and all of them have ended. */
  boolean hasEnded() {
    return made && living == 0;
  }
}
