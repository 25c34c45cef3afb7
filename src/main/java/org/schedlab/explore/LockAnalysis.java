package org.schedlab.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Opcode;
import org.schedlab.program.SharedObject;
import org.schedlab.races.LockSets;

/**
 * Which locks threads hold over all schedules: where they access variables (Eraser's lock sets, the
 * union over the schedules of what each says), and where they want another lock.
 */
final class LockAnalysis {
  /** What is known of a variable over all schedules. */
  static final class Shared {
    private long threads;
    private boolean plain;
    private boolean written;
    private boolean unprotected;
    private int common = NOT_SHARED;

    /** Says whether more than one thread uses it. */
    boolean isShared() {
      return Long.bitCount(threads) > 1;
    }

    boolean isPlain() {
      return plain;
    }

    boolean isWritten() {
      return written;
    }

    /** Says whether in some schedule no lock is held at all accesses, and somebody writes. */
    boolean isUnprotected() {
      return unprotected;
    }

    /**
     * Returns the set that is held at all accesses of all schedules; -1 where that means nothing.
     */
    int common() {
      return common;
    }
  }

  /** Who holds one lock and wants another. */
  static final class Wanted {
    private long threads;
    private int gates = NOT_SHARED;
  }

  static final int NOT_SHARED = -1;

  private final Machine machine;
  private final LockSets sets = new LockSets();

  /** By cell; null for one that was never accessed. */
  private Shared[] variables;

  private final Map<LockEdge, Wanted> edges = new LinkedHashMap<>();
  private final Map<List<Integer>, int[]> deadlocks = new LinkedHashMap<>();

  LockAnalysis(Machine machine) {
    this.machine = machine;
    this.variables = new Shared[machine.cellCount()];
  }

  // --- variables

  /** A thread accesses a variable, by the last step of a path. */
  void accessed(Path path, Event event) {
    State before = path.moment(path.length() - 1).state;
    event.held = held(before, event.slot, event.write);
    Shared variable = variable(event.cell);
    variable.threads |= 1L << event.slot;
    variable.written |= event.write;
    if (event.atomic) {
      return;
    }
    variable.plain = true;
    Event earlier = last(path, event);
    if (earlier == null) {
      event.onlyUser = event.slot;
      return;
    }
    event.modified = earlier.modified || event.write;
    if (earlier.onlyUser == event.slot) {
      event.onlyUser = event.slot;
      event.modified = false;
      return;
    }
    boolean second = earlier.onlyUser != Event.NONE;
    event.modified = second ? event.write : event.modified;
    event.candidates = second ? event.held : sets.common(earlier.candidates, event.held);
    variable.common =
        variable.common == NOT_SHARED
            ? event.candidates
            : sets.common(variable.common, event.candidates);
    variable.unprotected |= event.modified && event.candidates == LockSets.EMPTY;
  }

  private Shared variable(int cell) {
    if (cell >= variables.length) {
      variables = Arrays.copyOf(variables, cell + 1);
    }
    if (variables[cell] == null) {
      variables[cell] = new Shared();
    }
    return variables[cell];
  }

  private static Event last(Path path, Event event) {
    for (int i = path.length() - 2; i >= 0; i--) {
      Event earlier = path.event(i);
      if (earlier.cell == event.cell && !earlier.atomic) {
        return earlier;
      }
    }
    return null;
  }

  /** Returns the locks that a thread holds; what others may hold too only where it reads. */
  private int held(State state, int slot, boolean writes) {
    int set = LockSets.EMPTY;
    if (!machine.hasLocks()) {
      return set;
    }
    for (int object = 0; object < state.objectCount(); object++) {
      if (machine.isLock(object) && holds(state, slot, object, writes)) {
        set = sets.with(set, object);
      }
    }
    return set;
  }

  private boolean holds(State state, int slot, int object, boolean alone) {
    long[] content = state.object(object);
    if (content[0] == slot + 1) {
      return true;
    }
    if (alone || machine.object(object) instanceof SharedObject.Mutex) {
      return false;
    }
    for (int i = 1; i < content.length; i++) {
      if (content[i] == slot) {
        return true;
      }
    }
    return false;
  }

  // --- locks that are wanted

  /** A thread is about to take a lock, or will never get it. */
  void wants(State state, int slot) {
    int wanted = wanted(state, slot);
    if (wanted == Event.NONE) {
      return;
    }
    int held = held(state, slot, false);
    if (held == LockSets.EMPTY) {
      return;
    }
    for (int lock : sets.locks(held)) {
      Wanted edge = edges.computeIfAbsent(new LockEdge(lock, wanted), key -> new Wanted());
      edge.threads |= 1L << slot;
      int others = sets.without(held, lock);
      edge.gates = edge.gates == NOT_SHARED ? others : sets.common(edge.gates, others);
    }
  }

  /** Returns the lock that a thread waits for or takes with its next step, or NONE. */
  private int wanted(State state, int slot) {
    ThreadState thread = state.thread(slot);
    int process = machine.thread(slot).process;
    if (thread.phase == ThreadState.Phase.REACQUIRING) {
      return machine.object(process, thread.next.mutex);
    }
    boolean locks = thread.next.opcode == Opcode.LOCK || thread.next.opcode == Opcode.RW_LOCK;
    return locks && !thread.next.shared && thread.phase == ThreadState.Phase.RUNNING
        ? machine.object(process, thread.next.target)
        : Event.NONE;
  }

  /** A schedule ends in a deadlock. */
  void stuck(Path path) {
    State state = path.last().state;
    List<LockEdge> waits = new ArrayList<>();
    for (int slot = 0; slot < state.threads.length; slot++) {
      ThreadState thread = state.threads[slot];
      if (thread != null && thread.next != null) {
        wants(state, slot);
        int wanted = wanted(state, slot);
        for (int lock : wanted == Event.NONE ? new int[0] : sets.locks(held(state, slot, false))) {
          waits.add(new LockEdge(lock, wanted));
        }
      }
    }
    for (List<Integer> cycle : LockCycles.of(waits)) {
      deadlocks.computeIfAbsent(cycle, found -> path.schedule());
    }
  }

  // --- what came of it

  /** Returns by cell what is known of each variable; null for one that was never accessed. */
  Shared[] variables() {
    return variables;
  }

  /** Returns the names of the locks in a set. */
  List<String> names(int set) {
    return Arrays.stream(sets.locks(set)).mapToObj(lock -> machine.object(lock).name()).toList();
  }

  /** Returns the circles of locks, each wanted by who holds the one before. */
  List<LockCycle> cycles() {
    List<LockCycle> cycles = new ArrayList<>();
    for (List<Integer> cycle : LockCycles.of(edges.keySet())) {
      int gates = NOT_SHARED;
      long threads = 0;
      for (int i = 0; i < cycle.size(); i++) {
        Wanted edge = edges.get(new LockEdge(cycle.get(i), cycle.get((i + 1) % cycle.size())));
        gates = gates == NOT_SHARED ? edge.gates : sets.common(gates, edge.gates);
        threads |= edge.threads;
      }
      List<String> locks = cycle.stream().map(lock -> machine.object(lock).name()).toList();
      cycles.add(
          LockCycle.of(locks, deadlocks.get(cycle), Long.bitCount(threads) == 1, names(gates)));
    }
    return cycles;
  }
}
