package org.schedlab.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.schedlab.program.Opcode;
import org.schedlab.races.Access;
import org.schedlab.races.HappensBefore;
import org.schedlab.races.HappensBefore.Released;
import org.schedlab.races.LockSets;
import org.schedlab.races.Race;
import org.schedlab.races.RaceDetector;
import org.schedlab.races.SharedUse;

/**
 * Runs every schedule of a program from the beginning, one after the other, without reduction and
 * without states in common, and looks at each by itself.
 */
final class EverySchedule {
  /** A step of a schedule. */
  private record Done(int slot, int number, int[] footprint) {
    String name() {
      return slot + "." + number;
    }
  }

  private final Machine machine;
  private final Judge judge;
  private final Steps steps;
  private final int most;
  private final boolean analyses;
  private final List<Done> done = new ArrayList<>();
  private final List<State> states = new ArrayList<>();

  long schedules;
  final Set<String> traces = new TreeSet<>();
  final Map<String, Long> outcomes = new TreeMap<>();
  final Set<String> races = new TreeSet<>();
  final Map<Integer, Integer> mostLost = new TreeMap<>();

  /**
   * @param most with more schedules it gives up
   */
  EverySchedule(Machine machine, Judge judge, int most) {
    this(machine, judge, most, true);
  }

  /**
   * @param analyses whether it looks for races and lost updates, of threads of one process that are
   *     all there from the beginning
   */
  EverySchedule(Machine machine, Judge judge, int most, boolean analyses) {
    this.machine = machine;
    this.analyses = analyses;
    this.judge = judge;
    this.steps = new Steps(machine);
    this.most = most;
    go(steps.initial(), false);
  }

  boolean isTooLarge() {
    return schedules > most;
  }

  private void go(State state, boolean failed) {
    if (isTooLarge()) {
      return;
    }
    boolean any = false;
    for (int slot = 0; slot < state.threads.length; slot++) {
      if (steps.isEnabled(state, slot)) {
        any = true;
        int thread = slot;
        int number = 1 + (int) done.stream().filter(step -> step.slot == thread).count();
        done.add(new Done(slot, number, steps.footprint(state, slot)));
        states.add(state);
        State after = steps.step(state, slot);
        go(after, failed || !after.failed().isEmpty());
        states.remove(states.size() - 1);
        done.remove(done.size() - 1);
      }
    }
    if (!any) {
      schedules++;
      if (traces.add(canonical())) {
        outcomes.merge(Outcome.of(state, failed, judge).toString(), 1L, Long::sum);
      }
      if (analyses) {
        analyse();
      }
    }
  }

  /** Returns what schedules of one trace have in common: the order of dependent steps. */
  private String canonical() {
    Set<String> orders = new TreeSet<>();
    for (int i = 0; i < done.size(); i++) {
      orders.add(done.get(i).name());
      for (int j = i + 1; j < done.size(); j++) {
        if (Footprints.conflict(done.get(i).footprint, done.get(j).footprint)) {
          orders.add(done.get(i).name() + "<" + done.get(j).name());
        }
      }
    }
    return orders.toString();
  }

  // --- races and lost updates, as of one run

  private void analyse() {
    HappensBefore order = new HappensBefore();
    RaceDetector detector = new RaceDetector(order, Integer.MAX_VALUE, true);
    SharedUse use = new SharedUse(new LockSets());
    Map<String, Released> released = new HashMap<>();
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < done.size(); i++) {
      follow(i, order, detector, use, released, counts);
    }
    for (Race race : detector.races()) {
      races.add(text(race.cell(), race.first(), race.second()));
    }
    for (int cell = 0; cell < machine.cellCount(); cell++) {
      if (use.of(cell) != null && use.of(cell).lost() > 0) {
        mostLost.merge(cell, (int) use.of(cell).lost(), Math::max);
      }
    }
  }

  private static String text(int cell, Access one, Access two) {
    Access first = one.agent() < two.agent() ? one : two;
    Access second = first == one ? two : one;
    return cell + ": " + text(first) + " " + text(second);
  }

  private static String text(Access access) {
    return access.agent() + "@" + access.place() + (access.write() ? "w" : "r");
  }

  static String text(RacePair race) {
    return race.cell()
        + ": "
        + (race.first() + "@" + race.firstAt().line() + (race.firstWrites() ? "w" : "r"))
        + " "
        + (race.second() + "@" + race.secondAt().line() + (race.secondWrites() ? "w" : "r"));
  }

  private void follow(
      int index,
      HappensBefore order,
      RaceDetector detector,
      SharedUse use,
      Map<String, Released> released,
      Map<Integer, Integer> counts) {
    Done step = done.get(index);
    int slot = step.slot;
    State state = states.get(index);
    ThreadState thread = state.thread(slot);
    boolean modifies = Footprints.modifies(step.footprint);
    switch (thread.next.opcode) {
      case LOAD, STORE, FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP -> {
        int cell = steps.cell(slot, thread);
        boolean plain =
            (thread.next.opcode == Opcode.LOAD || thread.next.opcode == Opcode.STORE)
                && !thread.next.cell.atomic();
        if (!plain && thread.next.opcode != Opcode.STORE) {
          order.acquire(slot, of(released, "cell " + cell));
        }
        int line = thread.next.location.line();
        detector.access(cell, slot, modifies, !plain, line, index, 0);
        use.access(cell, slot, modifies, !plain, line, slot);
        if (!plain && modifies) {
          order.release(slot, of(released, "cell " + cell));
        }
      }
      case LOCK, SEM_WAIT -> {
        if (modifies) {
          order.acquire(slot, of(released, "object " + thread.next.target));
        }
      }
      case UNLOCK, SEM_POST -> order.release(slot, of(released, "object " + thread.next.target));
      case RW_LOCK -> {
        order.acquire(slot, of(released, "object " + thread.next.target));
        if (thread.next.flag) {
          order.acquire(slot, of(released, "readers " + thread.next.target));
        }
      }
      case RW_UNLOCK -> {
        boolean writer = state.object(thread.next.target)[0] == slot + 1;
        order.release(slot, of(released, (writer ? "object " : "readers ") + thread.next.target));
      }
      case COND_WAIT -> {
        Released mutex = of(released, "object " + thread.next.mutex);
        if (thread.phase == ThreadState.Phase.REACQUIRING) {
          order.acquire(slot, mutex);
        } else {
          order.release(slot, mutex);
        }
      }
      case BARRIER_WAIT -> {
        Released barrier = of(released, "object " + thread.next.target);
        order.release(slot, barrier);
        long[] waiting = state.object(thread.next.target);
        if (index + 1 < states.size() || waiting.length == 1) {
          State after = steps.step(state, slot);
          if (after.object(thread.next.target).length == 0) {
            order.acquire(slot, barrier);
            for (long waiter : waiting) {
              order.acquire((int) waiter, barrier);
            }
          }
        }
      }
      case SEND -> {
        int channel = thread.next.message.object();
        int number = counts.merge(2 * channel, 1, Integer::sum);
        order.release(slot, of(released, "message " + channel + " " + number));
      }
      case RECEIVE -> {
        int channel = thread.next.message.object();
        int number = counts.merge(2 * channel + 1, 1, Integer::sum);
        order.acquire(slot, of(released, "message " + channel + " " + number));
      }
      default -> {}
    }
  }

  private static Released of(Map<String, Released> all, String name) {
    return all.computeIfAbsent(name, key -> new Released());
  }
}
