package org.schedlab.explore;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Runs schedules drawn at random, where there are too many to look at all. */
public final class Sampler {
  /** Who goes on next. */
  private interface Chooser {
    /** A schedule begins. */
    void begin();

    /**
     * Returns the thread that makes the next step.
     *
     * @param enabled those that can, by their bits
     */
    int choose(long enabled, int step);
  }

  /** What was seen of an outcome. */
  public static final class Seen {
    private final int[] schedule;
    private long runs;

    private Seen(int[] schedule) {
      this.schedule = schedule;
    }

    public int[] schedule() {
      return schedule.clone();
    }

    public long runs() {
      return runs;
    }
  }

  private final Machine machine;
  private final Steps steps;
  private final Judge judge;
  private final Budget budget;
  private final RandomGenerator random;
  private final Map<Outcome, Seen> outcomes = new LinkedHashMap<>();
  private int[] schedule = new int[64];
  private int longest = 1;
  private long runs;
  private boolean complete = true;

  private Sampler(Machine machine, Judge judge, RandomGenerator random, Budget budget) {
    this.machine = machine;
    this.steps = new Steps(machine);
    this.judge = judge;
    this.random = random;
    this.budget = budget;
  }

  /** Runs schedules in which every thread that can go on is as likely as another at every step. */
  public static Sampler ofRandom(
      Machine machine, Judge judge, long runs, RandomGenerator random, Budget budget) {
    Sampler sampler = new Sampler(machine, judge, random, budget);
    sampler.run(runs, sampler.new Uniform());
    return sampler;
  }

  /**
   * Runs schedules by priorities drawn at random that change at a few steps drawn at random: a
   * failure that needs so many orderings is met with a probability of at least 1 / (n k^(depth-1))
   * in each, with n threads and k steps (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010).
   *
   * @param depth how many orderings, 1 at least
   */
  public static Sampler ofPriorities(
      Machine machine, Judge judge, long runs, int depth, RandomGenerator random, Budget budget) {
    Sampler sampler = new Sampler(machine, judge, random, budget);
    sampler.run(runs, sampler.new Priorities(depth));
    return sampler;
  }

  private final class Uniform implements Chooser {
    @Override
    public void begin() {}

    @Override
    public int choose(long enabled, int step) {
      long rest = enabled;
      for (int skip = random.nextInt(Long.bitCount(enabled)); skip > 0; skip--) {
        rest &= rest - 1;
      }
      return Long.numberOfTrailingZeros(rest);
    }
  }

  private final class Priorities implements Chooser {
    private final int depth;
    private final double[] urgency = new double[Machine.MOST_THREADS];
    private final int[] changes;

    Priorities(int depth) {
      this.depth = depth;
      this.changes = new int[Math.max(0, depth - 1)];
    }

    @Override
    public void begin() {
      for (int slot = 0; slot < urgency.length; slot++) {
        urgency[slot] = depth + random.nextDouble();
      }
      for (int i = 0; i < changes.length; i++) {
        changes[i] = random.nextInt(longest);
      }
    }

    @Override
    public int choose(long enabled, int step) {
      int best = mostUrgent(enabled);
      for (int i = 0; i < changes.length; i++) {
        if (changes[i] == step) {
          urgency[best] = i;
          best = mostUrgent(enabled);
        }
      }
      return best;
    }

    private int mostUrgent(long enabled) {
      int best = Long.numberOfTrailingZeros(enabled);
      for (long rest = enabled; rest != 0; rest &= rest - 1) {
        int slot = Long.numberOfTrailingZeros(rest);
        best = urgency[slot] > urgency[best] ? slot : best;
      }
      return best;
    }
  }

  private void run(long wanted, Chooser chooser) {
    State initial = steps.initial();
    while (runs < wanted) {
      if (budget.isOver().getAsBoolean()) {
        complete = false;
        return;
      }
      runOne(initial, chooser);
      budget.progress().ran(++runs);
    }
  }

  private void runOne(State initial, Chooser chooser) {
    chooser.begin();
    State state = initial;
    boolean failed = !state.failed().isEmpty();
    int length = 0;
    for (long enabled = Census.enabled(steps, state);
        enabled != 0;
        enabled = Census.enabled(steps, state)) {
      if (length == budget.steps()) {
        // A loop that does not end: the schedule counts for nothing.
        complete = false;
        return;
      }
      if (length == schedule.length) {
        schedule = Arrays.copyOf(schedule, 2 * length);
      }
      int slot = chooser.choose(enabled, length);
      schedule[length++] = slot;
      state = steps.step(state, slot);
      failed |= !state.failed().isEmpty();
    }
    longest = Math.max(longest, length);
    int[] done = Arrays.copyOf(schedule, length);
    outcomes.computeIfAbsent(Outcome.of(state, failed, judge), key -> new Seen(done)).runs++;
  }

  public Machine machine() {
    return machine;
  }

  public Judge judge() {
    return judge;
  }

  /** Returns what came of the schedules, in the order of its first coming. */
  public Map<Outcome, Seen> outcomes() {
    return outcomes;
  }

  /** Returns how many schedules were run. */
  public long runs() {
    return runs;
  }

  /** Returns how many of them went wrong. */
  public long failing() {
    long failing = 0;
    for (Map.Entry<Outcome, Seen> entry : outcomes.entrySet()) {
      failing += entry.getKey().isFailure() ? entry.getValue().runs : 0;
    }
    return failing;
  }

  /** Says whether all were run that were asked for, each to its end. */
  public boolean isComplete() {
    return complete;
  }

  /** Returns for each kind of failure that was seen a schedule that comes to it. */
  public Map<FailureSearch.Kind, int[]> failures() {
    Map<FailureSearch.Kind, int[]> failures = new EnumMap<>(FailureSearch.Kind.class);
    outcomes.forEach((outcome, seen) -> FailureSearch.add(outcome, seen.schedule(), failures));
    return failures;
  }
}
