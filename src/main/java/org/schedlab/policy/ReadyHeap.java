package org.schedlab.policy;

import java.util.Arrays;
import org.schedlab.kernel.Task;

/**
 * Ready threads ordered by up to three numbers, the smaller first: a binary heap over primitive
 * keys. With affinity, the first for a CPU may stand deeper and is looked for in linear time.
 */
final class ReadyHeap {
  private long[] first = new long[16];
  private long[] second = new long[16];
  private long[] third = new long[16];
  private Task[] tasks = new Task[16];
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
      first = Arrays.copyOf(first, size * 2);
      second = Arrays.copyOf(second, size * 2);
      third = Arrays.copyOf(third, size * 2);
      tasks = Arrays.copyOf(tasks, size * 2);
    }
    size++;
    siftUp(size - 1, task, firstKey, secondKey, thirdKey);
  }

  /** Returns the first thread that may run on the CPU, or null. */
  Task peek(int cpu) {
    int at = firstFor(cpu);
    return at < 0 ? null : tasks[at];
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
      if (tasks[i].mayRunOn(cpu) && (last < 0 || before(last, i))) {
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
    return tasks[index];
  }

  /** Takes everything out. */
  void clear() {
    Arrays.fill(tasks, 0, size, null);
    size = 0;
  }

  /** Returns the first thread of all; there must be one. */
  Task root() {
    return tasks[0];
  }

  /** Returns the first key of the first thread. */
  long rootKey() {
    return first[0];
  }

  /** Returns the second key of the first thread. */
  long rootSecondKey() {
    return second[0];
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
    if (size == 0 || tasks[0].mayRunOn(cpu)) {
      return size == 0 ? -1 : 0;
    }
    int best = -1;
    for (int i = 1; i < size; i++) {
      if (tasks[i].mayRunOn(cpu) && (best < 0 || before(i, best))) {
        best = i;
      }
    }
    return best;
  }

  private boolean before(int a, int b) {
    return before(first[a], second[a], third[a], first[b], second[b], third[b]);
  }

  private static boolean before(long a1, long a2, long a3, long b1, long b2, long b3) {
    if (a1 != b1) {
      return a1 < b1;
    }
    return a2 != b2 ? a2 < b2 : a3 < b3;
  }

  private Task removeAt(int index) {
    Task removed = tasks[index];
    size--;
    Task moved = tasks[size];
    long movedFirst = first[size];
    long movedSecond = second[size];
    long movedThird = third[size];
    tasks[size] = null;
    if (index < size) {
      if (siftDown(index, moved, movedFirst, movedSecond, movedThird) == index) {
        siftUp(index, moved, movedFirst, movedSecond, movedThird);
      }
    }
    return removed;
  }

  private void siftUp(int from, Task task, long firstKey, long secondKey, long thirdKey) {
    int i = from;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (before(first[parent], second[parent], third[parent], firstKey, secondKey, thirdKey)) {
        break;
      }
      move(parent, i);
      i = parent;
    }
    put(i, task, firstKey, secondKey, thirdKey);
  }

  /** Returns where the entry has come to stand. */
  private int siftDown(int from, Task task, long firstKey, long secondKey, long thirdKey) {
    int i = from;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && before(child + 1, child)) {
        child++;
      }
      if (before(firstKey, secondKey, thirdKey, first[child], second[child], third[child])) {
        break;
      }
      move(child, i);
      i = child;
    }
    put(i, task, firstKey, secondKey, thirdKey);
    return i;
  }

  private void move(int from, int to) {
    put(to, tasks[from], first[from], second[from], third[from]);
  }

  private void put(int at, Task task, long firstKey, long secondKey, long thirdKey) {
    tasks[at] = task;
    first[at] = firstKey;
    second[at] = secondKey;
    third[at] = thirdKey;
  }
}
