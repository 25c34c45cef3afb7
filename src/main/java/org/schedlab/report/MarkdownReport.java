package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.metrics.Findings;
import org.schedlab.scenario.Scenario;

/** A run on one page of Markdown. */
final class MarkdownReport {
  private final Run run;

  MarkdownReport(Run run) {
    this.run = run;
  }

  /**
   * Returns the page.
   *
   * @param chart the chart's file beside it; empty where there is none
   */
  String page(String chart) {
    Scenario scenario = run.scenario();
    StringBuilder text = new StringBuilder();
    text.append("# ").append(Markdown.escaped(scenario.name())).append("\n\n");
    if (!scenario.description().isEmpty()) {
      text.append(scenario.description().strip()).append("\n\n");
    }
    text.append(Markdown.escaped(run.setting())).append(". Makespan ");
    text.append(Decimals.readable(run.metrics().makespan()));
    text.append(", exit: ").append(run.ending().exit()).append(".\n\n");
    list(text, "Failed", Verdict.failures(run));
    list(text, "Warnings", Verdict.warnings(run));
    if (!chart.isEmpty()) {
      text.append("![Gantt chart](").append(chart).append(")\n\n");
    }
    for (Table table : new Tables(run).all()) {
      text.append(table.toMarkdown());
    }
    for (Table table : new DetailTables(run).all()) {
      text.append(table.toMarkdown());
    }
    list(text, "What was checked", checked());
    return text.toString().stripTrailing() + "\n";
  }

  private static void list(StringBuilder text, String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    text.append("## ").append(title).append("\n\n");
    for (String line : lines) {
      text.append("- ").append(Markdown.escaped(line)).append('\n');
    }
    text.append('\n');
  }

  private List<String> checked() {
    List<String> lines = new ArrayList<>();
    lines.add("For every CPU, busy + overhead + idle = makespan: it is, to the nanosecond.");
    lines.add(
        "For every thread, turnaround = running + waiting + blocked + overhead: it is, to the"
            + " nanosecond.");
    if (!run.metrics().coroutines().all().isEmpty()) {
      lines.add("The same holds for every coroutine: it does, to the nanosecond.");
    }
    int stated = run.scenario().expectations().size();
    if (stated > 0) {
      int met = stated - run.unmet().size();
      String results = stated == 1 ? " stated result, " : " stated results, ";
      lines.add("Of " + stated + results + met + " came about.");
    }
    if (run.ending().finalCheckHeld() != null) {
      String held = run.ending().finalCheckHeld() ? "holds" : "does not hold";
      lines.add("The final condition " + held + ": " + run.scenario().finalCheck().text());
    }
    boolean unchecked =
        run.scenario().finalCheck() != null && run.ending().finalCheckHeld() == null;
    if (unchecked) {
      lines.add(
          "The final condition was not checked, for not every thread had ended: "
              + run.scenario().finalCheck().text());
    }
    checkedForDeadlocks(lines);
    long failed = run.metrics().findings().assertionCount();
    lines.add(
        failed == 0
            ? "No assert failed."
            : failed + (failed == 1 ? " assert" : " asserts") + " failed.");
    return lines;
  }

  private void checkedForDeadlocks(List<String> lines) {
    List<Findings.FoundDeadlock> found = run.metrics().findings().deadlocks();
    if (run.scenario().deadlockExpected()) {
      DeadlockText text = new DeadlockText(run);
      found.forEach(deadlock -> lines.add("As expected, " + text.of(deadlock) + "."));
      if (found.isEmpty() && run.hasDeadlock()) {
        lines.add("As expected, threads wait for each other forever.");
      }
    } else if (found.isEmpty() && run.metrics().locks().count() > 0) {
      lines.add("No threads waited for each other in a circle.");
    }
  }
}
