package org.schedlab.explore;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What threads do to each other over all schedules: races, lost updates, locks that protect or do
 * not. It follows the search step by step, forwards and back, so that what schedules have in common
 * is looked at once.
 */
final class Analysis {
  private final Machine machine;
  private final Map<RacePair, HeldLocks> races = new LinkedHashMap<>();
  private final LockAnalysis locks;
  private final Map<Integer, Integer> mostLost = new LinkedHashMap<>();
  private int[] lost;

  Analysis(Machine machine) {
    this.machine = machine;
    this.locks = new LockAnalysis(machine);
    this.lost = new int[machine.cellCount()];
  }

  /** The last step of a path is new. */
  void stepped(Path path) {
    Event event = path.event(path.length() - 1);
    if (event.cell != Event.NONE) {
      locks.accessed(path, event);
      lookForRaces(path, event);
      if (event.write && !event.atomic && losesUpdate(path, event)) {
        event.lost = true;
        lost = event.cell < lost.length ? lost : Arrays.copyOf(lost, machine.cellCount());
        mostLost.merge(event.cell, ++lost[event.cell], Math::max);
      }
    } else {
      locks.wants(path.moment(path.length() - 1).state, event.slot);
    }
  }

  /** The last step of a path is taken back. */
  void back(Path path) {
    Event event = path.event(path.length() - 1);
    if (event.lost) {
      lost[event.cell]--;
    }
  }

  /** A path is over, and threads are stuck. */
  void ended(Path path) {
    locks.stuck(path);
  }

  // --- variables

  private void lookForRaces(Path path, Event event) {
    for (int i = path.length() - 2; i >= 0; i--) {
      Event earlier = path.event(i);
      boolean conflict =
          earlier.cell == event.cell
              && earlier.slot != event.slot
              && (earlier.write || event.write)
              && !(earlier.atomic && event.atomic);
      if (conflict && Event.at(event.known, earlier.slot) < earlier.number) {
        note(earlier, event);
      }
    }
  }

  private void note(Event one, Event two) {
    Event first = one.slot < two.slot ? one : two;
    Event second = first == one ? two : one;
    RacePair pair =
        new RacePair(
            one.cell,
            first.slot,
            first.instruction.location,
            first.write,
            second.slot,
            second.instruction.location,
            second.write);
    if (!races.containsKey(pair)) {
      races.put(pair, new HeldLocks(locks.names(first.held), locks.names(second.held)));
    }
  }

  /** Says whether others have written since the thread's own last load, which it builds on. */
  private static boolean losesUpdate(Path path, Event store) {
    boolean written = false;
    for (int i = path.length() - 2; i >= 0; i--) {
      Event earlier = path.event(i);
      if (earlier.cell == store.cell) {
        if (earlier.slot == store.slot) {
          return !earlier.write && written;
        }
        written |= earlier.write;
      }
    }
    return false;
  }

  // --- what came of it

  Map<RacePair, HeldLocks> races() {
    return races;
  }

  LockAnalysis locks() {
    return locks;
  }

  /** Returns by cell how many updates one schedule loses at most. */
  Map<Integer, Integer> mostLost() {
    return mostLost;
  }
}
