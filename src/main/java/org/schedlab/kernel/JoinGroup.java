package org.schedlab.kernel;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The threads of a process that one name means in {@code join}: {@code w} means every {@code w[i]}
 * and {@code w#2}, {@code w[0]} that one and those started later under its name.
 */
final class JoinGroup {
  private static final int[] NONE = {};

  /** Who waits for all of them to end, in the order in which they began to wait. */
  private Set<KernelThread> joiners = Set.of();

  /** How many have been made under exactly this name, repeats included. */
  int namesakes;

  /** The ids of those that have ended. */
  private int[] ended = NONE;

  private int endedCount;

  /** This group, for threads that belong to no other. */
  final JoinGroup[] alone = {this};

  private boolean made;
  private int living;

  /** Makes it as new, when nobody waits any more. */
  void renew() {
    namesakes = 0;
    endedCount = 0;
    made = false;
  }

  void add() {
    made = true;
    living++;
  }

  void remove(int thread) {
    living--;
    if (endedCount == ended.length) {
      ended = Arrays.copyOf(ended, Math.max(1, 2 * endedCount));
    }
    ended[endedCount++] = thread;
  }

  /** Returns the ids of those that have ended, in that order. */
  IntStream ended() {
    return Arrays.stream(ended, 0, endedCount);
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
