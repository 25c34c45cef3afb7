package org.schedlab.explore;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts schedules without running each: all that come to one state by equally many steps are
 * followed together, with their number.
 */
public final class Census {
  /** Schedules that have come to one state. */
  private static final class Group {
    private final State state;
    private final long mark;
    private final boolean failed;

    Group(State state, long mark, boolean failed) {
      this.state = state;
      this.mark = mark;
      this.failed = failed;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Group group
          && mark == group.mark
          && failed == group.failed
          && state.equals(group.state);
    }

    @Override
    public int hashCode() {
      return (31 * state.hashCode() + Long.hashCode(mark)) * 2 + (failed ? 1 : 0);
    }
  }

  private final Steps steps;
  private final Judge judge;
  private final Rule rule;
  private final Budget budget;
  private final Map<Outcome, BigInteger> counts = new LinkedHashMap<>();
  private final Map<Integer, Map<Outcome, BigInteger>> byCost = new HashMap<>();
  private Map<Group, BigInteger> level = new HashMap<>();
  private boolean complete = true;

  private Census(Steps steps, Judge judge, Rule rule, Budget budget) {
    this.steps = steps;
    this.judge = judge;
    this.rule = rule;
    this.budget = budget;
  }

  /** Counts every schedule. */
  public static Census ofInterleavings(Machine machine, Judge judge, Budget budget) {
    return of(new Steps(machine), judge, Rule.all(), budget);
  }

  /** Counts classes of schedules that differ only in the order of independent steps. */
  public static Census ofTraces(Machine machine, Judge judge, Budget budget) {
    Steps steps = new Steps(machine);
    return of(steps, judge, Rule.traces(steps), budget);
  }

  /** Counts the schedules with up to so many preemptions. */
  public static Census ofPreemptions(Machine machine, Judge judge, int most, Budget budget) {
    return of(new Steps(machine), judge, Rule.preemptions(most), budget);
  }

  /** Counts the schedules with up to so many delays. */
  public static Census ofDelays(Machine machine, Judge judge, int most, Budget budget) {
    return of(new Steps(machine), judge, Rule.delays(most), budget);
  }

  private static Census of(Steps steps, Judge judge, Rule rule, Budget budget) {
    Census census = new Census(steps, judge, rule, budget);
    census.run();
    return census;
  }

  private void run() {
    State initial = steps.initial();
    level.put(new Group(initial, rule.start(), !initial.failed().isEmpty()), BigInteger.ONE);
    for (int depth = 0; !level.isEmpty(); depth++) {
      if (depth > budget.steps()) {
        complete = false;
        return;
      }
      budget.progress().counts(depth, level.size());
      Map<Group, BigInteger> next = new HashMap<>();
      for (Map.Entry<Group, BigInteger> entry : level.entrySet()) {
        if (next.size() > budget.states() || budget.isOver().getAsBoolean()) {
          complete = false;
          return;
        }
        expand(entry.getKey(), entry.getValue(), next);
      }
      level = next;
    }
  }

  private void expand(Group group, BigInteger count, Map<Group, BigInteger> next) {
    State state = group.state;
    long enabled = enabled(steps, state);
    if (enabled == 0) {
      Outcome outcome = Outcome.of(state, group.failed, judge);
      counts.merge(outcome, count, BigInteger::add);
      byCost
          .computeIfAbsent(Rule.cost(group.mark), cost -> new LinkedHashMap<>())
          .merge(outcome, count, BigInteger::add);
      return;
    }
    for (long rest = enabled; rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      long mark = rule.next(state, group.mark, slot, enabled);
      if (mark != Rule.REFUSED) {
        State after = steps.step(state, slot);
        boolean failed = group.failed || !after.failed().isEmpty();
        next.merge(new Group(after, mark, failed), count, BigInteger::add);
      }
    }
  }

  /** Returns the threads that can go on, by their bits. */
  static long enabled(Steps steps, State state) {
    long enabled = 0;
    for (int slot = 0; slot < state.threads.length; slot++) {
      if (steps.isEnabled(state, slot)) {
        enabled |= 1L << slot;
      }
    }
    return enabled;
  }

  /** Returns how many schedules come to each outcome, in no order that means something. */
  public Map<Outcome, BigInteger> counts() {
    return counts;
  }

  /** Returns how many schedules come to each outcome at a cost of up to so much. */
  public Map<Outcome, BigInteger> countsUpTo(int cost) {
    Map<Outcome, BigInteger> sums = new LinkedHashMap<>();
    byCost.forEach(
        (spent, some) -> {
          if (spent <= cost) {
            some.forEach((outcome, count) -> sums.merge(outcome, count, BigInteger::add));
          }
        });
    return sums;
  }

  /** Returns how many schedules there are. */
  public BigInteger total() {
    return sum(counts);
  }

  static BigInteger sum(Map<Outcome, BigInteger> counts) {
    return counts.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Says whether all were counted. */
  public boolean isComplete() {
    return complete;
  }
}
