package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.schedlab.races.Access;
import org.schedlab.races.Race;

/** Which variables threads share, and which of their accesses nothing orders, for people. */
final class RaceTables {
  private final Run run;
  private final List<SharedVariable> variables;

  RaceTables(Run run) {
    this.run = run;
    this.variables = SharedVariable.of(run);
  }

  /** Returns those that have rows. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    if (!variables.isEmpty()) {
      tables.add(variables());
    }
    if (variables.stream().anyMatch(variable -> !variable.races().isEmpty())) {
      tables.add(races());
    }
    return tables;
  }

  Table variables() {
    Table.Builder table =
        new Table.Builder("Shared variables")
            .words("variable")
            .words("of")
            .number("used by")
            .number("reads")
            .number("writes")
            .number("racing pairs")
            .number("lost updates")
            .words("locks in common")
            .words("verdict")
            .words("what would protect it");
    List<SharedVariable> shown = variables.stream().limit(Tables.ROWS).toList();
    for (SharedVariable variable : shown) {
      table.row(
          List.of(
              variable.name(),
              variable.owner(),
              Integer.toString(variable.users().size()),
              Long.toString(variable.reads()),
              Long.toString(variable.writes()),
              Integer.toString(variable.races().size()),
              Long.toString(variable.use().lost()),
              common(variable),
              variable.verdict().label(),
              variable.advice()));
    }
    String meaning =
        "Racing: nothing orders the two accesses, whoever came first this time. Lost: a write that"
            + " overwrote another's, which it had not read.";
    String cut = Tables.cut(variables.size(), shown.size());
    return table.note(cut.isEmpty() ? meaning : meaning + "\n" + cut).build();
  }

  private static String common(SharedVariable variable) {
    List<String> locks = variable.commonLocks();
    return locks == null ? "–" : locks.isEmpty() ? "none" : String.join(", ", locks);
  }

  Table races() {
    List<Row> shown =
        variables.stream()
            .flatMap(variable -> variable.races().stream().map(race -> new Row(variable, race)))
            .limit(Tables.ROWS)
            .toList();
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            shown.stream()
                .flatMapToLong(
                    row -> LongStream.of(row.race.first().time(), row.race.second().time())));
    Table.Builder table =
        new Table.Builder(style.title("Data races"))
            .words("variable")
            .words("first")
            .number("line")
            .number("time")
            .words("holding")
            .words("second")
            .number("line")
            .number("time")
            .words("holding");
    for (Row row : shown) {
      List<String> cells = new ArrayList<>(List.of(row.variable.name()));
      add(cells, row.variable, row.race.first(), style);
      add(cells, row.variable, row.race.second(), style);
      table.row(cells);
    }
    String meaning =
        "The same accesses in another order, or at the same time on two CPUs, may give another"
            + " result.";
    String cut = Tables.cut(run.metrics().races().pairs(), shown.size());
    return table.note(cut.isEmpty() ? meaning : meaning + "\n" + cut).build();
  }

  private record Row(SharedVariable variable, Race race) {}

  private static void add(
      List<String> cells, SharedVariable variable, Access access, TimeStyle style) {
    cells.add(what(access) + " by " + variable.threadOf(access));
    cells.add(Integer.toString(access.place()));
    cells.add(style.time(access.time()));
    List<String> locks = variable.locks(access.locks());
    cells.add(locks.isEmpty() ? "nothing" : String.join(", ", locks));
  }

  static String what(Access access) {
    String word = access.write() ? "write" : "read";
    return access.atomic() ? "atomic " + word : word;
  }
}
