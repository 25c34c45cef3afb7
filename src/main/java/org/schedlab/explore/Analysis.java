package org.schedlab.explore;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Opcode;
import org.schedlab.program.SharedObject;

/**
 * What threads do to each other over all schedules: races, lost updates, locks wanted by who holds
 * others. It follows the search step by step, forwards and back, so that what schedules have in
 * common is looked at once.
 */
final class Analysis {
  private final Machine machine;
  private final Set<RacePair> races = new LinkedHashSet<>();
  private final Set<LockEdge> edges = new LinkedHashSet<>();
  private final Map<Integer, Integer> mostLost = new LinkedHashMap<>();
  private int[] lost;

  Analysis(Machine machine) {
    this.machine = machine;
    this.lost = new int[machine.cellCount()];
  }

  /** The last step of a path is new. */
  void stepped(Path path) {
    Event event = path.event(path.length() - 1);
    if (event.cell != Event.NONE) {
      lookForRaces(path, event);
      if (event.write && !event.atomic && losesUpdate(path, event)) {
        event.lost = true;
        lost = event.cell < lost.length ? lost : Arrays.copyOf(lost, machine.cellCount());
        mostLost.merge(event.cell, ++lost[event.cell], Math::max);
      }
    } else {
      want(path.moment(path.length() - 1).state, event.slot);
    }
  }

  /** The last step of a path is taken back. */
  void back(Path path) {
    Event event = path.event(path.length() - 1);
    if (event.lost) {
      lost[event.cell]--;
    }
  }

  /** A path is over; who is stuck wants a lock, too. */
  void ended(Path path) {
    State state = path.last().state;
    for (int slot = 0; slot < state.threads.length; slot++) {
      ThreadState thread = state.threads[slot];
      if (thread != null && thread.next != null) {
        want(state, slot);
      }
    }
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
        races.add(pair(earlier, event));
      }
    }
  }

  private static RacePair pair(Event one, Event two) {
    Event first = one.slot < two.slot ? one : two;
    Event second = one.slot < two.slot ? two : one;
    return new RacePair(
        one.cell,
        first.slot,
        first.instruction.location,
        first.write,
        second.slot,
        second.instruction.location,
        second.write);
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

  // --- locks

  private void want(State state, int slot) {
    ThreadState thread = state.thread(slot);
    int process = machine.thread(slot).process;
    int wanted;
    if (thread.phase == ThreadState.Phase.REACQUIRING) {
      wanted = machine.object(process, thread.next.mutex);
    } else if (thread.next.shared
        || thread.next.opcode != Opcode.LOCK && thread.next.opcode != Opcode.RW_LOCK) {
      return;
    } else {
      wanted = machine.object(process, thread.next.target);
    }
    for (int held = 0; held < state.objectCount(); held++) {
      if (holds(state, slot, held)) {
        edges.add(new LockEdge(held, wanted));
      }
    }
  }

  private boolean holds(State state, int slot, int object) {
    long[] content = state.object(object);
    if (machine.object(object) instanceof SharedObject.Mutex) {
      return content[0] == slot + 1;
    }
    if (!(machine.object(object) instanceof SharedObject.ReadersWriterLock)) {
      return false;
    }
    for (int i = 1; i < content.length; i++) {
      if (content[i] == slot) {
        return true;
      }
    }
    return content[0] == slot + 1;
  }

  // --- what came of it

  Set<RacePair> races() {
    return races;
  }

  Set<LockEdge> edges() {
    return edges;
  }

  /** Returns by cell how many updates one schedule loses at most. */
  Map<Integer, Integer> mostLost() {
    return mostLost;
  }
}
