package org.schedlab.policy;

import java.util.Arrays;
import org.schedlab.kernel.Task;

/**
 * Ready threads ordered by up to three numbers, the smaller first: a heap over primitive keys, with
 * four children to an entry. With affinity, the first for a CPU may stand deeper and is looked for
 * in linear time.
 *
 * <p>Among 100,000 threads each step down the heap is a cache miss. So two keys of an entry lie
 * side by side, those of four siblings are as long as a cache line, and there are half as many
 * steps as with two children. The third key, which few policies have, is looked at in an array of
 * its own, where the others are equal.
 */
final class ReadyHeap {
  /** So many cells hold the keys of an entry, as a power of two. */
  private static final int SHIFT = 1;

  /** So many children an entry has, as a power of two. */
  private static final int FANOUT = 2;

  private long[] keys = new long[16 << SHIFT];

  /** Null as long as all third keys are 0. */
  private long[] thirdKeys;

  /**
   * Threads, all of them {@link Task}. In an array of that type each store would ask the thread for
   * its class, and those that move down the heap have long left the cache: that alone was a third
   * of a decision among 100,000.
   */
  private Object[] tasks = new Object[16];

  private int size;

  int size() {
    return size;
  }

  /** Adds a thread under two keys; two threads must not have the same pair. */
  void add(Task task, long firstKey, long secondKey) {
    add(task, firstKey, secondKey, 0);
  }

  /** Adds a thread under three keys; two threads must not have the same. */
  void add(Task task, long firstKey, long secondKey, long thirdKey) {
    if (size == tasks.length) {
      keys = Arrays.copyOf(keys, Math.multiplyExact(keys.length, 2));
      tasks = Arrays.copyOf(tasks, size * 2);
      thirdKeys = thirdKeys == null ? null : Arrays.copyOf(thirdKeys, size * 2);
    }
    if (thirdKey != 0 && thirdKeys == null) {
      thirdKeys = new long[tasks.length];
    }
    size++;
    siftUp(size - 1, task, firstKey, secondKey, thirdKey);
  }

  /** Returns the first thread that may run on the CPU, or null. */
  Task peek(int cpu) {
    int at = firstFor(cpu);
    return at < 0 ? null : at(at);
  }

  /** Takes out the first thread that may run on the CPU; null if there is none. */
  Task poll(int cpu) {
    int at = firstFor(cpu);
    return at < 0 ? null : removeAt(at);
  }

  /** Takes out the last thread that may run on the CPU; null if there is none. Linear time. */
  Task pollLast(int cpu) {
    int last = -1;
    for (int i = 0; i < size; i++) {
      if (at(i).mayRunOn(cpu) && (last < 0 || before(last, i))) {
        last = i;
      }
    }
    return last < 0 ? null : removeAt(last);
  }

  /** Takes out a thread. Linear time. */
  void remove(Task task) {
    removeAt(indexOf(task));
  }

  /** Returns the thread at a place, in no particular order. */
  Task at(int index) {
    return (Task) tasks[index];
  }

  /** Takes everything out. */
  void clear() {
    Arrays.fill(tasks, 0, size, null);
    size = 0;
  }

  /** Returns the first thread of all; there must be one. */
  Task root() {
    return at(0);
  }

  /** Returns the first key of the first thread. */
  long rootKey() {
    return keys[0];
  }

  /** Returns the second key of the first thread. */
  long rootSecondKey() {
    return keys[1];
  }

  /** Takes out the first thread of all, wherever it may run; there must be one. */
  Task pollRoot() {
    return removeAt(0);
  }

  private int indexOf(Task task) {
    for (int i = 0; i < size; i++) {
      if (tasks[i] == task) {
        return i;
      }
    }
    throw new IllegalStateException(task.name() + " is not ready");
  }

  private int firstFor(int cpu) {
    if (size == 0 || at(0).mayRunOn(cpu)) {
      return size == 0 ? -1 : 0;
    }
    int best = -1;
    for (int i = 1; i < size; i++) {
      if (at(i).mayRunOn(cpu) && (best < 0 || before(i, best))) {
        best = i;
      }
    }
    return best;
  }

  private boolean before(int a, int b) {
    int at = b << SHIFT;
    return before(a, keys[at], keys[at + 1], thirdKey(b));
  }

  /** Says whether an entry stands before one with these keys. */
  private boolean before(int entry, long firstKey, long secondKey, long thirdKey) {
    int at = entry << SHIFT;
    long first = keys[at];
    long second = keys[at + 1];
    // Not || and &&: nobody foresees which of two is the smaller, and jumps cost more than numbers.
    return first < firstKey
        | (first == firstKey
            & (second < secondKey | (second == secondKey & thirdKey(entry) < thirdKey)));
  }

  private long thirdKey(int entry) {
    return thirdKeys == null ? 0 : thirdKeys[entry];
  }

  /**
   * Takes out an entry. The hole goes down to a leaf, and the last entry, which most often belongs
   * there, up from it: fewer comparisons than letting that one sink.
   */
  private Task removeAt(int index) {
    Task removed = at(index);
    size--;
    Object moved = tasks[size];
    tasks[size] = null;
    if (index < size) {
      int hole = index;
      for (int child = firstChild(hole); child < size; child = firstChild(hole)) {
        int best = child;
        int end = Math.min(size, child + (1 << FANOUT));
        for (int sibling = child + 1; sibling < end; sibling++) {
          best = before(sibling, best) ? sibling : best;
        }
        move(best, hole);
        hole = best;
      }
      int at = size << SHIFT;
      siftUp(hole, moved, keys[at], keys[at + 1], thirdKey(size));
    }
    return removed;
  }

  private static int firstChild(int entry) {
    return (entry << FANOUT) + 1;
  }

  private void siftUp(int from, Object task, long firstKey, long secondKey, long thirdKey) {
    int i = from;
    while (i > 0) {
      int parent = (i - 1) >>> FANOUT;
      if (before(parent, firstKey, secondKey, thirdKey)) {
        break;
      }
      move(parent, i);
      i = parent;
    }
    int at = i << SHIFT;
    tasks[i] = task;
    keys[at] = firstKey;
    keys[at + 1] = secondKey;
    if (thirdKeys != null) {
      thirdKeys[i] = thirdKey;
    }
  }

  private void move(int from, int to) {
    int source = from << SHIFT;
    int target = to << SHIFT;
    tasks[to] = tasks[from];
    keys[target] = keys[source];
    keys[target + 1] = keys[source + 1];
    if (thirdKeys != null) {
      thirdKeys[to] = thirdKeys[from];
    }
  }
}
