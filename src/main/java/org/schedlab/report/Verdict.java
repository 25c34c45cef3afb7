package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.metrics.Findings;
import org.schedlab.scenario.Scenario;

/** What went wrong in a run, in plain lines. */
final class Verdict {
  private static final String STUCK = "stuck";

  private final Run run;

  private Verdict(Run run) {
    this.run = run;
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

  /** Returns what the scenario checks and did not hold, and threads that nothing will ever wake. */
  static List<String> failures(Run run) {
    return new Verdict(run).failed().stream().map(Line::toString).toList();
  }

  /** Returns faults: they end a thread, and a scenario may be there to show just that. */
  static List<String> warnings(Run run) {
    return new Verdict(run).doubtful().stream().map(Line::toString).toList();
  }

  /** Returns what could not be checked, and why. */
  static List<String> notes(Run run) {
    Scenario.FinalCheck check = run.scenario().finalCheck();
    if (check == null || run.ending().finalCheckHeld() != null || isStuck(run)) {
      return List.of();
    }
    return List.of(
        "the final condition was not checked, for not every thread had ended: " + check.text());
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
      String where = run.tasks().name(failed.thread());
      String text = "assert failed at " + when + " in " + where + ": " + failed.text();
      lines.add(new Line(place(failed.line(), failed.column()), text));
    }
    more(lines, findings.assertionCount() - findings.assertions().size(), "failed asserts");
    Scenario.FinalCheck check = run.scenario().finalCheck();
    if (Boolean.FALSE.equals(run.ending().finalCheckHeld())) {
      lines.add(new Line("", "final condition is false: " + check.text()));
    }
    if (check != null && run.ending().finalCheckHeld() == null && isStuck(run)) {
      String text = "final condition could not be checked, for threads are stuck: ";
      lines.add(new Line("", text + check.text()));
    }
    for (UnmetExpectation unmet : run.unmet()) {
      String text = unmet.what() + ": expected " + unmet.expected();
      lines.add(new Line("", text + ", actual " + unmet.actual()));
    }
    asleep(lines);
    return lines;
  }

  private List<Line> doubtful() {
    List<Line> lines = new ArrayList<>();
    Findings findings = run.metrics().findings();
    for (Findings.FaultedThread fault : findings.faults()) {
      String when = Decimals.readable(fault.time());
      String where = run.tasks().name(fault.thread());
      String detail = fault.detail().isEmpty() ? "" : ": " + fault.detail();
      String text = fault.fault().label() + " at " + when + " in " + where + detail;
      lines.add(new Line(place(fault.line(), fault.column()), text));
    }
    more(lines, findings.faultCount() - findings.faults().size(), "faults");
    return lines;
  }

  private void asleep(List<Line> lines) {
    for (Ending.Stuck stuck : run.ending().stuck()) {
      String since = Decimals.readable(stuck.since());
      String text = " is asleep forever: waits for " + stuck.waitsFor() + " since " + since;
      lines.add(new Line("", stuck.task() + text));
    }
  }

  private static boolean isStuck(Run run) {
    return run.ending().exit().equals(STUCK);
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
