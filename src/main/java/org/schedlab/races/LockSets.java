package org.schedlab.races;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sets of locks, each distinct one kept once and known by a number; the empty one is 0. */
public final class LockSets {
  /** The set without locks. */
  public static final int EMPTY = 0;

  /** A sorted array that is equal to others of the same content. */
  private record Locks(int[] sorted) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Locks locks && Arrays.equals(sorted, locks.sorted);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
      return Arrays.toString(sorted);
    }
  }

  private final List<int[]> sets = new ArrayList<>();
  private final Map<Locks, Integer> numbers = new HashMap<>();

  /** By lock: the set of it alone, plus 1; 0 where that has not been asked for. */
  private int[] alone = new int[0];

  /** By two sets: what is in both. */
  private final Map<Long, Integer> common = new HashMap<>();

  public LockSets() {
    number(new int[0]);
  }

  private int number(int[] sorted) {
    Integer known = numbers.putIfAbsent(new Locks(sorted), sets.size());
    if (known != null) {
      return known;
    }
    sets.add(sorted);
    return sets.size() - 1;
  }

  /** Returns the locks of a set, ascending. */
  public int[] locks(int set) {
    return sets.get(set).clone();
  }

  /** Returns the set with one lock more. */
  public int with(int set, int lock) {
    if (set != EMPTY) {
      return extended(set, lock);
    }
    if (lock >= alone.length) {
      alone = Arrays.copyOf(alone, Math.max(lock + 1, 2 * alone.length));
    }
    if (alone[lock] == 0) {
      alone[lock] = extended(EMPTY, lock) + 1;
    }
    return alone[lock] - 1;
  }

  private int extended(int set, int lock) {
    int[] old = sets.get(set);
    int at = Arrays.binarySearch(old, lock);
    if (at >= 0) {
      return set;
    }
    int[] more = Arrays.copyOf(old, old.length + 1);
    int place = -at - 1;
    System.arraycopy(old, place, more, place + 1, old.length - place);
    more[place] = lock;
    return number(more);
  }

  /** Returns the set without a lock. */
  public int without(int set, int lock) {
    if (lock < alone.length && alone[lock] == set + 1) {
      return EMPTY;
    }
    return number(Arrays.stream(sets.get(set)).filter(held -> held != lock).toArray());
  }

  /** Returns the locks that are in both sets. */
  public int common(int one, int other) {
    if (one == other || one == EMPTY || other == EMPTY) {
      return one == other ? one : EMPTY;
    }
    long key = (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
    return common.computeIfAbsent(
        key,
        both -> {
          int[] second = sets.get(other);
          return number(
              Arrays.stream(sets.get(one))
                  .filter(lock -> Arrays.binarySearch(second, lock) >= 0)
                  .toArray());
        });
  }
}
