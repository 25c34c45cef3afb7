package org.schedlab.kernel.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * The two algorithms on resources of several units each. Whether a state is safe (Dijkstra's
 * banker, for several resources by Habermann, "Prevention of system deadlocks", CACM 1969), and who
 * is deadlocked (Coffman, Elphick and Shoshani, "System deadlocks", Computing Surveys 1971). Both
 * look for an order in which all can finish: in turn, from the first to the last and around again,
 * each who can have what it needs finishes and gives back what it holds.
 */
public final class Banker {
  private Banker() {}

  /**
   * Returns an order in which all can finish, as far as there is one.
   *
   * @param available by resource, the units that nobody holds
   * @param allocation by process and resource, the units that each holds
   * @param need by process and resource, the units that each needs before it finishes: for safety
   *     its claim less what it holds, for detection what it asks for
   * @return the processes in that order; those missing can never be sure to finish
   */
  public static List<Integer> order(long[] available, long[][] allocation, long[][] need) {
    long[] work = available.clone();
    boolean[] finished = new boolean[need.length];
    List<Integer> order = new ArrayList<>(need.length);
    int at = 0;
    int unlucky = 0;
    while (order.size() < need.length && unlucky < need.length) {
      if (!finished[at] && fits(need[at], work)) {
        for (int i = 0; i < work.length; i++) {
          work[i] += allocation[at][i];
        }
        finished[at] = true;
        order.add(at);
        unlucky = 0;
      } else {
        unlucky++;
      }
      at = (at + 1) % need.length;
    }
    return order;
  }

  /** Says whether all can finish, in some order. */
  public static boolean isSafe(long[] available, long[][] allocation, long[][] need) {
    return order(available, allocation, need).size() == need.length;
  }

  private static boolean fits(long[] need, long[] work) {
    for (int i = 0; i < need.length; i++) {
      if (need[i] > work[i]) {
        return false;
      }
    }
    return true;
  }
}
