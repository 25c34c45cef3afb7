package org.schedlab.policy;

import java.util.Arrays;
import org.schedlab.kernel.Task;

/**
 * A first-in-first-out queue of ready threads that knows affinity: the head for a CPU is the first
 * thread that may run there. Constant time at both ends as long as threads may run anywhere.
 */
final class FifoQueue {
  /** Of objects, for an array of an interface asks the class of whatever is put into it. */
  private Object[] ring = new Object[16];

  private int head;
  private int size;

  /** How many of the threads may not run everywhere: without any, the head is not looked at. */
  private int choosy;

  int size() {
    return size;
  }

  void addLast(Task task) {
    growIfFull();
    choosy += task.mayRunAnywhere() ? 0 : 1;
    ring[(head + size) & (ring.length - 1)] = task;
    size++;
  }

  void addFirst(Task task) {
    growIfFull();
    choosy += task.mayRunAnywhere() ? 0 : 1;
    head = (head - 1) & (ring.length - 1);
    ring[head] = task;
    size++;
  }

  /** Returns the first thread that may run on the CPU, or null. */
  Task peekFirst(int cpu) {
    int at = firstFor(cpu);
    return at < 0 ? null : get(at);
  }

  /** Says whether there is a thread that may run on the CPU. */
  boolean hasFor(int cpu) {
    return firstFor(cpu) >= 0;
  }

  /** Takes out the first thread that may run on the CPU; null if there is none. */
  Task pollFirst(int cpu) {
    int at = firstFor(cpu);
    return at < 0 ? null : removeAt(at);
  }

  /** Takes out the last thread that may run on the CPU; null if there is none. */
  Task pollLast(int cpu) {
    for (int i = size - 1; i >= 0; i--) {
      if (get(i).mayRunOn(cpu)) {
        return removeAt(i);
      }
    }
    return null;
  }

  /** Takes out a thread; linear in the length of the queue. */
  void remove(Task task) {
    for (int i = 0; i < size; i++) {
      if (get(i) == task) {
        removeAt(i);
        return;
      }
    }
    throw new IllegalStateException(task.name() + " is not in the queue");
  }

  /** Returns the thread at a place, 0 being the head. */
  Task get(int index) {
    return (Task) ring[(head + index) & (ring.length - 1)];
  }

  private int firstFor(int cpu) {
    if (choosy == 0) {
      return size > 0 ? 0 : -1;
    }
    for (int i = 0; i < size; i++) {
      if (get(i).mayRunOn(cpu)) {
        return i;
      }
    }
    return -1;
  }

  Task removeAt(int index) {
    Task removed = get(index);
    int mask = ring.length - 1;
    if (index == 0) {
      ring[head] = null;
      head = (head + 1) & mask;
    } else {
      for (int i = index; i < size - 1; i++) {
        ring[(head + i) & mask] = ring[(head + i + 1) & mask];
      }
      ring[(head + size - 1) & mask] = null;
    }
    size--;
    choosy -= removed.mayRunAnywhere() ? 0 : 1;
    return removed;
  }

  private void growIfFull() {
    if (size < ring.length) {
      return;
    }
    Object[] larger = Arrays.copyOf(ring, ring.length * 2);
    System.arraycopy(ring, 0, larger, ring.length, head);
    Arrays.fill(larger, 0, head, null);
    ring = larger;
  }
}
