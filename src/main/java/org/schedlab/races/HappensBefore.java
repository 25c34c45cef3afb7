package org.schedlab.races;

import java.util.Arrays;

/**
 * Which events come before which, whatever the schedule: a vector clock for each agent, and one for
 * all by which agents order their events (Lamport, "Time, Clocks, and the Ordering of Events in a
 * Distributed System", 1978; Mattern 1989). Agents are numbered from 0.
 *
 * <p>What an agent does at clock c comes before what another does if c is not above what the other
 * one knows of the first.
 */
public final class HappensBefore {
  private static final int[] NEVER = {};

  private int[][] agents = new int[4][];
  private int count;

  /** Says whether an agent has done anything that is ordered. */
  private boolean isKnown(int agent) {
    return agent < count && agents[agent] != null;
  }

  private int[] clocks(int agent) {
    if (agent >= agents.length) {
      agents = Arrays.copyOf(agents, Math.max(agent + 1, 2 * agents.length));
    }
    count = Math.max(count, agent + 1);
    if (agents[agent] == null) {
      agents[agent] = new int[agent + 1];
      agents[agent][agent] = 1;
    }
    return agents[agent];
  }

  /** Returns an agent's own clock: what it does now happens at it. */
  public int clock(int agent) {
    return clocks(agent)[agent];
  }

  /** Says whether what an agent did at a clock comes before what another one does now. */
  public boolean isBefore(int agent, int clock, int later) {
    if (agent == later) {
      return true;
    }
    int[] known = clocks(later);
    return agent < known.length && clock <= known[agent];
  }

  private static int[] join(int[] into, int[] other) {
    int[] joined = other.length > into.length ? Arrays.copyOf(into, other.length) : into;
    for (int i = 0; i < other.length; i++) {
      joined[i] = Math.max(joined[i], other[i]);
    }
    return joined;
  }

  /** All that the one has done comes before all that the other will do: a birth, or a wait. */
  public void order(int earlier, int later) {
    if (isKnown(earlier)) {
      int[] joined = join(clocks(later), clocks(earlier));
      agents[later] = joined;
      agents[earlier][earlier]++;
    }
  }

  /** What agents have put down before something by which others come to know of it. */
  public static final class Released {
    private int[] clocks = NEVER;
  }

  /** What an agent has done comes before what those do who acquire it from now on. */
  public void release(int agent, Released into) {
    int[] own = clocks(agent);
    into.clocks = into.clocks.length == 0 ? own.clone() : join(into.clocks, own);
    own[agent]++;
  }

  /** All that was released so far comes before what the agent does from now on. */
  public void acquire(int agent, Released released) {
    if (released.clocks.length > 0) {
      int[] joined = join(clocks(agent), released.clocks);
      agents[agent] = joined;
    }
  }
}
