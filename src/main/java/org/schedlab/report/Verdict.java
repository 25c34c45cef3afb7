package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.metrics.Findings;

/** What went wrong in a run, in plain lines. */
final class Verdict {
  private Verdict() {}

  /** Returns what the scenario checks and did not hold. */
  static List<String> failures(Run run) {
    List<String> lines = new ArrayList<>();
    Findings findings = run.metrics().findings();
    for (Findings.FailedAssertion failed : findings.assertions()) {
      lines.add(
          place(run, failed.line(), failed.column())
              + "assert failed at "
              + Decimals.readable(failed.time())
              + " in "
              + run.tasks().name(failed.thread())
              + ": "
              + failed.text());
    }
    more(lines, findings.assertionCount() - findings.assertions().size(), "failed asserts");
    if (Boolean.FALSE.equals(run.ending().finalCheckHeld())) {
      lines.add("final condition is false: " + run.scenario().finalCheck().text());
    }
    for (UnmetExpectation unmet : run.unmet()) {
      lines.add(unmet.what() + ": expected " + unmet.expected() + ", actual " + unmet.actual());
    }
    return lines;
  }

  /** Returns faults, and threads that nothing will ever wake. */
  static List<String> warnings(Run run) {
    List<String> lines = new ArrayList<>();
    Findings findings = run.metrics().findings();
    for (Findings.FaultedThread fault : findings.faults()) {
      lines.add(
          place(run, fault.line(), fault.column())
              + fault.fault().label()
              + " at "
              + Decimals.readable(fault.time())
              + " in "
              + run.tasks().name(fault.thread())
              + (fault.detail().isEmpty() ? "" : ": " + fault.detail()));
    }
    more(lines, findings.faultCount() - findings.faults().size(), "faults");
    for (Ending.Stuck stuck : run.ending().stuck()) {
      lines.add(
          stuck.task()
              + " is asleep forever: waits for "
              + stuck.waitsFor()
              + " since "
              + Decimals.readable(stuck.since()));
    }
    return lines;
  }

  private static void more(List<String> lines, long count, String what) {
    if (count > 0) {
      lines.add(count + " more " + what);
    }
  }

  private static String place(Run run, int line, int column) {
    return line > 0 ? run.scenario().file() + ":" + line + ":" + column + ": " : "";
  }
}
