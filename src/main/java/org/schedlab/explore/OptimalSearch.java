package org.schedlab.explore;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Opcode;

/**
 * Runs one schedule of each trace: Optimal-DPOR (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014 and
 * JACM 2017), with sleep sets and wakeup trees. After each schedule it looks for pairs of dependent
 * steps whose order could have been the other one, and notes beginnings that lead there.
 *
 * <p>Where a thread may have to wait, as for a lock, a pair need not stand side by side: the
 * schedule goes lock, unlock, lock, and what can be turned round are the locks. So such a step is
 * tried before each step that it depends on, and looked at if it could be made there. Steps that
 * threads never came to make, because they are stuck, are tried in the same way.
 */
final class OptimalSearch {
  /** Hears of what is found. */
  interface Listener {
    /** A step was added to the path. */
    void stepped(Path path);

    /** The last step is taken back. */
    void back(Path path);

    /** No thread goes on. */
    void ended(Path path);
  }

  private final Steps steps;
  private final Machine machine;
  private final Listener listener;
  private final Budget budget;
  private final Path path;
  private final Beginning beginning = new Beginning();
  private final List<Event> dropped = new ArrayList<>();
  private long executions;
  private long redundant;
  private boolean complete = true;
  private boolean endless;

  OptimalSearch(Machine machine, Listener listener, Budget budget) {
    this.machine = machine;
    this.steps = new Steps(machine);
    this.listener = listener;
    this.budget = budget;
    this.path = new Path(machine, steps);
  }

  /** Looks at every trace, or as many as the budget allows. */
  void run() {
    path.begin();
    while (!path.isEmpty()) {
      Moment moment = path.last();
      if (!moment.entered) {
        moment.entered = true;
        if (!enter(moment)) {
          leave();
          continue;
        }
      }
      if (moment.todo.isEmpty()) {
        leave();
      } else if (endless || executions >= budget.executions() || budget.isOver().getAsBoolean()) {
        complete = false;
        return;
      } else {
        step(moment, moment.todo.get(0));
      }
    }
  }

  /** Says whether a schedule goes on from a moment. */
  private boolean enter(Moment moment) {
    if (moment.enabled == 0) {
      budget.progress().ran(++executions);
      listener.ended(path);
      findRaces();
      return false;
    }
    if (!moment.todo.isEmpty()) {
      return true;
    }
    long ways = moment.enabled & ~moment.asleep;
    if (ways == 0) {
      redundant++;
      return false;
    }
    if (path.length() >= budget.steps() || isRound(moment)) {
      // Orders of steps in a circle have no end: whoever counts states is to go on.
      endless = true;
      return false;
    }
    int slot = Long.numberOfTrailingZeros(ways);
    moment.todo.add(new WakeupTree(slot, steps.footprint(moment.state, slot)));
    return true;
  }

  /** Says whether a schedule has come back to a state that was before. */
  private boolean isRound(Moment moment) {
    for (int i = machine.mayLoop() ? path.length() - 1 : -1; i >= 0; i--) {
      State before = path.moment(i).state;
      if (before.hashCode() == moment.state.hashCode() && before.equals(moment.state)) {
        return true;
      }
    }
    return false;
  }

  private void step(Moment moment, WakeupTree way) {
    Event event = path.push(way.slot);
    Moment after = path.last();
    after.todo = way.after;
    for (long rest = moment.asleep; rest != 0; rest &= rest - 1) {
      int other = Long.numberOfTrailingZeros(rest);
      if (!Footprints.conflict(steps.footprint(moment.state, other), event.footprint)) {
        after.asleep |= 1L << other;
      }
    }
    listener.stepped(path);
  }

  private void leave() {
    if (path.length() > 0) {
      listener.back(path);
    }
    path.pop();
    if (!path.isEmpty()) {
      Moment moment = path.last();
      moment.asleep |= 1L << moment.todo.remove(0).slot;
    }
  }

  // --- steps that could come in another order

  private void findRaces() {
    for (int i = path.length() - 1; i > 0; i--) {
      findRaces(path.event(i), i);
    }
    Moment end = path.last();
    for (int slot = 0; slot < end.state.threads.length; slot++) {
      if ((end.enabled & 1L << slot) == 0 && isKept(end.state, slot)) {
        ThreadState thread = end.state.thread(slot);
        Event pending =
            new Event(
                slot,
                Event.at(end.clocks[slot], slot) + 1,
                thread.next,
                steps.footprint(end.state, slot),
                true,
                false,
                end.clocks[slot]);
        path.describe(pending, thread);
        findRaces(pending, path.length());
      }
    }
  }

  private static boolean isKept(State state, int slot) {
    ThreadState thread = state.thread(slot);
    return thread != null
        && (thread.phase == ThreadState.Phase.RUNNING
            || thread.phase == ThreadState.Phase.REACQUIRING);
  }

  private void findRaces(Event later, int index) {
    int[] before = later.base;
    for (int i = index - 1; i >= 0; i--) {
      Event earlier = path.event(i);
      if (earlier.slot == later.slot
          || Event.at(before, earlier.slot) >= earlier.number
          || !Footprints.conflict(earlier.footprint, later.footprint)) {
        continue;
      }
      turnRound(i, earlier, later);
      if (!later.mayWait) {
        // What comes before this one is not next to the later step.
        before = Clocks.join(before, earlier.clock);
      }
    }
  }

  /** Notes that the later step should be tried before the earlier one. */
  private void turnRound(int index, Event earlier, Event later) {
    collect(index, earlier, later, null);
    int[] footprint = later.footprint;
    if (later.mayWait || !later.fixed) {
      State state = run(index);
      if (!canStep(state, later)) {
        collect(index, earlier, later, state);
        state = run(index);
        if (!canStep(state, later)) {
          return;
        }
      }
      footprint = steps.footprint(state, later.slot);
    }
    beginning.setLast(later.slot, footprint, later.base);
    if (later.channel != Event.NONE) {
      int ordinal = 1 + path.messages(index, later.channel, later.sends());
      ordinal += beginning.messages(later.channel, later.sends());
      beginning.setMessage(later.channel, ordinal, later.sends(), later.capacity);
    }
    Moment moment = path.moment(index);
    for (long rest = moment.asleep; rest != 0; rest &= rest - 1) {
      int other = Long.numberOfTrailingZeros(rest);
      if (beginning.mayBeginWith(other, steps.footprint(moment.state, other))) {
        return;
      }
    }
    WakeupTree.insert(moment.todo, moment.todo.get(0), beginning);
  }

  /**
   * Collects the steps after one moment that do not depend on its next step.
   *
   * @param stuck null; or a state in which readers keep the later step out: those go, too
   */
  private void collect(int index, Event earlier, Event later, State stuck) {
    beginning.clear();
    dropped.clear();
    for (int i = index + 1; i < path.length(); i++) {
      Event event = path.event(i);
      if (event == later || event.follows(earlier)) {
        continue;
      }
      boolean needed = stuck == null || Event.at(later.base, event.slot) >= event.number;
      if (!needed && mustGo(event, later, stuck)) {
        dropped.add(event);
      } else {
        beginning.add(event);
      }
    }
  }

  private boolean mustGo(Event event, Event later, State stuck) {
    for (Event gone : dropped) {
      if (event.follows(gone)) {
        return true;
      }
    }
    return event.instruction.opcode == Opcode.RW_LOCK
        && Footprints.conflict(event.footprint, later.footprint)
        && steps.holds(stuck, event.slot, event.instruction);
  }

  /** Returns what the steps collected lead to. */
  private State run(int index) {
    State state = path.moment(index).state;
    for (int i = 0; i < beginning.count(); i++) {
      state = steps.step(state, beginning.event(i).slot);
    }
    return state;
  }

  private boolean canStep(State state, Event event) {
    ThreadState thread = state.thread(event.slot);
    return thread != null && thread.next == event.instruction && steps.isEnabled(state, event.slot);
  }

  // --- what came of it

  /** Returns how many schedules were run from beginning to end. */
  long executions() {
    return executions;
  }

  /** Returns how many were given up because another one leads to the same; none should be. */
  long redundant() {
    return redundant;
  }

  /** Says whether every trace was looked at. */
  boolean isComplete() {
    return complete && !endless;
  }

  /** Says whether some schedule goes on without end. */
  boolean isEndless() {
    return endless;
  }
}
