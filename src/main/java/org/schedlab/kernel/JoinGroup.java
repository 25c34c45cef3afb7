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
  private Set<KernelThread> joiners = Set.of();

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

  void await(KernelThread joiner) {
    if (joiners.isEmpty()) {
      joiners = new LinkedHashSet<>();
    }
    joiners.add(joiner);
  }

  void forget(KernelThread joiner) {
    if (isAwaited()) {
      joiners.remove(joiner);
    }
  }

  boolean isAwaited() {
    return !joiners.isEmpty();
  }

  /** Returns who waits, and forgets them. */
  Set<KernelThread> takeJoiners() {
    Set<KernelThread> taken = joiners;
    joiners = Set.of();
    return taken;
  }

  /** Says whether threads have been made and all of them have ended. */
  boolean hasEnded() {
    return made && living == 0;
  }
}
