package org.schedlab.policy;

import org.schedlab.kernel.Task;

/**
 * Ready threads in order of two numbers, as a balanced search tree that knows of each subtree the
 * smallest value. So the first thread whose value is small enough is found in logarithmic time.
 *
 * <p>A treap: ordered by keys from left to right and by random ranks from the root down (Seidel and
 * Aragon, "Randomized search trees", Algorithmica 16, 1996). The ranks come from a fixed sequence.
 */
class ReadyTree {
  /** A thread's place in the tree; belongs to the thread and is used again. */
  static class Node {
    final Task task;
    long first;
    long second;
    long value;

    private int rank;
    private Node left;
    private Node right;
    private long lowest;

    Node(Task task) {
      this.task = task;
    }
  }

  private Node root;
  private int size;
  private int ranks = 0x2545f491;

  final int size() {
    return size;
  }

  /** Says whether one stands before the other; two must not be equal. */
  boolean before(Node a, Node b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  }

  final void add(Node node) {
    // Marsaglia's xorshift.
    ranks ^= ranks << 13;
    ranks ^= ranks >>> 17;
    ranks ^= ranks << 5;
    node.rank = ranks;
    node.left = null;
    node.right = null;
    root = inserted(root, node);
    size++;
  }

  private Node inserted(Node tree, Node node) {
    if (tree == null) {
      return updated(node);
    }
    if (node.rank > tree.rank) {
      split(tree, node);
      return updated(node);
    }
    if (before(node, tree)) {
      tree.left = inserted(tree.left, node);
    } else {
      tree.right = inserted(tree.right, node);
    }
    return updated(tree);
  }

  /** Hangs what stands before {@code node} to its left, and what stands behind it to its right. */
  private void split(Node tree, Node node) {
    if (tree == null) {
      node.left = null;
      node.right = null;
    } else if (before(tree, node)) {
      split(tree.right, node);
      tree.right = node.left;
      node.left = updated(tree);
    } else {
      split(tree.left, node);
      tree.left = node.right;
      node.right = updated(tree);
    }
  }

  /** Takes a thread out, under the keys with which it was added. */
  final void remove(Node node) {
    root = without(root, node);
    size--;
  }

  private Node without(Node tree, Node node) {
    if (tree == null) {
      throw new IllegalStateException(node.task.name() + " is not ready");
    }
    if (tree == node) {
      return joined(tree.left, tree.right);
    }
    if (before(node, tree)) {
      tree.left = without(tree.left, node);
    } else {
      tree.right = without(tree.right, node);
    }
    return updated(tree);
  }

  private static Node joined(Node left, Node right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    if (left.rank > right.rank) {
      left.right = joined(left.right, right);
      return updated(left);
    }
    right.left = joined(left, right.left);
    return updated(right);
  }

  private static Node updated(Node node) {
    node.lowest = Math.min(node.value, Math.min(lowest(node.left), lowest(node.right)));
    return node;
  }

  private static long lowest(Node node) {
    return node == null ? Long.MAX_VALUE : node.lowest;
  }

  /** Returns the first in order whose value is at most {@code limit}, or null. */
  final Node firstUpTo(long limit) {
    Node node = root;
    if (lowest(node) > limit) {
      return null;
    }
    while (true) {
      if (lowest(node.left) <= limit) {
        node = node.left;
      } else if (node.value <= limit) {
        return node;
      } else {
        node = node.right;
      }
    }
  }

  /** Returns the first in order, or null. */
  final Node first() {
    Node node = root;
    while (node != null && node.left != null) {
      node = node.left;
    }
    return node;
  }

  /** What is asked of each thread in turn, until the answer is yes. */
  interface Visitor {
    boolean stopsAt(Node node);
  }

  /** Returns the first in order at which the visitor stops, or null. Linear time. */
  final Node firstWhere(Visitor visitor) {
    return firstWhere(root, visitor);
  }

  private static Node firstWhere(Node tree, Visitor visitor) {
    if (tree == null) {
      return null;
    }
    Node found = firstWhere(tree.left, visitor);
    if (found == null && visitor.stopsAt(tree)) {
      found = tree;
    }
    return found != null ? found : firstWhere(tree.right, visitor);
  }

  /** Returns the last in order that may run on a CPU, or null. Linear time at worst. */
  final Node lastFor(int cpu) {
    return lastFor(root, cpu);
  }

  private static Node lastFor(Node tree, int cpu) {
    if (tree == null) {
      return null;
    }
    Node found = lastFor(tree.right, cpu);
    if (found == null && tree.task.mayRunOn(cpu)) {
      found = tree;
    }
    return found != null ? found : lastFor(tree.left, cpu);
  }
}
