package org.schedlab.policy;

import java.util.Map;
import java.util.TreeMap;
import org.schedlab.kernel.Task;

/**
 * Ready threads in levels, the smallest number first, and in line within each: the run queues of
 * traditional kernels. A thread knows its neighbours, so that it is taken out from anywhere in
 * constant time.
 */
final class ReadyLevels {
  /** A thread's place; belongs to the thread and is used again. */
  static class Node {
    final Task task;
    private Level level;
    private Node previous;
    private Node next;
    private long place;

    Node(Task task) {
      this.task = task;
    }

    /** Returns the number of the level where it stands. */
    long level() {
      return level.number;
    }

    /** Returns its place: in a level, the smaller the nearer to the head. */
    long place() {
      return place;
    }
  }

  private static final class Level {
    private final long number;
    private Node head;
    private Node tail;

    Level(long number) {
      this.number = number;
    }
  }

  /** Those where somebody stands. */
  private final TreeMap<Long, Level> levels = new TreeMap<>();

  private int size;

  /** Places count up for entries at the tail of a level, down for entries at its head. */
  private long nextTail;

  private long nextHead = -1;

  int size() {
    return size;
  }

  void addLast(Node node, long number) {
    Level level = enter(node, number);
    node.place = nextTail++;
    node.previous = level.tail;
    if (level.tail == null) {
      level.head = node;
    } else {
      level.tail.next = node;
    }
    level.tail = node;
  }

  void addFirst(Node node, long number) {
    Level level = enter(node, number);
    node.place = nextHead--;
    node.next = level.head;
    if (level.head == null) {
      level.tail = node;
    } else {
      level.head.previous = node;
    }
    level.head = node;
  }

  private Level enter(Node node, long number) {
    size++;
    node.level = levels.computeIfAbsent(number, Level::new);
    return node.level;
  }

  /** Takes a thread out, which must stand here. */
  void remove(Node node) {
    Level level = node.level;
    if (level == null) {
      throw new IllegalStateException(node.task.name() + " is not ready");
    }
    if (node.previous == null) {
      level.head = node.next;
    } else {
      node.previous.next = node.next;
    }
    if (node.next == null) {
      level.tail = node.previous;
    } else {
      node.next.previous = node.previous;
    }
    if (level.head == null) {
      levels.remove(level.number);
    }
    node.level = null;
    node.previous = null;
    node.next = null;
    size--;
  }

  /** Returns the first thread that may run on a CPU, or null. Linear time at worst. */
  Node first(int cpu) {
    for (Map.Entry<Long, Level> at = levels.firstEntry();
        at != null;
        at = levels.higherEntry(at.getKey())) {
      for (Node node = at.getValue().head; node != null; node = node.next) {
        if (node.task.mayRunOn(cpu)) {
          return node;
        }
      }
    }
    return null;
  }

  /** Returns the last thread that may run on a CPU, or null. Linear time at worst. */
  Node last(int cpu) {
    for (Level level : levels.descendingMap().values()) {
      for (Node node = level.tail; node != null; node = node.previous) {
        if (node.task.mayRunOn(cpu)) {
          return node;
        }
      }
    }
    return null;
  }
}
