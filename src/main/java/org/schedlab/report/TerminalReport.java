package org.schedlab.report;

import java.io.IOException;
import java.util.List;

/** A run in a terminal: what failed, the chart, the tables. */
final class TerminalReport {
  /** How many threads the chart shows: with the CPUs they should fit a screen. */
  private static final int LANES = 24;

  private final Run run;
  private final Window window;
  private final int width;
  private final Glyphs glyphs;

  TerminalReport(Run run, Window window, int width, Glyphs glyphs) {
    this.run = run;
    this.window = window;
    this.width = width;
    this.glyphs = glyphs;
  }

  void print(Appendable out) throws IOException {
    out.append(glyphs.plain(run.scenario().name() + " · " + run.setting())).append('\n');
    out.append(glyphs.plain(ending())).append('\n');
    lines(out, "FAILED  ", Verdict.failures(run));
    lines(out, "WARNING  ", Verdict.warnings(run));
    lines(out, "NOTE  ", Verdict.notes(run));
    Gantt gantt = GanttLanes.of(run, window, LANES);
    out.append('\n').append(TextChart.of(gantt, run.unit(), width, glyphs));
    for (Table table : new Tables(run).all()) {
      out.append('\n').append(table.toText(glyphs));
    }
    for (Table table : new DetailTables(run).all()) {
      out.append('\n').append(table.toText(glyphs));
    }
  }

  private String ending() {
    String makespan = Decimals.readable(run.metrics().makespan());
    return switch (run.ending().exit()) {
      case "completed" -> "every thread has ended after " + makespan;
      case "until" -> "stopped at the horizon of " + makespan;
      default -> run.ending().exit() + " after " + makespan;
    };
  }

  private void lines(Appendable out, String mark, List<String> lines) throws IOException {
    for (String line : lines) {
      out.append(mark).append(glyphs.plain(line)).append('\n');
    }
  }
}
