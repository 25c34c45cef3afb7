package org.schedlab.races;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds data races in one sequence of events. As long as a variable has none, it keeps of it the
 * last write and the last read, as epochs, and a read of each agent only where reads are not
 * ordered (FastTrack: Flanagan and Freund, PLDI 2009). From its first race on it keeps the last
 * accesses of agents at every place, so that each pair of places is found, once.
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

  /** Of a variable with races, how many accesses are kept, unless all are. */
  private static final int MOST_KEPT = 64;

  private static final class Cell {
    private Stamped write;

    /** The last read, where all reads so far are ordered. */
    private Stamped read;

    /** By agent, the last read of each; null while reads are ordered. */
    private List<Stamped> reads;

    /** The last atomic accesses of each agent: they race with others only. */
    private List<Stamped> atomics;

    /** The last access of each agent at each place; null before the first race. */
    private List<Stamped> all;
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
      cells[number].all = keepAll ? new ArrayList<>(2) : null;
    }
    return cells[number];
  }

  /** An agent accesses a variable; returns whether that races with an access before. */
  public boolean access(int number, Access access) {
    Cell cell = cell(number);
    int clock = order.clock(access.agent());
    if (cell.all != null) {
      return checkAll(number, cell, access, clock);
    }
    boolean races =
        access.atomic()
            ? checkAtomic(number, cell, access)
            : checkPlain(number, cell, access, clock);
    if (races) {
      keepAllFromNow(cell);
      replace(cell.all, new Stamped(access, clock), true);
    } else {
      note(cell, new Stamped(access, clock));
    }
    return races;
  }

  private boolean isUnordered(Stamped earlier, Access later) {
    return earlier != null && !order.isBefore(earlier.access.agent(), earlier.clock, later.agent());
  }

  private boolean checkPlain(int number, Cell cell, Access access, int clock) {
    if (sameEpoch(cell, access, clock)) {
      return false;
    }
    boolean found = check(number, cell.write, access);
    if (cell.atomics != null) {
      for (Stamped atomic : cell.atomics) {
        found |= (access.write() || atomic.access.write()) && check(number, atomic, access);
      }
    }
    return access.write() ? checkReads(number, cell, access) | found : found;
  }

  /** Says whether the agent has done the same since anything that orders. */
  private static boolean sameEpoch(Cell cell, Access access, int clock) {
    Stamped last = access.write() ? cell.write : cell.read;
    return last != null
        && last.clock == clock
        && last.access.agent() == access.agent()
        && cell.reads == null
        && cell.atomics == null
        && (!access.write() || cell.read == null || cell.read.access.agent() == access.agent());
  }

  private boolean checkReads(int number, Cell cell, Access access) {
    if (cell.reads == null) {
      return check(number, cell.read, access);
    }
    boolean found = false;
    for (Stamped read : cell.reads) {
      found |= check(number, read, access);
    }
    return found;
  }

  private boolean checkAtomic(int number, Cell cell, Access access) {
    boolean found = check(number, cell.write, access);
    return access.write() ? checkReads(number, cell, access) | found : found;
  }

  private boolean check(int number, Stamped earlier, Access later) {
    if (!isUnordered(earlier, later)) {
      return false;
    }
    tell(number, earlier.access, later);
    return true;
  }

  private void note(Cell cell, Stamped stamped) {
    Access access = stamped.access;
    if (access.atomic()) {
      cell.atomics = cell.atomics == null ? new ArrayList<>(2) : cell.atomics;
      replace(cell.atomics, stamped, false);
    } else if (access.write()) {
      // All reads so far come before it.
      cell.write = stamped;
      cell.read = null;
      cell.reads = null;
    } else if (cell.reads != null) {
      replace(cell.reads, stamped, false);
    } else if (cell.read == null || !isUnordered(cell.read, access)) {
      cell.read = stamped;
    } else {
      cell.reads = new ArrayList<>(List.of(cell.read, stamped));
    }
  }

  /** Puts an access in place of the same agent's last one, of the same kind. */
  private static void replace(List<Stamped> list, Stamped stamped, boolean byPlace) {
    Access access = stamped.access;
    for (int i = 0; i < list.size(); i++) {
      Access other = list.get(i).access;
      boolean same = other.agent() == access.agent() && other.write() == access.write();
      if (same
          && (!byPlace || other.place() == access.place() && other.atomic() == access.atomic())) {
        list.set(i, stamped);
        return;
      }
    }
    list.add(stamped);
  }

  private static void keepAllFromNow(Cell cell) {
    cell.all = new ArrayList<>(8);
    if (cell.write != null) {
      cell.all.add(cell.write);
    }
    if (cell.reads != null) {
      cell.all.addAll(cell.reads);
    } else if (cell.read != null) {
      cell.all.add(cell.read);
    }
    if (cell.atomics != null) {
      cell.all.addAll(cell.atomics);
    }
  }

  private boolean checkAll(int number, Cell cell, Access access, int clock) {
    boolean found = false;
    for (Stamped earlier : cell.all) {
      Access other = earlier.access;
      boolean conflict = (access.write() || other.write()) && !(access.atomic() && other.atomic());
      if (conflict && isUnordered(earlier, access)) {
        tell(number, other, access);
        found = true;
      }
    }
    if (!keepAll && cell.all.size() == MOST_KEPT) {
      cell.all.remove(0);
    }
    replace(cell.all, new Stamped(access, clock), true);
    return found;
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
