package org.schedlab.policy;

import org.schedlab.kernel.Task;

/**
 * Ready threads in the order of the file with the tickets of each, so that the holder of the n-th
 * ticket is found in logarithmic time.
 *
 * <p>A radix tree over {@link Task#order} whose nodes know how many tickets there are under each of
 * their children. The counts of a node lie side by side, and nodes without a ready thread are given
 * up, so that the tree is as large as the number of ready threads and not as the number of all that
 * there ever were. A binary tree takes three times as many steps, each of them a cache miss among
 * 100,000 threads.
 */
final class TicketTree {
  /** So many bits of the order choose a child. */
  private static final int BITS = 4;

  private static final int CHILDREN = 1 << BITS;

  private static final class Node {
    /** By child: how many tickets are under it. */
    final long[] tickets = new long[CHILDREN];

    /** Nodes, or at the bottom threads; null where nobody is ready. */
    final Object[] children = new Object[CHILDREN];

    /** How many children are not null. */
    int used;
  }

  private Node root = new Node();

  /** How many bits of the order choose among the descendants of a child of the root. */
  private int rootShift;

  private int size;
  private long tickets;

  int size() {
    return size;
  }

  /** Returns how many tickets there are in all. */
  long tickets() {
    return tickets;
  }

  /** Adds a thread with so many tickets. */
  void add(Task task, long itsTickets) {
    int order = task.order();
    while ((long) order >>> (rootShift + BITS) != 0) {
      grow();
    }
    Node node = root;
    for (int shift = rootShift; shift > 0; shift -= BITS) {
      int at = childAt(order, shift);
      node.tickets[at] += itsTickets;
      if (node.children[at] == null) {
        node.children[at] = new Node();
        node.used++;
      }
      node = (Node) node.children[at];
    }
    int at = childAt(order, 0);
    node.tickets[at] = itsTickets;
    node.children[at] = task;
    node.used++;
    size++;
    tickets += itsTickets;
  }

  private static int childAt(int order, int shift) {
    return (order >>> shift) & (CHILDREN - 1);
  }

  /** Puts a root above the root, whose first child it becomes. */
  private void grow() {
    rootShift += BITS;
    if (size > 0) {
      Node above = new Node();
      above.children[0] = root;
      above.tickets[0] = tickets;
      above.used = 1;
      root = above;
    }
  }

  /** Takes a thread out. */
  void remove(Task task) {
    tickets -= remove(root, rootShift, task);
    size--;
  }

  /** Takes a thread out from under a node; returns how many tickets it had. */
  private static long remove(Node node, int shift, Task task) {
    int at = childAt(task.order(), shift);
    Object child = node.children[at];
    if (child == null || (shift == 0 && child != task)) {
      throw new IllegalStateException(task.name() + " is not ready");
    }
    long removed = shift == 0 ? node.tickets[at] : remove((Node) child, shift - BITS, task);
    node.tickets[at] -= removed;
    if (shift == 0 || ((Node) child).used == 0) {
      node.children[at] = null;
      node.used--;
    }
    return removed;
  }

  /** Gives a thread that stands here so many tickets more; a negative number takes them away. */
  void change(Task task, long by) {
    Node node = root;
    for (int shift = rootShift; shift > 0; shift -= BITS) {
      int at = childAt(task.order(), shift);
      node.tickets[at] += by;
      node = (Node) node.children[at];
    }
    node.tickets[childAt(task.order(), 0)] += by;
    tickets += by;
  }

  /** Returns the first thread whose running total exceeds {@code ticket}; there must be one. */
  Task holderOf(long ticket) {
    long left = ticket;
    Node node = root;
    for (int shift = rootShift; ; shift -= BITS) {
      int at = 0;
      while (left >= node.tickets[at]) {
        left -= node.tickets[at];
        at++;
      }
      if (shift == 0) {
        return (Task) node.children[at];
      }
      node = (Node) node.children[at];
    }
  }

  /** What is asked of each thread in turn, until the answer is yes. */
  interface Visitor {
    boolean stopsAt(Task task);
  }

  /** Returns the first thread in order at which the visitor stops, or null. Linear time. */
  Task firstWhere(Visitor visitor) {
    return firstWhere(root, rootShift, visitor);
  }

  private static Task firstWhere(Node node, int shift, Visitor visitor) {
    for (Object child : node.children) {
      if (child != null) {
        Task found =
            shift > 0
                ? firstWhere((Node) child, shift - BITS, visitor)
                : visitor.stopsAt((Task) child) ? (Task) child : null;
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Returns the last thread in order that may run on a CPU, or null. Linear time at worst. */
  Task lastFor(int cpu) {
    return lastFor(root, rootShift, cpu);
  }

  private static Task lastFor(Node node, int shift, int cpu) {
    for (int at = CHILDREN - 1; at >= 0; at--) {
      Object child = node.children[at];
      if (child != null) {
        Task found =
            shift > 0
                ? lastFor((Node) child, shift - BITS, cpu)
                : ((Task) child).mayRunOn(cpu) ? (Task) child : null;
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
