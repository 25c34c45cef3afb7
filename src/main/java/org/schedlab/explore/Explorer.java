package org.schedlab.explore;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at all schedules of a machine's threads, in the ways that are asked for. */
public final class Explorer {
  /**
   * What is asked for.
   *
   * @param exhaustive whether every order of steps is counted, too
   * @param preemptions count the schedules with up to so many; negative for not
   * @param delays count the schedules with up to so many; negative for not
   */
  public record Questions(boolean exhaustive, int preemptions, int delays, Budget budget) {}

  private final Machine machine;
  private final Judge judge;
  private final Questions questions;
  private final Findings findings;
  private Reach reach;
  private Census traces;
  private Census interleavings;
  private Census byPreemptions;
  private Census byDelays;
  private FailureSearch fewestPreemptions;
  private FailureSearch fewestDelays;
  private FailureSearch shortest;

  private Explorer(Machine machine, Judge judge, Questions questions) {
    this.machine = machine;
    this.judge = judge;
    this.questions = questions;
    this.findings = Findings.of(machine, judge, questions.budget());
  }

  /** Looks for the answers; what a budget cuts short says so. */
  public static Explorer explore(Machine machine, Judge judge, Questions questions) {
    Explorer explorer = new Explorer(machine, judge, questions);
    explorer.count();
    explorer.lookForFailures();
    return explorer;
  }

  private void count() {
    Budget budget = questions.budget();
    if (findings.isEndless()) {
      reach = new Reach(machine, judge, budget);
    } else if (!findings.isComplete()) {
      traces = Census.ofTraces(machine, judge, budget);
    }
    if (questions.exhaustive() && !findings.isEndless()) {
      interleavings = Census.ofInterleavings(machine, judge, budget);
    }
    if (questions.preemptions() >= 0) {
      byPreemptions = Census.ofPreemptions(machine, judge, questions.preemptions(), budget);
    }
    if (questions.delays() >= 0) {
      byDelays = Census.ofDelays(machine, judge, questions.delays(), budget);
    }
  }

  private void lookForFailures() {
    Set<FailureSearch.Kind> kinds = EnumSet.noneOf(FailureSearch.Kind.class);
    for (Outcome outcome : outcomes().keySet()) {
      if (outcome.deadlock()) {
        kinds.add(FailureSearch.Kind.DEADLOCK);
      }
      if (outcome.failed()) {
        kinds.add(FailureSearch.Kind.ASSERT);
      }
    }
    if (!kinds.isEmpty()) {
      Budget budget = questions.budget();
      fewestPreemptions = FailureSearch.ofPreemptions(machine, judge, kinds, budget);
      fewestDelays = FailureSearch.ofDelays(machine, judge, kinds, budget);
      shortest = FailureSearch.ofSteps(machine, judge, kinds, budget);
    }
  }

  // --- answers

  public Machine machine() {
    return machine;
  }

  public Judge judge() {
    return judge;
  }

  public Questions questions() {
    return questions;
  }

  public Findings findings() {
    return findings;
  }

  /** Says whether every trace was looked at or counted, and all that was asked for is known. */
  public boolean isComplete() {
    return !findings.isEndless()
        && (findings.isComplete() || isWhole(traces))
        && (!questions.exhaustive() || isWhole(interleavings))
        && (byPreemptions == null || byPreemptions.isComplete())
        && (byDelays == null || byDelays.isComplete());
  }

  private static boolean isWhole(Census census) {
    return census != null && census.isComplete();
  }

  /** Returns how many traces there are; empty where that is not known. */
  public Optional<BigInteger> traces() {
    if (findings.isComplete()) {
      return Optional.of(BigInteger.valueOf(findings.executions()));
    }
    return isWhole(traces) ? Optional.of(traces.total()) : Optional.empty();
  }

  /** Returns how many orders of steps there are; empty where that is not known. */
  public Optional<BigInteger> interleavings() {
    return isWhole(interleavings) ? Optional.of(interleavings.total()) : Optional.empty();
  }

  /** Returns by outcome how many traces come to it, as far as is known. */
  public Map<Outcome, BigInteger> outcomes() {
    Map<Outcome, BigInteger> outcomes = new LinkedHashMap<>();
    findings
        .outcomes()
        .forEach((outcome, seen) -> outcomes.put(outcome, BigInteger.valueOf(seen.executions())));
    if (isWhole(traces)) {
      outcomes.putAll(traces.counts());
    }
    if (reach != null) {
      // How many schedules come to each has no answer.
      outcomes.clear();
      reach.outcomes().keySet().forEach(outcome -> outcomes.put(outcome, BigInteger.ONE));
    }
    return outcomes;
  }

  /** Returns a schedule that comes to an outcome, or null where none is known. */
  public int[] schedule(Outcome outcome) {
    if (reach != null && reach.outcomes().containsKey(outcome)) {
      return reach.outcomes().get(outcome).clone();
    }
    Findings.Seen seen = findings.outcomes().get(outcome);
    return seen == null ? null : seen.schedule();
  }

  /** Says whether every outcome was found, be they counted or not. */
  public boolean knowsOutcomes() {
    return reach == null ? traces().isPresent() : reach.isComplete();
  }

  /** Returns by outcome how many orders of steps come to it; empty where that is not known. */
  public Map<Outcome, BigInteger> outcomesOfInterleavings() {
    return isWhole(interleavings) ? interleavings.counts() : Map.of();
  }

  /** Returns the schedules counted by preemptions, or null. */
  public Census byPreemptions() {
    return byPreemptions;
  }

  /** Returns the schedules counted by delays, or null. */
  public Census byDelays() {
    return byDelays;
  }

  /** Returns the schedule that goes wrong with the fewest preemptions, if one was found. */
  public Optional<FailureSearch.Witness> fewestPreemptions() {
    return cheapest(fewestPreemptions);
  }

  /** Returns the schedule that goes wrong with the fewest delays, if one was found. */
  public Optional<FailureSearch.Witness> fewestDelays() {
    return cheapest(fewestDelays);
  }

  /** Returns the shortest schedule that goes wrong, if one was found. */
  public Optional<FailureSearch.Witness> shortest() {
    return cheapest(shortest);
  }

  private static Optional<FailureSearch.Witness> cheapest(FailureSearch search) {
    return search == null ? Optional.empty() : Optional.ofNullable(search.cheapest());
  }

  /** Returns for each kind of failure that was found a schedule that comes to it. */
  public Map<FailureSearch.Kind, int[]> failures() {
    Map<FailureSearch.Kind, int[]> failures = new EnumMap<>(FailureSearch.Kind.class);
    for (Outcome outcome : outcomes().keySet()) {
      FailureSearch.add(outcome, schedule(outcome), failures);
    }
    if (fewestPreemptions != null) {
      // These are easier to follow.
      fewestPreemptions.byKind().forEach((kind, found) -> failures.put(kind, found.schedule()));
    }
    return failures;
  }

  /** Returns how many of some schedules go wrong. */
  public static BigInteger failing(Map<Outcome, BigInteger> counts) {
    BigInteger failing = BigInteger.ZERO;
    for (Map.Entry<Outcome, BigInteger> entry : counts.entrySet()) {
      failing = entry.getKey().isFailure() ? failing.add(entry.getValue()) : failing;
    }
    return failing;
  }

  /** Returns how many schedules there are in all. */
  public static BigInteger sum(Map<Outcome, BigInteger> counts) {
    return Census.sum(counts);
  }

  /** Returns the names of a schedule's threads. */
  public List<String> names(int[] schedule) {
    return Arrays.stream(schedule).mapToObj(machine::threadName).toList();
  }
}
