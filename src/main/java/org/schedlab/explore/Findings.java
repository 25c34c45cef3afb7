package org.schedlab.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Instruction;
import org.schedlab.races.LockSets;

/** What a search over all schedules has found. */
public final class Findings {
  /** What schedules of one outcome have in common. */
  public static final class Seen {
    private final int[] schedule;
    private long executions;

    private Seen(int[] schedule) {
      this.schedule = schedule;
    }

    /** Returns the threads of the steps of the first schedule that came to it. */
    public int[] schedule() {
      return schedule.clone();
    }

    /** Returns how many of the schedules that were run came to it. */
    public long executions() {
      return executions;
    }
  }

  private final Machine machine;
  private final Judge judge;
  private final Analysis analysis;
  private final Map<Outcome, Seen> outcomes = new LinkedHashMap<>();
  private final Map<Instruction, int[]> assertions = new LinkedHashMap<>();
  private int[] finalBroken;
  private OptimalSearch search;

  private Findings(Machine machine, Judge judge) {
    this.machine = machine;
    this.judge = judge;
    this.analysis = new Analysis(machine);
  }

  /** Runs one schedule of each trace. */
  public static Findings of(Machine machine, Judge judge, Budget budget) {
    Findings findings = new Findings(machine, judge);
    findings.search = new OptimalSearch(machine, findings.new Collector(), budget);
    findings.search.run();
    return findings;
  }

  private final class Collector implements OptimalSearch.Listener {
    @Override
    public void stepped(Path path) {
      analysis.stepped(path);
      List<Instruction> failed = path.last().state.failed();
      if (!failed.isEmpty()) {
        failed.forEach(assertion -> assertions.putIfAbsent(assertion, path.schedule()));
      }
    }

    @Override
    public void back(Path path) {
      analysis.back(path);
    }

    @Override
    public void ended(Path path) {
      Moment end = path.last();
      Outcome outcome = Outcome.of(end.state, end.failed, judge);
      Seen seen = outcomes.get(outcome);
      if (seen == null) {
        seen = new Seen(path.schedule());
        outcomes.put(outcome, seen);
      }
      seen.executions++;
      if (outcome.deadlock()) {
        analysis.ended(path);
      } else if (finalBroken == null && outcome.failed() && !judge.holds(end.state)) {
        finalBroken = path.schedule();
      }
    }
  }

  /** Returns the outcomes, in the order in which they were found. */
  public Map<Outcome, Seen> outcomes() {
    return outcomes;
  }

  /** Returns the assertions that can fail, each with the beginning of a schedule that shows it. */
  public Map<Instruction, int[]> assertions() {
    return assertions;
  }

  /** Returns a schedule after which what must hold in the end does not; null if there is none. */
  public int[] finalBroken() {
    return finalBroken == null ? null : finalBroken.clone();
  }

  public Set<RacePair> races() {
    return analysis.races().keySet();
  }

  /** Returns the locks that were held at the accesses of a pair. */
  public HeldLocks held(RacePair race) {
    return analysis.races().get(race);
  }

  /** Returns the variables that more than one thread uses, in the order of their numbers. */
  public List<SharedUse> sharedVariables() {
    List<SharedUse> shared = new ArrayList<>();
    LockAnalysis.Shared[] variables = analysis.locks().variables();
    for (int i = 0; i < variables.length; i++) {
      LockAnalysis.Shared variable = variables[i];
      if (variable == null || !variable.isShared()) {
        continue;
      }
      int cell = i;
      int pairs = (int) races().stream().filter(race -> race.cell() == cell).count();
      int lost = mostLost().getOrDefault(cell, 0);
      boolean means = variable.common() != LockAnalysis.NOT_SHARED;
      List<String> locks = means ? analysis.locks().names(variable.common()) : null;
      shared.add(
          new SharedUse(
              cell, pairs, lost, locks, variable.isUnprotected(), verdict(variable, pairs, lost)));
    }
    return shared;
  }

  private static SharedUse.Verdict verdict(LockAnalysis.Shared variable, int pairs, int lost) {
    if (pairs > 0) {
      return SharedUse.Verdict.RACE;
    } else if (lost > 0) {
      return SharedUse.Verdict.LOST_UPDATE;
    } else if (!variable.isPlain()) {
      return SharedUse.Verdict.ATOMIC;
    } else if (!variable.isWritten()) {
      return SharedUse.Verdict.READ_ONLY;
    }
    return variable.common() == LockSets.EMPTY
        ? SharedUse.Verdict.ORDERED
        : SharedUse.Verdict.PROTECTED;
  }

  /** Returns by cell how many updates one schedule loses at most. */
  public Map<Integer, Integer> mostLost() {
    return analysis.mostLost();
  }

  /** Returns the circles of locks, each wanted by who holds the one before. */
  public List<LockCycle> lockCycles() {
    return analysis.locks().cycles();
  }

  /** Returns how many schedules were run from beginning to end. */
  public long executions() {
    return search.executions();
  }

  /** Returns how many schedules were begun in vain: others had led to the same. */
  public long redundant() {
    return search.redundant();
  }

  /** Says whether one schedule of each trace was run. */
  public boolean isComplete() {
    return search.isComplete();
  }

  /** Says whether some schedule never ends. */
  public boolean isEndless() {
    return search.isEndless();
  }

  /** Returns how many of the schedules that were run went wrong. */
  public long failing() {
    long failing = 0;
    for (Map.Entry<Outcome, Seen> entry : outcomes.entrySet()) {
      failing += entry.getKey().isFailure() ? entry.getValue().executions : 0;
    }
    return failing;
  }
}
