package org.schedlab.explore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the circles of locks that are wanted by who holds the one before. */
final class LockCycles {
  /** More circles are not listed. */
  static final int MOST = 1_000;

  private final Map<Integer, TreeSet<Integer>> wanted = new TreeMap<>();
  private final List<List<Integer>> cycles = new ArrayList<>();
  private final List<Integer> chain = new ArrayList<>();

  private LockCycles(Collection<LockEdge> edges) {
    for (LockEdge edge : edges) {
      wanted.computeIfAbsent(edge.held(), lock -> new TreeSet<>()).add(edge.wanted());
    }
  }

  /** Returns each circle once, from its smallest lock on, without locks that come twice. */
  static List<List<Integer>> of(Collection<LockEdge> edges) {
    LockCycles search = new LockCycles(edges);
    for (int first : search.wanted.keySet()) {
      search.chain.add(first);
      search.follow(first);
      search.chain.clear();
    }
    return Collections.unmodifiableList(search.cycles);
  }

  private void follow(int first) {
    int last = chain.get(chain.size() - 1);
    for (int next : wanted.getOrDefault(last, new TreeSet<>())) {
      if (cycles.size() >= MOST) {
        return;
      }
      if (next == first) {
        cycles.add(List.copyOf(chain));
      } else if (next > first && !chain.contains(next)) {
        chain.add(next);
        follow(first);
        chain.remove(chain.size() - 1);
      }
    }
  }
}
