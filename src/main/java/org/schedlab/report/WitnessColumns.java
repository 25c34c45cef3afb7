package org.schedlab.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.schedlab.explore.Machine;
import org.schedlab.explore.Narrative;

/** Prints a schedule step by step, in columns, one for each thread. */
final class WitnessColumns {
  private static final int GAP = 2;
  private static final String INDENT = "  ";

  private final Machine machine;
  private final Narrative narrative;
  private final List<Integer> threads = new ArrayList<>();

  private WitnessColumns(Machine machine, int[] schedule) {
    this.machine = machine;
    this.narrative = Narrative.of(machine, schedule);
    Arrays.stream(schedule).distinct().sorted().forEach(threads::add);
  }

  static void print(Machine machine, int[] schedule, PrintStream out, int width) {
    WitnessColumns columns = new WitnessColumns(machine, schedule);
    columns.steps(out, width);
    for (Narrative.Stuck stuck : columns.narrative.stuck()) {
      out.print(
          INDENT
              + machine.threadName(stuck.thread())
              + " waits for ever: "
              + stuck.text()
              + " (line "
              + stuck.location().line()
              + ")\n");
    }
  }

  private void steps(PrintStream out, int width) {
    int[] widths = new int[threads.size()];
    int total = INDENT.length();
    for (int i = 0; i < widths.length; i++) {
      int thread = threads.get(i);
      widths[i] = GAP + machine.threadName(thread).length();
      for (Narrative.Step step : narrative.steps()) {
        if (step.thread() == thread) {
          widths[i] = Math.max(widths[i], GAP + step.text().length());
        }
      }
      total += widths[i];
    }
    boolean columns = total <= width;
    if (columns) {
      StringBuilder head = new StringBuilder(INDENT);
      for (int i = 0; i < widths.length; i++) {
        head.append(padded(machine.threadName(threads.get(i)), widths[i]));
      }
      out.print(head.toString().stripTrailing() + "\n");
    }
    for (Narrative.Step step : narrative.steps()) {
      int column = threads.indexOf(step.thread());
      int before = Arrays.stream(widths, 0, column).sum();
      String who = columns ? " ".repeat(before) : machine.threadName(step.thread()) + ": ";
      out.print(INDENT + who + step.text() + "\n");
      step.failed().forEach(failed -> out.print(INDENT + who + "! " + failed + "\n"));
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
