package org.schedlab.plugin;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.kernel.Task;

/**
 * Who took whose CPU, one after the other, while nothing else happened. In a strict order that
 * never leads back.
 */
final class PreemptionChain {
  private final int cpus;
  private final List<Task> takers = new ArrayList<>();
  private final List<Task> losers = new ArrayList<>();
  private long at = -1;
  private int moves;
  private int most;

  PreemptionChain(int cpus) {
    this.cpus = cpus;
  }

  void clear() {
    takers.clear();
    losers.clear();
    moves = 0;
  }

  /**
   * A thread has lost its CPU to another one. Each such move makes a CPU's thread strictly more
   * urgent, so there cannot be more than threads and CPUs allow.
   *
   * @param ready how many threads were ready before
   */
  boolean isEndless(int ready) {
    if (moves == 0) {
      most = Math.max(2, cpus * (cpus + ready));
    }
    moves++;
    return moves >= most;
  }

  /** Notes that one thread takes the CPU of another; returns the circle that this closes. */
  List<Task> preempts(Task ready, Task running, long now) {
    if (now != at) {
      clear();
      at = now;
    }
    List<Task> circle = new ArrayList<>();
    if (leads(running, ready, circle, new ArrayList<>())) {
      circle.add(0, ready);
      return circle;
    }
    for (int i = 0; i < takers.size(); i++) {
      if (takers.get(i) == ready && losers.get(i) == running) {
        return List.of();
      }
    }
    takers.add(ready);
    losers.add(running);
    return List.of();
  }

  private boolean leads(Task from, Task to, List<Task> path, List<Task> seen) {
    if (from == to) {
      return true;
    }
    if (seen.contains(from)) {
      return false;
    }
    seen.add(from);
    path.add(from);
    for (int i = 0; i < takers.size(); i++) {
      if (takers.get(i) == from && leads(losers.get(i), to, path, seen)) {
        return true;
      }
    }
    path.remove(path.size() - 1);
    return false;
  }
}
