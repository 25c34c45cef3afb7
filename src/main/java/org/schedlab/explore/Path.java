package org.schedlab.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.schedlab.program.Instruction;
import org.schedlab.program.Opcode;
import org.schedlab.program.SharedObject;

/** The schedule that is being looked at: its steps, and the moments before, between and after. */
final class Path {
  private final Machine machine;
  private final Steps steps;
  private final List<Moment> moments = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  Path(Machine machine, Steps steps) {
    this.machine = machine;
    this.steps = steps;
  }

  void begin() {
    State state = steps.initial();
    int[][] nothing = new int[state.threads.length][];
    Arrays.fill(nothing, Clocks.NOTHING);
    moments.add(
        new Moment(
            state,
            Census.enabled(steps, state),
            nothing,
            nothing.clone(),
            !state.failed().isEmpty()));
  }

  int length() {
    return events.size();
  }

  Event event(int index) {
    return events.get(index);
  }

  Moment moment(int index) {
    return moments.get(index);
  }

  Moment last() {
    return moments.get(moments.size() - 1);
  }

  boolean isEmpty() {
    return moments.isEmpty();
  }

  /** Returns the threads of the steps, in order. */
  int[] schedule() {
    return events.stream().mapToInt(event -> event.slot).toArray();
  }

  /** Makes a step. */
  Event push(int slot) {
    Moment before = last();
    Event event = event(before, slot);
    State after = steps.step(before.state, slot);
    events.add(event);
    int[][] clocks = Arrays.copyOf(before.clocks, after.threads.length);
    int[][] known = Arrays.copyOf(before.known, after.threads.length);
    clocks[slot] = event.clock;
    known[slot] = event.known;
    tellOthers(before.state, after, event, clocks, known);
    boolean failed = before.failed || !after.failed().isEmpty();
    moments.add(new Moment(after, Census.enabled(steps, after), clocks, known, failed));
    return event;
  }

  /** Takes the last step back; of the first moment, ends. */
  void pop() {
    moments.remove(moments.size() - 1);
    if (!events.isEmpty()) {
      events.remove(events.size() - 1);
    }
  }

  /** Who is started or let go from a barrier knows what led to it. */
  private void tellOthers(State before, State after, Event event, int[][] clocks, int[][] known) {
    Opcode opcode = event.instruction.opcode;
    if (opcode == Opcode.START_THREAD || opcode == Opcode.SPAWN || opcode == Opcode.FORK) {
      for (int slot = 0; slot < clocks.length; slot++) {
        if (after.threads[slot] != null && before.thread(slot) == null) {
          clocks[slot] = event.clock;
          known[slot] = event.known;
        }
      }
    } else if (opcode == Opcode.BARRIER_WAIT) {
      for (int slot = 0; slot < clocks.length; slot++) {
        ThreadState thread = before.thread(slot);
        if (thread != null
            && thread.phase == ThreadState.Phase.AT_BARRIER
            && after.threads[slot] != thread) {
          clocks[slot] = Clocks.join(clocks[slot], event.clock);
          known[slot] = Clocks.join(known[slot], event.known);
        }
      }
    }
  }

  // --- what comes before a step

  private Event event(Moment before, int slot) {
    ThreadState thread = before.state.thread(slot);
    int[] base = before.clocks[slot];
    int number = Event.at(base, slot) + 1;
    Event event =
        new Event(
            slot,
            number,
            thread.next,
            steps.footprint(before.state, slot),
            steps.canBeKept(before.state, slot),
            steps.isFixed(before.state, slot),
            base);
    describe(event, thread);
    event.clock = Clocks.with(base, slot, number);
    event.known = Clocks.with(before.known[slot], slot, number);
    if (event.instruction.opcode == Opcode.JOIN) {
      joinEnded(before, event);
    } else if (event.instruction.opcode == Opcode.BARRIER_WAIT) {
      joinArrived(before, event);
    } else if (event.instruction.opcode == Opcode.WAIT) {
      joinReaped(before, event);
    }
    joinEarlier(event);
    return event;
  }

  /** Notes what a step is to others that come after it. */
  void describe(Event event, ThreadState thread) {
    Instruction next = thread.next;
    switch (next.opcode) {
      case LOAD, STORE, FETCH_ADD, EXCHANGE, COMPARE_AND_SWAP -> {
        event.cell = steps.cell(event.slot, thread);
        event.write = Footprints.modifies(event.footprint);
        boolean plain = next.opcode == Opcode.LOAD || next.opcode == Opcode.STORE;
        event.atomic = !plain || next.cell.atomic();
        if (event.atomic) {
          event.releases = event.write ? event.cell : Event.NONE;
          event.acquires = next.opcode == Opcode.STORE ? Event.NONE : event.cell;
        }
      }
      case SEND, RECEIVE -> describeMessage(event, next);
      case START_THREAD, JOIN, SPAWN, FORK, WAIT, BARRIER_WAIT, COND_SIGNAL -> {}
      default -> describeLock(event, thread);
    }
  }

  private void describeMessage(Event event, Instruction next) {
    int object = machine.object(machine.thread(event.slot).process, next.message.object());
    Channels channel = machine.channel(object);
    int thing = steps.thing(object);
    if (!channel.whole()) {
      event.releases = event.sends() ? thing : Event.NONE;
      event.acquires = event.sends() ? Event.NONE : thing;
      return;
    }
    event.channel = object;
    event.capacity = channel.capacity();
    event.ordinal = 1 + messages(events.size(), object, event.sends());
  }

  /** Returns how many messages the first steps have sent or received. */
  int messages(int end, int channel, boolean sent) {
    for (int i = end - 1; i >= 0; i--) {
      Event earlier = events.get(i);
      if (earlier.channel == channel && earlier.sends() == sent) {
        return earlier.ordinal;
      }
    }
    return 0;
  }

  private void describeLock(Event event, ThreadState thread) {
    Instruction next = thread.next;
    if (!Footprints.modifies(event.footprint)
        && next.opcode != Opcode.RW_LOCK
        && next.opcode != Opcode.RW_UNLOCK) {
      return;
    }
    int thing = steps.object(event.slot, next.target);
    switch (next.opcode) {
      case LOCK, SEM_WAIT -> event.acquires = thing;
      case UNLOCK, SEM_POST -> event.releases = thing;
      case COND_WAIT -> {
        int mutex = steps.object(event.slot, next.mutex);
        if (thread.phase == ThreadState.Phase.REACQUIRING) {
          event.acquires = mutex;
        } else {
          event.releases = mutex;
        }
      }
      case RW_LOCK -> {
        // Readers have a thing of their own: who reads next need not know of them.
        event.acquires = thing;
        event.alsoAcquires = next.flag ? thing + 1 : Event.NONE;
      }
      case RW_UNLOCK -> event.releases = Footprints.modifies(event.footprint) ? thing : thing + 1;
      default -> {}
    }
  }

  private void joinEnded(Moment before, Event join) {
    int process = machine.thread(join.slot).process;
    for (int slot = 0; slot < before.clocks.length; slot++) {
      if (before.state.thread(slot) != null
          && machine.isMeant(join.instruction.text, process, slot)) {
        join.clock = Clocks.join(join.clock, before.clocks[slot]);
        join.known = Clocks.join(join.known, before.known[slot]);
      }
    }
  }

  private void joinReaped(Moment before, Event wait) {
    for (int process : steps.reaped(before.state, wait.slot)) {
      for (int slot = 0; slot < before.clocks.length; slot++) {
        if (before.state.thread(slot) != null && machine.thread(slot).process == process) {
          wait.clock = Clocks.join(wait.clock, before.clocks[slot]);
          wait.known = Clocks.join(wait.known, before.known[slot]);
        }
      }
    }
  }

  private void joinArrived(Moment before, Event last) {
    int object = machine.object(machine.thread(last.slot).process, last.instruction.target);
    long[] waiting = before.state.object(object);
    if (waiting.length + 1 < ((SharedObject.Barrier) machine.object(object)).parties()) {
      return;
    }
    for (long slot : waiting) {
      last.known = Clocks.join(last.known, before.known[(int) slot]);
    }
  }

  private void joinEarlier(Event event) {
    for (int i = events.size() - 1; i >= 0; i--) {
      Event earlier = events.get(i);
      if (earlier.slot == event.slot) {
        continue;
      }
      boolean enabled = event.channel != Event.NONE && event.isEnabledBy(earlier);
      if (!event.follows(earlier)
          && (enabled || Footprints.conflict(earlier.footprint, event.footprint))) {
        event.clock = Clocks.join(event.clock, earlier.clock);
      }
      boolean ordered =
          earlier.releases != Event.NONE
                  && (earlier.releases == event.acquires || earlier.releases == event.alsoAcquires)
              || enabled && earlier.sends();
      if (ordered) {
        event.known = Clocks.join(event.known, earlier.known);
      }
    }
  }
}
