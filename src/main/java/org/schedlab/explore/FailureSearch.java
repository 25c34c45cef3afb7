package org.schedlab.explore;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Looks for schedules that go wrong as cheaply as can be: with the fewest preemptions or delays,
 * and of those with the fewest steps. It goes from state to state, the cheapest way first.
 */
public final class FailureSearch {
  /** What goes wrong. */
  public enum Kind {
    /** An assertion is false, or what must hold in the end. */
    ASSERT,
    /** No thread can go on, and not all have ended. */
    DEADLOCK
  }

  /**
   * A schedule that goes wrong.
   *
   * @param cost how many preemptions or delays it takes; 0 where only steps count
   * @param schedule the threads of its steps, up to where it shows
   */
  public record Witness(Kind kind, int cost, int[] schedule) {}

  /** A way that has come to a state. */
  private static final class Way {
    private final State state;
    private final Way before;
    private final int last;
    private final int cost;
    private final int length;
    private final boolean failed;

    /** Tells the ways apart that cost the same: those by the first threads come first. */
    private final int order;

    Way(State state, Way before, int last, int cost, int length, int order) {
      this.state = state;
      this.before = before;
      this.last = last;
      this.cost = cost;
      this.length = length;
      this.order = order;
      this.failed = !state.failed().isEmpty();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Way way
          && last == way.last
          && failed == way.failed
          && state.equals(way.state);
    }

    @Override
    public int hashCode() {
      return (31 * state.hashCode() + last) * 2 + (failed ? 1 : 0);
    }

    int[] schedule() {
      int[] schedule = new int[length];
      Way way = this;
      for (int i = length - 1; i >= 0; i--) {
        schedule[i] = way.last;
        way = way.before;
      }
      return schedule;
    }
  }

  private final Steps steps;
  private final Judge judge;
  private final Rule.Cost cost;
  private final Budget budget;
  private final Set<Kind> wanted;
  private final Map<Kind, Witness> found = new EnumMap<>(Kind.class);
  private Witness cheapest;

  /** Adds the schedule of an outcome for what goes wrong in it, where there is none yet. */
  static void add(Outcome outcome, int[] schedule, Map<Kind, int[]> failures) {
    if (schedule == null) {
      return;
    }
    if (outcome.deadlock()) {
      failures.putIfAbsent(Kind.DEADLOCK, schedule);
    }
    if (outcome.failed()) {
      failures.putIfAbsent(Kind.ASSERT, schedule);
    }
  }

  private FailureSearch(
      Machine machine, Judge judge, Rule.Cost cost, Set<Kind> wanted, Budget budget) {
    this.steps = new Steps(machine);
    this.judge = judge;
    this.cost = cost;
    this.budget = budget;
    this.wanted = EnumSet.copyOf(wanted);
  }

  /**
   * Looks for the fewest preemptions: switches away from a thread that could go on.
   *
   * @param kinds what is looked for, one at least
   */
  public static FailureSearch ofPreemptions(
      Machine machine, Judge judge, Set<Kind> kinds, Budget budget) {
    return of(machine, judge, Rule::preemptionCost, kinds, budget, -1);
  }

  /** Looks for the fewest delays: threads passed over that could go on, in round robin. */
  public static FailureSearch ofDelays(
      Machine machine, Judge judge, Set<Kind> kinds, Budget budget) {
    return of(machine, judge, Rule::delayCost, kinds, budget, 0);
  }

  /** Looks for the fewest steps. */
  public static FailureSearch ofSteps(
      Machine machine, Judge judge, Set<Kind> kinds, Budget budget) {
    return of(machine, judge, (last, slot, enabled) -> 0, kinds, budget, -1);
  }

  private static FailureSearch of(
      Machine machine, Judge judge, Rule.Cost cost, Set<Kind> kinds, Budget budget, int first) {
    FailureSearch search = new FailureSearch(machine, judge, cost, kinds, budget);
    search.run(first);
    return search;
  }

  private void run(int first) {
    PriorityQueue<Way> open =
        new PriorityQueue<>(
            Comparator.<Way>comparingInt(way -> way.cost)
                .thenComparingInt(way -> way.length)
                .thenComparingInt(way -> way.order));
    Set<Way> seen = new HashSet<>();
    int made = 0;
    open.add(new Way(steps.initial(), null, first, 0, 0, 0));
    while (!open.isEmpty() && !wanted.isEmpty()) {
      if (seen.size() > budget.states() || budget.isOver().getAsBoolean()) {
        return;
      }
      Way way = open.poll();
      if (!seen.add(way)) {
        continue;
      }
      long enabled = Census.enabled(steps, way.state);
      judge(way, enabled);
      for (long rest = enabled; rest != 0; rest &= rest - 1) {
        int slot = Long.numberOfTrailingZeros(rest);
        int spent = way.cost + cost.of(way.last, slot, enabled);
        open.add(new Way(steps.step(way.state, slot), way, slot, spent, way.length + 1, ++made));
      }
    }
  }

  private void judge(Way way, long enabled) {
    if (way.failed) {
      tell(Kind.ASSERT, way);
    }
    if (enabled == 0) {
      Outcome outcome = Outcome.of(way.state, false, judge);
      if (outcome.deadlock()) {
        tell(Kind.DEADLOCK, way);
      } else if (outcome.failed()) {
        tell(Kind.ASSERT, way);
      }
    }
  }

  private void tell(Kind kind, Way way) {
    if (wanted.remove(kind)) {
      Witness witness = new Witness(kind, way.cost, way.schedule());
      found.put(kind, witness);
      cheapest = cheapest == null ? witness : cheapest;
    }
  }

  /** Returns the cheapest schedule that goes wrong, or null if none was found. */
  public Witness cheapest() {
    return cheapest;
  }

  /** Returns the cheapest schedule of each kind that was found. */
  public Map<Kind, Witness> byKind() {
    return found;
  }
}
