package org.schedlab.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.schedlab.explore.Explorer;
import org.schedlab.explore.Findings;
import org.schedlab.explore.HeldLocks;
import org.schedlab.explore.LockCycle;
import org.schedlab.explore.Machine;
import org.schedlab.explore.RacePair;
import org.schedlab.explore.SharedUse;
import org.schedlab.program.Location;

/** What threads share, over all schedules that were run, for people. */
final class ExploreTables {
  private final Machine machine;
  private final List<String> names;
  private final Findings findings;
  private final boolean complete;

  ExploreTables(Explorer explorer) {
    this.machine = explorer.machine();
    this.names = explorer.judge().names();
    this.findings = explorer.findings();
    this.complete = findings.isComplete();
  }

  /** Returns what a cell is called, also where its process was made meanwhile. */
  static String cellName(int cell, Machine machine, List<String> names) {
    return cell < machine.cellCount() ? names.get(cell) : machine.fullCellName(cell);
  }

  private String name(int cell) {
    return cellName(cell, machine, names);
  }

  /** Returns those that have rows. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    List<SharedUse> shared = findings.sharedVariables();
    if (!shared.isEmpty()) {
      tables.add(variables(shared));
    }
    if (!findings.races().isEmpty()) {
      tables.add(races());
    }
    List<LockCycle> cycles = findings.lockCycles();
    if (!cycles.isEmpty()) {
      tables.add(cycles(cycles));
    }
    return tables;
  }

  private Table variables(List<SharedUse> shared) {
    Table.Builder table =
        new Table.Builder("Shared variables, over all schedules")
            .words("variable")
            .number("racing pairs")
            .number("lost updates at most")
            .words("locks in common")
            .words("verdict");
    List<SharedUse> shown = shared.stream().limit(Tables.ROWS).toList();
    for (SharedUse use : shown) {
      List<String> locks = use.locks();
      table.row(
          List.of(
              name(use.cell()),
              Integer.toString(use.pairs()),
              Integer.toString(use.mostLost()),
              locks == null ? "–" : locks.isEmpty() ? "none" : String.join(", ", locks),
              use.verdict().label()));
    }
    String meaning =
        complete
            ? "Lost at most: in one schedule. Locks in common: held at every access, whatever the"
                + " schedule, from a second thread's first on."
            : "Of the schedules that were run; others may show more.";
    String cut = Tables.cut(shared.size(), shown.size());
    return table.note(cut.isEmpty() ? meaning : meaning + "\n" + cut).build();
  }

  private Table races() {
    Table.Builder table =
        new Table.Builder("Data races, over all schedules")
            .words("variable")
            .words("one access")
            .number("line")
            .words("holding")
            .words("the other")
            .number("line")
            .words("holding");
    // Several places of one line look the same here.
    Set<List<String>> rows = new LinkedHashSet<>();
    for (RacePair race : findings.races()) {
      HeldLocks held = findings.held(race);
      List<String> cells = new ArrayList<>(List.of(name(race.cell())));
      add(cells, race.first(), race.firstAt(), race.firstWrites(), held.first());
      add(cells, race.second(), race.secondAt(), race.secondWrites(), held.second());
      rows.add(cells);
    }
    rows.stream().limit(Tables.ROWS).forEach(table::row);
    String meaning = "Nothing orders the two: in some schedule they stand side by side.";
    String cut = Tables.cut(rows.size(), Math.min(rows.size(), Tables.ROWS));
    return table.note(cut.isEmpty() ? meaning : meaning + "\n" + cut).build();
  }

  private void add(
      List<String> cells, int thread, Location at, boolean writes, List<String> locks) {
    cells.add((writes ? "write by " : "read by ") + machine.threadName(thread));
    cells.add(Integer.toString(at.line()));
    cells.add(locks.isEmpty() ? "nothing" : String.join(", ", locks));
  }

  private Table cycles(List<LockCycle> cycles) {
    Table.Builder table =
        new Table.Builder("Locks taken in a circle").words("circle").words("deadlock").words("why");
    List<LockCycle> shown = cycles.stream().limit(Tables.ROWS).toList();
    for (LockCycle cycle : shown) {
      String circle = String.join(" → ", cycle.locks()) + " → " + cycle.locks().get(0);
      table.row(List.of(circle, deadlock(cycle), why(cycle)));
    }
    String meaning = "Each is wanted by a thread that holds the one before.";
    String cut = Tables.cut(cycles.size(), shown.size());
    return table.note(cut.isEmpty() ? meaning : meaning + "\n" + cut).build();
  }

  private String deadlock(LockCycle cycle) {
    if (cycle.isReached()) {
      return "some schedule ends in it";
    }
    return complete ? "no schedule ends in it" : "none seen";
  }

  private String why(LockCycle cycle) {
    return cycle.isReached() || !complete ? "" : cycle.reason();
  }
}
