package org.schedlab.races;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds data races in one sequence of events. Whether an access races is seen from the last write
 * and the last read, as epochs, with a read of each agent only where reads are not ordered
 * (FastTrack: Flanagan and Freund, PLDI 2009); after a variable's first race, from all accesses
 * kept. With what it races is then looked up among the last accesses of agents at every place, so
 * that each pair of places is found, once.
 */
public final class RaceDetector {
  /** An access with the clock of its agent. */
  private record Stamped(Access access, int clock) {}

  /** A pair of accesses, as the scenario writes them. */
  private record Pair(
      int cell,
      int firstAgent,
      int firstPlace,
      boolean firstWrite,
      int secondAgent,
      int secondPlace,
      boolean secondWrite) {}

  /** Of a variable, how many accesses are kept, unless all are. */
  private static final int MOST_KEPT = 64;

  private static final class Cell {
    private Stamped write;

    /** The last read, where all reads so far are ordered. */
    private Stamped read;

    /** By agent, the last read of each; null while reads are ordered. */
    private List<Stamped> reads;

    /** The last atomic accesses of each agent: they race with others only. */
    private List<Stamped> atomics;

    /** The last access of each agent at each place. */
    private final List<Stamped> all = new ArrayList<>(2);

    /** Which of them gives its place up when there is no room. */
    private int oldest;

    /** Whether epochs say nothing any more. */
    private boolean racy;

    // What the agent that came by last has done since nobody else did, by whether it wrote.
    private int lastAgent = -1;
    private final int[] lastPlace = new int[2];
    private final int[] lastClock = new int[2];
  }

  private final HappensBefore order;
  private final int limit;
  private final boolean keepAll;
  private Cell[] cells = new Cell[16];
  private final Set<Pair> told = new HashSet<>();
  private final List<Race> races = new ArrayList<>();
  private long pairs;

  /**
   * @param limit so many pairs are kept; more are counted
   * @param keepAll whether no access is forgotten for speed: then every pair of this sequence is
   *     found, and pairs of other agents at the same places are pairs of their own
   */
  public RaceDetector(HappensBefore order, int limit, boolean keepAll) {
    this.order = order;
    this.limit = limit;
    this.keepAll = keepAll;
  }

  private Cell cell(int number) {
    if (number >= cells.length) {
      cells = Arrays.copyOf(cells, Math.max(number + 1, 2 * cells.length));
    }
    if (cells[number] == null) {
      cells[number] = new Cell();
      cells[number].racy = keepAll;
    }
    return cells[number];
  }

  /**
   * An agent accesses a variable.
   *
   * @param place where that stands
   * @param locks the set of locks that it holds
   * @return whether a pair of places races that has not been told before
   */
  public boolean access(
      int number, int agent, boolean write, boolean atomic, int place, long time, int locks) {
    Cell cell = cell(number);
    int clock = order.clock(agent);
    if (isRepeated(cell, agent, write, atomic, place, clock)) {
      return false;
    }
    Access access = new Access(agent, write, atomic, place, time, locks);
    long before = pairs;
    if (!cell.racy) {
      cell.racy = races(cell, access);
      if (!cell.racy) {
        note(cell, new Stamped(access, clock));
      }
    }
    if (cell.racy) {
      tellAll(number, cell, access);
    }
    keep(cell, new Stamped(access, clock));
    return pairs > before;
  }

  /**
   * Says whether the agent has done the same there, with nobody else and nothing ordering since.
   */
  private static boolean isRepeated(
      Cell cell, int agent, boolean write, boolean atomic, int place, int clock) {
    int kind = write ? 1 : 0;
    if (cell.lastAgent != agent) {
      cell.lastAgent = agent;
      cell.lastClock[0] = 0;
      cell.lastClock[1] = 0;
    } else if (!atomic && cell.lastClock[kind] == clock && cell.lastPlace[kind] == place) {
      return true;
    }
    cell.lastClock[kind] = atomic ? 0 : clock;
    cell.lastPlace[kind] = place;
    return false;
  }

  private boolean isUnordered(Stamped earlier, Access later) {
    return !order.isBefore(earlier.access.agent(), earlier.clock, later.agent());
  }

  /** Says whether an access is the first one of a variable that races. */
  private boolean races(Cell cell, Access access) {
    if (cell.write != null && isUnordered(cell.write, access)) {
      return true;
    }
    if (access.write()) {
      if (cell.read != null && isUnordered(cell.read, access)) {
        return true;
      }
      for (int i = 0; cell.reads != null && i < cell.reads.size(); i++) {
        if (isUnordered(cell.reads.get(i), access)) {
          return true;
        }
      }
    }
    for (int i = 0; !access.atomic() && cell.atomics != null && i < cell.atomics.size(); i++) {
      Stamped atomic = cell.atomics.get(i);
      if ((access.write() || atomic.access.write()) && isUnordered(atomic, access)) {
        return true;
      }
    }
    return false;
  }

  private void note(Cell cell, Stamped stamped) {
    Access access = stamped.access;
    if (access.atomic()) {
      cell.atomics = cell.atomics == null ? new ArrayList<>(2) : cell.atomics;
      replace(cell.atomics, stamped);
    } else if (access.write()) {
      // All reads so far come before it.
      cell.write = stamped;
      cell.read = null;
      cell.reads = null;
    } else if (cell.reads != null) {
      replace(cell.reads, stamped);
    } else if (cell.read == null || !isUnordered(cell.read, access)) {
      cell.read = stamped;
    } else {
      cell.reads = new ArrayList<>(List.of(cell.read, stamped));
      cell.read = null;
    }
  }

  /** Puts an access in place of the same agent's last one. */
  private static void replace(List<Stamped> list, Stamped stamped) {
    Access access = stamped.access;
    for (int i = 0; i < list.size(); i++) {
      Access other = list.get(i).access;
      if (other.agent() == access.agent() && other.write() == access.write()) {
        list.set(i, stamped);
        return;
      }
    }
    list.add(stamped);
  }

  /** Keeps the last access of an agent at a place. */
  private void keep(Cell cell, Stamped stamped) {
    Access access = stamped.access;
    for (int i = 0; i < cell.all.size(); i++) {
      Access other = cell.all.get(i).access;
      if (other.agent() == access.agent()
          && other.place() == access.place()
          && other.write() == access.write()
          && other.atomic() == access.atomic()) {
        cell.all.set(i, stamped);
        return;
      }
    }
    if (keepAll || cell.all.size() < MOST_KEPT) {
      cell.all.add(stamped);
    } else {
      cell.all.set(cell.oldest, stamped);
      cell.oldest = (cell.oldest + 1) % MOST_KEPT;
    }
  }

  /** Tells of all that an access races with. */
  private void tellAll(int number, Cell cell, Access access) {
    for (Stamped earlier : cell.all) {
      Access other = earlier.access;
      boolean conflict = (access.write() || other.write()) && !(access.atomic() && other.atomic());
      if (conflict && isUnordered(earlier, access)) {
        tell(number, other, access);
      }
    }
  }

  private void tell(int cell, Access first, Access second) {
    if (told.add(pair(cell, first, second))) {
      pairs++;
      if (races.size() < limit) {
        races.add(new Race(cell, first, second));
      }
    }
  }

  private Pair pair(int cell, Access first, Access second) {
    int order =
        keepAll
            ? Integer.compare(first.agent(), second.agent())
            : Integer.compare(2 * first.place() + bit(first), 2 * second.place() + bit(second));
    Access one = order > 0 ? second : first;
    Access two = order > 0 ? first : second;
    return new Pair(
        cell,
        keepAll ? one.agent() : 0,
        one.place(),
        one.write(),
        keepAll ? two.agent() : 0,
        two.place(),
        two.write());
  }

  private static int bit(Access access) {
    return access.write() ? 1 : 0;
  }

  /** Returns the races, each pair of places once, in the order of their finding. */
  public List<Race> races() {
    return Collections.unmodifiableList(races);
  }

  /** Returns how many pairs there are in all. */
  public long pairs() {
    return pairs;
  }
}
