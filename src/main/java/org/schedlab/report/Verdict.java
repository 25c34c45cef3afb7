package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.schedlab.metrics.CoroutineUse;
import org.schedlab.metrics.Findings;
import org.schedlab.metrics.LockOrder;
import org.schedlab.races.Access;
import org.schedlab.races.Race;
import org.schedlab.scenario.Scenario;
import org.schedlab.trace.Deadlock;

/** What went wrong in a run, in plain lines. */
final class Verdict {
  private final Run run;

  /** Whether a deadlock is what the scenario is to show. */
  private final boolean expected;

  private Verdict(Run run) {
    this.run = run;
    this.expected = run.scenario().deadlockExpected();
  }

  /**
   * A line of the verdict.
   *
   * @param place {@code FILE:LINE:COLUMN}, or empty
   */
  private record Line(String place, String text) {
    @Override
    public String toString() {
      return place.isEmpty() ? text : place + ": " + text;
    }
  }

  /**
   * Returns what the scenario checks and did not hold; deadlocks and threads that nothing will ever
   * wake, unless the scenario is there to show a deadlock: then that none came about.
   */
  static List<String> failures(Run run) {
    return new Verdict(run).failed().stream().map(Line::toString).toList();
  }

  /**
   * Returns faults, failed operations, errors that nobody heard of and locks that are taken in
   * orders that do not go together: a scenario may be there to show just that.
   */
  static List<String> warnings(Run run) {
    return new Verdict(run).doubtful().stream().map(Line::toString).toList();
  }

  /** Returns what could not be checked and why, and who sleeps as it was expected. */
  static List<String> notes(Run run) {
    List<String> lines = new ArrayList<>();
    Verdict verdict = new Verdict(run);
    Scenario.FinalCheck check = run.scenario().finalCheck();
    boolean unchecked = check != null && run.ending().finalCheckHeld() == null;
    if (unchecked && (!run.isStuck() || verdict.expected)) {
      String why = "the final condition was not checked, for not every thread had ended: ";
      lines.add(why + check.text());
    }
    if (verdict.expected) {
      verdict.deadlocks().forEach(line -> lines.add("as expected, " + line.text()));
      verdict.asleep().forEach(line -> lines.add(line.text()));
    }
    return lines;
  }

  /** Returns failures, warnings and notes, each behind its place, or the file's name at least. */
  static List<String> complaints(Run run) {
    List<String> lines = new ArrayList<>();
    Verdict verdict = new Verdict(run);
    verdict.failed().forEach(line -> lines.add(verdict.complaint("FAILED", line)));
    verdict.doubtful().forEach(line -> lines.add(verdict.complaint("WARNING", line)));
    notes(run).forEach(note -> lines.add(verdict.complaint("NOTE", new Line("", note))));
    return lines;
  }

  private String complaint(String mark, Line line) {
    String place = line.place().isEmpty() ? run.scenario().file() : line.place();
    return place + ": " + mark + "  " + line.text();
  }

  private List<Line> failed() {
    List<Line> lines = new ArrayList<>();
    Findings findings = run.metrics().findings();
    for (Findings.FailedAssertion failed : findings.assertions()) {
      String when = Decimals.readable(failed.time());
      String where = run.taskName(failed.thread(), failed.coroutine());
      String text = "assert failed at " + when + " in " + where + ": " + failed.text();
      lines.add(new Line(place(failed.line(), failed.column()), text));
    }
    more(lines, findings.assertionCount() - findings.assertions().size(), "failed asserts");
    Scenario.FinalCheck check = run.scenario().finalCheck();
    if (Boolean.FALSE.equals(run.ending().finalCheckHeld())) {
      lines.add(new Line("", "final condition is false: " + check.text()));
    }
    boolean unchecked = check != null && run.ending().finalCheckHeld() == null;
    if (unchecked && run.isStuck() && !expected) {
      String text = "final condition could not be checked, for threads are stuck: ";
      lines.add(new Line("", text + check.text()));
    }
    for (UnmetExpectation unmet : run.unmet()) {
      String text = unmet.what() + ": expected " + unmet.expected();
      lines.add(new Line("", text + ", actual " + unmet.actual()));
    }
    if (!expected) {
      lines.addAll(deadlocks());
      lines.addAll(asleep());
    } else if (!run.hasDeadlock()) {
      lines.add(new Line("", "a deadlock was expected and none came about"));
    }
    return lines;
  }

  private List<Line> deadlocks() {
    List<Line> lines = new ArrayList<>();
    Findings findings = run.metrics().findings();
    DeadlockText text = new DeadlockText(run);
    for (Findings.FoundDeadlock found : findings.deadlocks()) {
      Deadlock.Link closing = found.deadlock().links().get(0);
      lines.add(new Line(place(closing.line(), closing.column()), text.of(found)));
    }
    more(lines, findings.deadlockCount() - findings.deadlocks().size(), "deadlocks");
    return lines;
  }

  private List<Line> doubtful() {
    List<Line> lines = new ArrayList<>();
    Findings findings = run.metrics().findings();
    for (Findings.FaultedThread fault : findings.faults()) {
      String when = Decimals.readable(fault.time());
      String where = run.taskName(fault.thread(), fault.coroutine());
      String detail = fault.detail().isEmpty() ? "" : ": " + fault.detail();
      String text = fault.fault().label() + " at " + when + " in " + where + detail;
      lines.add(new Line(place(fault.line(), fault.column()), text));
    }
    more(lines, findings.faultCount() - findings.faults().size(), "faults");
    findings.operations().forEach(failed -> lines.add(failedOperation(failed)));
    more(lines, findings.operationCount() - findings.operations().size(), "failed operations");
    lostErrors(lines);
    SharedVariable.of(run).forEach(variable -> lines.addAll(raced(variable)));
    LockOrder order = run.metrics().lockOrder();
    order.inversions().forEach(inversion -> lines.add(outOfOrder(inversion)));
    if (order.isOmitted()) {
      lines.add(new Line("", "there may be more lock-order inversions; these were found first"));
    }
    return lines;
  }

  /** Returns what there is to warn of about a shared variable, in a line each. */
  private List<Line> raced(SharedVariable variable) {
    List<Line> lines = new ArrayList<>();
    String name = variable.name() + " of " + variable.owner();
    int pairs = variable.races().size();
    if (pairs > 0) {
      Race race = variable.races().get(0);
      String both = access(variable, race.first()) + " and " + access(variable, race.second());
      String more = pairs == 1 ? "" : " (" + pairs + " such pairs)";
      String text = "data race over " + name + ": nothing orders " + both + more;
      lines.add(new Line(run.scenario().file() + ":" + race.second().place(), text));
    }
    long lost = variable.use().lost();
    if (lost > 0) {
      String updates = lost == 1 ? "1 update" : lost + " updates";
      lines.add(
          new Line("", updates + " of " + name + " lost: overwritten without having been read"));
    }
    return lines;
  }

  private static String access(SharedVariable variable, Access access) {
    List<String> locks = variable.locks(access.locks());
    String holding = locks.isEmpty() ? "" : ", holding " + String.join(", ", locks);
    String by = variable.threadOf(access);
    return (access.atomic() ? "an " : "a ")
        + RaceTables.what(access)
        + " by "
        + by
        + " (line "
        + access.place()
        + holding
        + ")";
  }

  /** Adds the errors that nobody heard of, as Python warns of them. */
  private void lostErrors(List<Line> lines) {
    CoroutineUse coroutines = run.metrics().coroutines();
    for (CoroutineUse.LostError lost : coroutines.lostErrors()) {
      String when = Decimals.readable(lost.time());
      String where = coroutines.of(lost.coroutine()).name();
      String text = " was never retrieved: nobody awaited the coroutine";
      lines.add(new Line("", lost.error() + " at " + when + " in " + where + text));
    }
    long left = coroutines.lostErrorCount() - coroutines.lostErrors().size();
    more(lines, left, "errors that were never retrieved");
  }

  /** A fact of the trace has a line, but no column. */
  private Line outOfOrder(LockOrder.Inversion inversion) {
    List<String> parts = new ArrayList<>();
    for (LockOrder.Step step : inversion.steps()) {
      parts.add(
          run.tasks().name(step.thread())
              + " takes "
              + run.objectLabel(step.acquired())
              + " (line "
              + step.line()
              + ") while it holds "
              + run.objectLabel(step.held())
              + (step.heldLine() > 0 ? " (line " + step.heldLine() + ")" : ""));
    }
    int closing = inversion.steps().get(inversion.steps().size() - 1).line();
    String text = String.join("; ", parts) + "; another time they may wait for each other forever";
    return new Line(run.scenario().file() + ":" + closing, "lock-order inversion: " + text);
  }

  private Line failedOperation(Findings.FailedOperation failed) {
    String when = Decimals.readable(failed.time());
    String where = run.taskName(failed.thread(), failed.coroutine());
    String object = run.objectLabel(failed.object());
    String what = failed.detail().contains(object) ? "" : " (" + object + ")";
    String text = failed.error() + " at " + when + " in " + where + ": " + failed.detail() + what;
    return new Line(place(failed.line(), failed.column()), text);
  }

  /** Returns who sleeps forever, but for those of whom a deadlock already says so. */
  private List<Line> asleep() {
    List<Line> lines = new ArrayList<>();
    Set<String> told = new DeadlockText(run).threads();
    for (Ending.Stuck stuck : run.ending().stuck()) {
      if (!told.contains(stuck.task())) {
        String since = Decimals.readable(stuck.since());
        String text = " is asleep forever: waits for " + stuck.waitsFor() + " since " + since;
        lines.add(new Line("", stuck.task() + text));
      }
    }
    return lines;
  }

  private static void more(List<Line> lines, long count, String what) {
    if (count > 0) {
      lines.add(new Line("", count + " more " + what));
    }
  }

  private String place(int line, int column) {
    return line > 0 ? run.scenario().file() + ":" + line + ":" + column : "";
  }
}
