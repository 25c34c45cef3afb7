package org.schedlab.explore;

import java.util.Map;
import java.util.Set;

/** What is fixed of a process that there is, or may be: where its names lie. */
final class ProcessForm {
  final String name;

  /** What a wait may call it. */
  final String wanted;

  /** The process that makes it, or -1. */
  final int parent;

  final int ownCells;
  final int cells;
  final int[] ownObjects;
  final Map<Integer, Integer> segments;

  /** The number of the object that keeps its children. */
  final int family;

  /** With its own, there are so many objects. */
  final int objectsEnd;

  /** The ends of pipes that it has open, of those of which others may have them open too. */
  final Set<Integer> ends;

  /** Whether it may matter to it in which order its children end. */
  final boolean ordersEnds;

  /** The threads that it begins with. */
  int[] firstThreads = {};

  ProcessForm(
      String name,
      String wanted,
      int parent,
      int ownCells,
      int cells,
      int[] ownObjects,
      Map<Integer, Integer> segments,
      int family,
      int objectsEnd,
      Set<Integer> ends,
      boolean ordersEnds) {
    this.name = name;
    this.wanted = wanted;
    this.parent = parent;
    this.ownCells = ownCells;
    this.cells = cells;
    this.ownObjects = ownObjects;
    this.segments = segments;
    this.family = family;
    this.objectsEnd = objectsEnd;
    this.ends = ends;
    this.ordersEnds = ordersEnds;
  }
}
