package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.schedlab.metrics.Inversions;
import org.schedlab.metrics.LockTimes;
import org.schedlab.metrics.LockUse;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/** What threads waited for each other at, and how priorities were turned upside down. */
final class LockTables {
  private final Run run;
  private final LockUse locks;
  private final Inversions inversions;

  LockTables(Run run) {
    this.run = run;
    this.locks = run.metrics().locks();
    this.inversions = run.metrics().inversions();
  }

  /** Returns those that have rows. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    if (locks.count() > 0) {
      tables.add(locks());
    }
    if (!conditions().isEmpty()) {
      tables.add(signals());
    }
    if (inversions.count() > 0) {
      tables.add(inversions());
    }
    return tables;
  }

  private List<LockTimes> conditions() {
    return locks.all().stream().filter(lock -> lock.kind() == SyncKind.CONDITION).toList();
  }

  /** Returns the process whose threads alone use an object, or that all do. */
  static String process(Run run, int process) {
    return process == TraceSink.NONE ? "all" : run.metrics().lives().name(process);
  }

  Table locks() {
    List<LockTimes> shown = locks.all().stream().limit(Tables.ROWS).toList();
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            shown.stream().flatMapToLong(lock -> LongStream.of(lock.holdMax(), lock.waitMax())));
    Table.Builder table =
        new Table.Builder(style.title("Locks"))
            .words("object")
            .words("kind")
            .words("process")
            .number("acquisitions")
            .number("contended")
            .number("hold mean")
            .number("max")
            .number("wait mean")
            .number("max")
            .number("longest queue")
            .number("at the end")
            .number("timeouts");
    shown.forEach(lock -> table.row(row(lock, style)));
    String meaning =
        "Contended: had to wait for it. Wait: until it was acquired, at a condition variable until"
            + " its mutex was.";
    String cut = Tables.cut(locks.count(), shown.size());
    return table.note(cut.isEmpty() ? meaning : meaning + "\n" + cut).build();
  }

  private List<String> row(LockTimes lock, TimeStyle style) {
    boolean condition = lock.kind() == SyncKind.CONDITION;
    return List.of(
        lock.name(),
        lock.kind().label(),
        process(run, lock.process()),
        condition ? "–" : Long.toString(lock.acquisitions()),
        condition ? "–" : Decimals.percent(lock.contended(), lock.acquisitions()),
        mean(style, lock.holdTotal(), lock.holds()),
        style.time(lock.holds() == 0 ? TaskTimes.NEVER : lock.holdMax()),
        mean(style, lock.waitTotal(), lock.waits()),
        style.time(lock.waits() == 0 ? TaskTimes.NEVER : lock.waitMax()),
        Integer.toString(lock.longestQueue()),
        Integer.toString(lock.waiting()),
        Long.toString(lock.timeouts()));
  }

  private static String mean(TimeStyle style, long total, long count) {
    return count == 0 ? "–" : style.mean(Averages.mean(total, count));
  }

  Table signals() {
    List<LockTimes> all = conditions();
    List<LockTimes> shown = all.stream().limit(Tables.ROWS).toList();
    Table.Builder table =
        new Table.Builder("Signals")
            .words("condition variable")
            .words("process")
            .number("signals")
            .number("lost")
            .number("waits");
    for (LockTimes condition : shown) {
      table.row(
          List.of(
              condition.name(),
              process(run, condition.process()),
              Long.toString(condition.signals()),
              Long.toString(condition.lostSignals()),
              Long.toString(condition.waits())));
    }
    String meaning = "Lost: nobody waited. Waits: those that ended.";
    String cut = Tables.cut(all.size(), shown.size());
    return table.note(cut.isEmpty() ? meaning : meaning + "\n" + cut).build();
  }

  Table inversions() {
    int shown = Math.min(inversions.count(), Tables.ROWS);
    TimeStyle style =
        TimeStyle.of(
            run.unit(), IntStream.range(0, shown).mapToLong(index -> inversions.get(index).time()));
    Table.Builder table =
        new Table.Builder(style.title("Priority inversions"))
            .words("who waited")
            .words("for whom")
            .words("through")
            .words("because of")
            .number("how often")
            .number("how long");
    for (int index = 0; index < shown; index++) {
      Inversions.Inversion inversion = inversions.get(index);
      table.row(
          List.of(
              run.tasks().name(inversion.waiter()),
              run.tasks().name(inversion.holder()),
              locks.of(inversion.object()).label(),
              run.tasks().name(inversion.runner()),
              Long.toString(inversion.count()),
              style.time(inversion.time())));
    }
    String meaning =
        "Who waited is more urgent than who ran meanwhile, and that one than who had the lock and"
            + " was ready.";
    String cut = Tables.cut(inversions.count(), shown);
    return table.note(cut.isEmpty() ? meaning : meaning + "\n" + cut).build();
  }
}
