package org.schedlab.explore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Goes through every state that some schedule comes to, each once. It counts nothing, and so it
 * comes to an end also where schedules do not, as long as there are finitely many states.
 */
final class Reach {
  /** A state, and how it was come to first. */
  private static final class Place {
    private final State state;
    private final boolean failed;
    private final Place before;
    private final int slot;
    private final int length;

    Place(State state, boolean failed, Place before, int slot) {
      this.state = state;
      this.failed = failed;
      this.before = before;
      this.slot = slot;
      this.length = before == null ? 0 : before.length + 1;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place place && failed == place.failed && state.equals(place.state);
    }

    @Override
    public int hashCode() {
      return 2 * state.hashCode() + (failed ? 1 : 0);
    }

    int[] schedule() {
      int[] schedule = new int[length];
      Place place = this;
      for (int i = length - 1; i >= 0; i--) {
        schedule[i] = place.slot;
        place = place.before;
      }
      return schedule;
    }
  }

  private final Map<Outcome, int[]> outcomes = new LinkedHashMap<>();
  private boolean complete = true;

  Reach(Machine machine, Judge judge, Budget budget) {
    Steps steps = new Steps(machine);
    Deque<Place> open = new ArrayDeque<>();
    Set<Place> seen = new HashSet<>();
    State initial = steps.initial();
    Place first = new Place(initial, !initial.failed().isEmpty(), null, 0);
    open.add(first);
    seen.add(first);
    while (!open.isEmpty()) {
      if (seen.size() > budget.states() || budget.isOver().getAsBoolean()) {
        complete = false;
        return;
      }
      Place place = open.poll();
      long enabled = Census.enabled(steps, place.state);
      if (enabled == 0) {
        Outcome outcome = Outcome.of(place.state, place.failed, judge);
        outcomes.computeIfAbsent(outcome, key -> place.schedule());
      }
      for (long rest = enabled; rest != 0; rest &= rest - 1) {
        int slot = Long.numberOfTrailingZeros(rest);
        State after = steps.step(place.state, slot);
        Place next = new Place(after, place.failed || !after.failed().isEmpty(), place, slot);
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
  }

  /** Returns the outcomes, each with a shortest schedule that comes to it. */
  Map<Outcome, int[]> outcomes() {
    return outcomes;
  }

  /** Says whether every state was seen. */
  boolean isComplete() {
    return complete;
  }
}
