package org.schedlab.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One schedule, followed from the beginning. Where it ends before the threads do, it goes on with
 * the first thread that can make a step, in the order of their numbers; one whose loop comes round
 * with nothing changed lets the others come first. Threads that programs start are called here as a
 * run calls them, by the order of their starts.
 */
public final class Walk {
  /** So many steps are taken for a program that does not end. */
  private static final int MOST_STEPS = 100_000;

  /**
   * Why a schedule cannot be followed.
   *
   * @param turn the number of the step that cannot be made, from 0
   */
  public record Misstep(int turn, String problem) {}

  private final Machine machine;
  private final Steps steps;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, String> processNames = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> takenByThreads = new HashSet<>();
  private final List<Integer> made = new ArrayList<>();
  private State state;
  private boolean failed;
  private Misstep misstep;

  private Walk(Machine machine) {
    this.machine = machine;
    this.steps = new Steps(machine);
    this.state = steps.initial();
    this.failed = !state.failed().isEmpty();
    nameNewThreads();
  }

  /** Follows a schedule of threads, each by its full name or, if only one has it, by its own. */
  public static Walk of(Machine machine, List<String> turns) {
    Walk walk = new Walk(machine);
    for (int i = 0; i < turns.size() && walk.misstep == null; i++) {
      int slot = walk.find(turns.get(i), i);
      if (slot >= 0) {
        walk.step(slot);
      }
    }
    walk.finish(turns.size());
    return walk;
  }

  /** Follows a schedule that an exploration has found. */
  public static Walk of(Machine machine, int[] schedule) {
    Walk walk = new Walk(machine);
    for (int slot : schedule) {
      walk.step(slot);
    }
    walk.finish(schedule.length);
    return walk;
  }

  private void step(int slot) {
    state = steps.step(state, slot);
    failed |= !state.failed().isEmpty();
    made.add(slot);
    nameNewThreads();
  }

  private void finish(int given) {
    Set<State> seen = new HashSet<>();
    long round = 0;
    while (misstep == null) {
      long enabled = Census.enabled(steps, state);
      if (enabled == 0) {
        return;
      }
      long next = enabled & ~round;
      if (next == 0 || made.size() - given == MOST_STEPS) {
        misstep =
            new Misstep(
                given,
                "after the last step given the threads go on without end; give more of the schedule");
        return;
      }
      int slot = Long.numberOfTrailingZeros(next);
      step(slot);
      round = seen.add(state) ? 0 : round | 1L << slot;
    }
  }

  // --- names

  private void nameNewThreads() {
    for (int slot = 0; slot < state.threads.length; slot++) {
      if (state.threads[slot] != null && !names.containsKey(slot)) {
        ThreadForm thread = machine.thread(slot);
        boolean initial = slot < machine.initialThreads();
        String process =
            processNames.computeIfAbsent(
                thread.process, number -> unused(machine.process(number).wanted, taken));
        String name = thread.wanted.isEmpty() ? process : process + "/" + thread.wanted;
        names.put(slot, initial ? machine.threadName(slot) : unused(name, takenByThreads));
        takenByThreads.add(names.get(slot));
      }
    }
  }

  /** Returns a name that is told apart from those there were. */
  private static String unused(String wanted, Set<String> taken) {
    String name = wanted;
    for (int count = 2; !taken.add(name); count++) {
      name = wanted + "#" + count;
    }
    return name;
  }

  /** Returns the thread that a turn means, or -1 where there is none that can make a step. */
  private int find(String wanted, int turn) {
    List<Integer> meant = new ArrayList<>();
    for (Map.Entry<Integer, String> each : names.entrySet()) {
      if (each.getValue().equals(wanted)) {
        meant = List.of(each.getKey());
        break;
      }
      if (each.getValue().endsWith("/" + wanted)) {
        meant.add(each.getKey());
      }
    }
    if (meant.size() == 1 && steps.isEnabled(state, meant.get(0))) {
      return meant.get(0);
    }
    misstep = new Misstep(turn, problem(wanted, meant) + canGoOn());
    return -1;
  }

  private String problem(String wanted, List<Integer> meant) {
    if (meant.isEmpty()) {
      return "no thread is called `"
          + wanted
          + "` when this step is to come; threads: "
          + String.join(", ", new TreeSet<>(names.values()));
    }
    if (meant.size() > 1) {
      return "several threads are called `"
          + wanted
          + "`; say which: "
          + String.join(", ", new TreeSet<>(meant.stream().map(names::get).toList()));
    }
    int slot = meant.get(0);
    ThreadState thread = state.thread(slot);
    return thread.phase == ThreadState.Phase.ENDED
        ? "`" + wanted + "` has ended before this step"
        : "`"
            + wanted
            + "` cannot make this step: it waits for "
            + new Narrative(machine).obstacle(state, slot);
  }

  private String canGoOn() {
    Set<String> able = new LinkedHashSet<>();
    for (int slot = 0; slot < state.threads.length; slot++) {
      if (steps.isEnabled(state, slot)) {
        able.add(names.get(slot));
      }
    }
    return able.isEmpty()
        ? "; no thread can go on here"
        : "; able to go on here: " + String.join(", ", able);
  }

  // --- what came of it

  /** Returns why the schedule cannot be followed, or null if it can. */
  public Misstep misstep() {
    return misstep;
  }

  /** Returns the threads of all steps, those that were not given too. */
  public int[] schedule() {
    return made.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns what a run calls a thread. */
  public String name(int slot) {
    return names.get(slot);
  }

  /** Returns the full names of the threads of all steps. */
  public List<String> tasks() {
    return made.stream().map(names::get).toList();
  }

  /** Returns the threads that are left because they read the same again and again. */
  public Set<String> spinning() {
    Set<String> spinning = new LinkedHashSet<>();
    for (int slot = 0; slot < state.threads.length; slot++) {
      if (state.threads[slot] != null && steps.spinsHere(state, slot)) {
        spinning.add(names.get(slot));
      }
    }
    return spinning;
  }

  /** Says whether what must hold in the end does, whatever asserts said before. */
  public boolean holds(Judge judge) {
    return judge.holds(state);
  }

  /** Returns what the schedule comes to. */
  public Outcome outcome(Judge judge) {
    return Outcome.of(state, failed, judge);
  }
}
