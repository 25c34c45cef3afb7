package org.schedlab.races;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How each variable is used beside order: the locks that all plain accesses have in common, updates
 * that are lost, and reads with a later write that no critical section covers together.
 *
 * <ul>
 *   <li>Lock sets as of Eraser (Savage, Burrows, Nelson, Sobalvarro, Anderson, TOCS 1997): nothing
 *       is asked while one agent alone uses a variable; from the second one's first access on, what
 *       all accesses hold in common is kept. Where that becomes nothing and somebody writes, a race
 *       may be hidden by a lucky order.
 *   <li>A store loses an update if its agent's own last load of the variable saw an older version
 *       than the one that it overwrites.
 *   <li>A load and a later store of the same agent are broken where it did not hold one lock from
 *       the one to the other, and another agent uses the variable too.
 * </ul>
 */
public final class SharedUse {
  /** How far a variable is shared. */
  public enum Sharing {
    /** By one agent. */
    EXCLUSIVE,
    /** Others have read it. */
    SHARED,
    /** Others have read or written it, and somebody has written. */
    SHARED_MODIFIED
  }

  /**
   * A load and a store of one agent that are not one step for others.
   *
   * @param lost how many of its stores lost an update
   */
  public static final class Broken {
    private final int loadPlace;
    private final int storePlace;
    private long times;
    private long lost;

    private Broken(int loadPlace, int storePlace) {
      this.loadPlace = loadPlace;
      this.storePlace = storePlace;
    }

    public int loadPlace() {
      return loadPlace;
    }

    public int storePlace() {
      return storePlace;
    }

    /** Returns how often it happened. */
    public long times() {
      return times;
    }

    /** Returns how often another agent's update was lost by it. */
    public long lost() {
      return lost;
    }
  }

  /** What an agent last read of a variable. */
  private static final class Loaded {
    private long version = NOTHING;
    private int place;

    /** The locks held then, and when each was taken. */
    private Holding holding;
  }

  /** The locks that an agent holds, with the numbers of their taking; never changed. */
  private record Holding(int set, int[] locks, long[] taken) {
    static final Holding NONE = new Holding(LockSets.EMPTY, new int[0], new long[0]);

    /** Says whether some lock has been held since then. */
    boolean covers(Holding then) {
      if (this == then) {
        return locks.length > 0;
      }
      for (int i = 0; i < locks.length; i++) {
        for (int j = 0; j < then.locks.length; j++) {
          if (locks[i] == then.locks[j] && taken[i] == then.taken[j]) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private static final long NOTHING = -1;

  /** What is known of a variable. */
  public static final class Variable {
    private long version;
    private int firstAgent = -1;
    private Sharing sharing = Sharing.EXCLUSIVE;
    private int candidates = -1;
    private boolean plain;
    private boolean atomic;
    private long lost;
    private long accesses;
    private final Map<Integer, long[]> byAgent = new HashMap<>(4);
    private final Map<Integer, Loaded> loads = new HashMap<>(4);
    private final Map<Long, Broken> broken = new HashMap<>(0);

    /** By lock set, how many plain accesses were made with it. */
    private final Map<Integer, long[]> usesOf = new LinkedHashMap<>(2);

    private int lastSet = -1;
    private long[] lastUses;

    private final List<Integer> order = new ArrayList<>(2);
    private final List<Broken> inOrder = new ArrayList<>(0);

    private Broken broken(int loadPlace, int storePlace) {
      long key = (long) loadPlace << Integer.SIZE | storePlace;
      lastBroken = broken.get(key);
      if (lastBroken == null) {
        lastBroken = new Broken(loadPlace, storePlace);
        broken.put(key, lastBroken);
        inOrder.add(lastBroken);
      }
      return lastBroken;
    }

    private Broken lastBroken;

    // Who came by last, to be found fast.
    private int lastAgent = -1;
    private long[] lastCounts;
    private Loaded lastLoaded;

    /**
     * Who accessed it last does just the same again, while nobody else does anything here and no
     * lock is taken or let go.
     */
    public void accessedAgain(boolean write) {
      accesses++;
      lastCounts[write ? 1 : 0]++;
      lastUses[0]++;
      version += write ? 1 : 0;
    }

    public Sharing sharing() {
      return sharing;
    }

    /** Returns the locks in common, as a set's number; -1 while one agent alone has used it. */
    public int candidates() {
      return candidates;
    }

    /** Says whether somebody accessed it by operations that are not atomic. */
    public boolean isPlain() {
      return plain;
    }

    /** Says whether somebody accessed it by atomic operations. */
    public boolean isAtomic() {
      return atomic;
    }

    /** Returns how many stores lost an update. */
    public long lost() {
      return lost;
    }

    public long accesses() {
      return accesses;
    }

    /** Returns the agents that used it, in the order of their first access. */
    public List<Integer> agents() {
      return List.copyOf(order);
    }

    /** Returns how often an agent read and wrote it. */
    public long[] counts(int agent) {
      return byAgent.get(agent).clone();
    }

    /** Returns the loads and stores that others can come between, in the order of their finding. */
    public List<Broken> broken() {
      return sharing == Sharing.EXCLUSIVE ? List.of() : List.copyOf(inOrder);
    }

    /** Returns the sets of locks with which plain accesses were made, with their numbers. */
    public Map<Integer, Long> uses() {
      Map<Integer, Long> uses = new LinkedHashMap<>();
      usesOf.forEach((set, count) -> uses.put(set, count[0]));
      return uses;
    }
  }

  private final LockSets sets;
  private Variable[] variables = new Variable[16];
  private Holding[] holdings = new Holding[4];

  public SharedUse(LockSets sets) {
    this.sets = sets;
  }

  // --- locks

  private Holding holding(int agent) {
    return agent < holdings.length && holdings[agent] != null ? holdings[agent] : Holding.NONE;
  }

  private void hold(int agent, Holding holding) {
    if (agent >= holdings.length) {
      holdings = Arrays.copyOf(holdings, Math.max(agent + 1, 2 * holdings.length));
    }
    holdings[agent] = holding;
  }

  /** From now on an agent holds what another one does. */
  public void copy(int from, int to) {
    hold(to, holding(from));
  }

  /** Returns the set of locks that an agent holds. */
  public int held(int agent) {
    return holding(agent).set;
  }

  /**
   * An agent holds a lock from now on.
   *
   * @param serial tells this taking of it from others
   */
  public void acquired(int agent, int lock, long serial) {
    Holding old = holding(agent);
    int count = old.locks.length;
    int[] locks = Arrays.copyOf(old.locks, count + 1);
    long[] when = Arrays.copyOf(old.taken, count + 1);
    locks[count] = lock;
    when[count] = serial;
    hold(agent, new Holding(sets.with(old.set, lock), locks, when));
  }

  /** An agent does not hold a lock any more. */
  public void released(int agent, int lock) {
    Holding old = holding(agent);
    int at = -1;
    for (int i = 0; i < old.locks.length; i++) {
      at = old.locks[i] == lock ? i : at;
    }
    if (at < 0) {
      return;
    }
    int left = old.locks.length - 1;
    int[] locks = new int[left];
    long[] when = new long[left];
    for (int i = 0, to = 0; i <= left; i++) {
      if (i != at) {
        locks[to] = old.locks[i];
        when[to++] = old.taken[i];
      }
    }
    boolean again = Arrays.stream(locks).anyMatch(other -> other == lock);
    hold(agent, new Holding(again ? old.set : sets.without(old.set, lock), locks, when));
  }

  // --- accesses

  private Variable variable(int cell) {
    if (cell >= variables.length) {
      variables = Arrays.copyOf(variables, Math.max(cell + 1, 2 * variables.length));
    }
    if (variables[cell] == null) {
      variables[cell] = new Variable();
    }
    return variables[cell];
  }

  /**
   * Returns what is known of a variable, or null if it was never accessed.
   *
   * @param cell its number
   */
  public Variable of(int cell) {
    return cell < variables.length ? variables[cell] : null;
  }

  /**
   * An agent accesses a variable; returns whether that loses an update.
   *
   * @param place where that stands
   * @param holder whose locks count, where agents run on others
   */
  public boolean access(int cell, int agent, boolean write, boolean atomic, int place, int holder) {
    Variable variable = variable(cell);
    variable.accesses++;
    find(variable, agent);
    variable.lastCounts[write ? 1 : 0]++;
    Holding now = holding(holder);
    if (atomic) {
      variable.atomic = true;
    } else {
      variable.plain = true;
      share(variable, agent, write, now.set);
    }
    if (!write) {
      noteLoad(variable, agent, place, now);
      return false;
    }
    boolean lost = !atomic && isLost(variable, place, now);
    variable.version++;
    if (variable.lastLoaded != null) {
      variable.lastLoaded.version = NOTHING;
    }
    return lost;
  }

  private void find(Variable variable, int agent) {
    if (variable.lastAgent == agent) {
      return;
    }
    long[] counts = variable.byAgent.get(agent);
    if (counts == null) {
      counts = new long[2];
      variable.byAgent.put(agent, counts);
      variable.order.add(agent);
    }
    variable.lastAgent = agent;
    variable.lastCounts = counts;
    variable.lastLoaded = variable.loads.get(agent);
  }

  private void share(Variable variable, int agent, boolean write, int held) {
    if (variable.lastSet != held) {
      variable.lastSet = held;
      variable.lastUses = variable.usesOf.computeIfAbsent(held, set -> new long[1]);
    }
    variable.lastUses[0]++;
    if (variable.firstAgent < 0) {
      variable.firstAgent = agent;
    }
    if (variable.sharing == Sharing.EXCLUSIVE) {
      if (variable.firstAgent == agent) {
        return;
      }
      variable.candidates = held;
      variable.sharing = write ? Sharing.SHARED_MODIFIED : Sharing.SHARED;
    } else {
      variable.candidates = sets.common(variable.candidates, held);
      if (write) {
        variable.sharing = Sharing.SHARED_MODIFIED;
      }
    }
  }

  private static void noteLoad(Variable variable, int agent, int place, Holding now) {
    if (variable.lastLoaded == null) {
      variable.lastLoaded = new Loaded();
      variable.loads.put(agent, variable.lastLoaded);
    }
    Loaded loaded = variable.lastLoaded;
    loaded.version = variable.version;
    loaded.place = place;
    loaded.holding = now;
  }

  /** Says whether a plain store loses an update, and notes a load that does not cover it. */
  private static boolean isLost(Variable variable, int place, Holding now) {
    Loaded loaded = variable.lastLoaded;
    if (loaded == null || loaded.version == NOTHING) {
      return false;
    }
    boolean lost = loaded.version < variable.version;
    variable.lost += lost ? 1 : 0;
    if (!now.covers(loaded.holding)) {
      Broken broken = variable.lastBroken;
      if (broken == null || broken.loadPlace != loaded.place || broken.storePlace != place) {
        broken = variable.broken(loaded.place, place);
      }
      broken.times++;
      broken.lost += lost ? 1 : 0;
    }
    return lost;
  }
}
