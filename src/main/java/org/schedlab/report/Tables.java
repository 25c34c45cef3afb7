package org.schedlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.schedlab.metrics.JobTimes;
import org.schedlab.metrics.Ledger;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.SwitchTable;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.trace.Account;

/** The tables of a run for people: rounded, with units, the longest ones cut. */
final class Tables {
  /** How many threads a table shows. */
  static final int ROWS = 40;

  /** The order in which textbooks show a thread's times. */
  static final List<TaskField> THREAD_COLUMNS =
      List.of(
          TaskField.ARRIVAL,
          TaskField.START,
          TaskField.FINISH,
          TaskField.TURNAROUND,
          TaskField.WAITING,
          TaskField.RESPONSE,
          TaskField.RUNNING,
          TaskField.BLOCKED,
          TaskField.OVERHEAD);

  private final Run run;
  private final RunMetrics metrics;

  Tables(Run run) {
    this.run = run;
    this.metrics = run.metrics();
  }

  /** Returns all tables that have rows, in the order in which they are shown. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    SummaryReport summary = new SummaryReport(run);
    tables.addAll(summary.tables());
    if (!summary.exists() || run.threads().findAny().isPresent()) {
      tables.add(threads());
    }
    if (run.threads().anyMatch(run.tasks()::hasJobs)) {
      tables.add(jobs());
    }
    tables.addAll(new CoroutineTables(run).all());
    if (run.hasFamilies()) {
      tables.add(new ProcessTable(run).table());
    }
    tables.add(cpus());
    if (switchKinds().findAny().isPresent()) {
      tables.add(switches());
    }
    tables.addAll(new LockTables(run).all());
    tables.addAll(new RaceTables(run).all());
    tables.addAll(new ChannelTables(run).all());
    if (run.hasMemory()) {
      tables.addAll(new MemoryTables(run).all());
    }
    tables.add(ledger());
    return tables;
  }

  Table threads() {
    TaskTimes tasks = run.tasks();
    int[] shown = run.threads().limit(ROWS).toArray();
    LongStream times =
        Arrays.stream(shown)
            .boxed()
            .flatMapToLong(
                thread -> TaskField.TIMES.stream().mapToLong(field -> field.of(tasks, thread)));
    TimeStyle style = TimeStyle.of(run.unit(), times);
    Table.Builder table = new Table.Builder(style.title("Threads")).words("thread");
    THREAD_COLUMNS.forEach(field -> table.number(field.key()));
    for (int thread : shown) {
      List<String> row = new ArrayList<>(List.of(tasks.name(thread)));
      THREAD_COLUMNS.forEach(field -> row.add(style.time(field.of(tasks, thread))));
      table.row(row);
    }
    Averages averages = run.averages();
    List<String> foot = new ArrayList<>(List.of("average"));
    for (TaskField field : THREAD_COLUMNS) {
      foot.add(field.isDuration() ? averages.of(field).map(style::mean).orElse("–") : "");
    }
    return table.foot(foot).note(cut(run.threads().count(), shown.length)).build();
  }

  /** Returns what to say of rows that a table leaves out; nothing where it has them all. */
  static String cut(long all, int shown) {
    return all > shown
        ? "The first " + shown + " of " + all + "; " + (all - shown) + " more in the CSV table."
        : "";
  }

  Table jobs() {
    TaskTimes tasks = run.tasks();
    int[] periodic = run.threads().filter(tasks::hasJobs).toArray();
    int[] shown = Arrays.stream(periodic).limit(ROWS).toArray();
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            Arrays.stream(shown)
                .mapToObj(tasks::jobs)
                .filter(jobs -> jobs.completed() > 0)
                .flatMapToLong(jobs -> LongStream.of(jobs.responseMin(), jobs.responseMax())));
    Table.Builder table =
        new Table.Builder(style.title("Jobs"))
            .words("thread")
            .number("released")
            .number("completed")
            .number("missed")
            .number("response min")
            .number("mean")
            .number("max");
    for (int thread : shown) {
      JobTimes jobs = tasks.jobs(thread);
      List<String> row = new ArrayList<>();
      row.add(tasks.name(thread));
      row.add(Long.toString(jobs.released()));
      row.add(Long.toString(jobs.completed()));
      row.add(Long.toString(jobs.missed()));
      boolean any = jobs.completed() > 0;
      row.add(style.time(any ? jobs.responseMin() : TaskTimes.NEVER));
      row.add(any ? style.mean(Averages.mean(jobs.responseSum(), jobs.completed())) : "–");
      row.add(style.time(any ? jobs.responseMax() : TaskTimes.NEVER));
      table.row(row);
    }
    return table.note(cut(periodic.length, shown.length)).build();
  }

  Table cpus() {
    Ledger ledger = metrics.ledger();
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            IntStream.range(0, ledger.cpus())
                .boxed()
                .flatMapToLong(
                    cpu ->
                        LongStream.of(ledger.busy(cpu), ledger.overhead(cpu), ledger.idle(cpu))));
    Table.Builder table =
        new Table.Builder(style.title("CPUs"))
            .words("CPU")
            .number("busy")
            .number("overhead")
            .number("idle")
            .number("utilisation");
    for (int cpu = 0; cpu < ledger.cpus(); cpu++) {
      table.row(
          List.of(
              Integer.toString(cpu),
              style.time(ledger.busy(cpu)),
              style.time(ledger.overhead(cpu)),
              style.time(ledger.idle(cpu)),
              Decimals.percent(ledger.busy(cpu) + ledger.overhead(cpu), ledger.makespan())));
    }
    return table.note("Utilisation is busy and overhead over the makespan.").build();
  }

  private Stream<SwitchTable.Kind> switchKinds() {
    SwitchTable switches = metrics.switches();
    return Arrays.stream(SwitchTable.Kind.values())
        .filter(kind -> switches.count(kind) > 0 || switches.total(kind) > 0);
  }

  Table switches() {
    SwitchTable switches = metrics.switches();
    if (switchKinds().allMatch(kind -> switches.total(kind) == 0)) {
      return freeSwitches();
    }
    TimeStyle style =
        TimeStyle.of(
            run.unit(),
            switchKinds()
                .flatMapToLong(
                    kind -> LongStream.of(switches.direct(kind), switches.indirect(kind))));
    Table.Builder table =
        new Table.Builder(style.title("Context switches"))
            .words("between")
            .words("because")
            .number("count")
            .number("cost of one")
            .number("direct")
            .number("indirect")
            .number("total")
            .number("share of CPU time");
    switchKinds()
        .forEach(
            kind ->
                table.row(
                    switchRow(
                        kind.between(),
                        kind.manner(),
                        switches.count(kind),
                        switches.direct(kind),
                        switches.indirect(kind),
                        style)));
    long direct = switchKinds().mapToLong(switches::direct).sum();
    long indirect = switchKinds().mapToLong(switches::indirect).sum();
    return table
        .foot(switchRow("all", "", switches.count(), direct, indirect, style))
        .note("Direct: registers, run queue, page tables. Indirect: refilling caches and TLB.")
        .build();
  }

  /** On a machine where a switch costs nothing, how many there were is all there is to say. */
  private Table freeSwitches() {
    SwitchTable switches = metrics.switches();
    Table.Builder table =
        new Table.Builder("Context switches").words("between").words("because").number("count");
    switchKinds()
        .forEach(
            kind ->
                table.row(
                    List.of(kind.between(), kind.manner(), Long.toString(switches.count(kind)))));
    return table
        .foot(List.of("all", "", Long.toString(switches.count())))
        .note("Switching costs nothing here.")
        .build();
  }

  private List<String> switchRow(
      String between, String manner, long count, long direct, long indirect, TimeStyle style) {
    long total = direct + indirect;
    return List.of(
        between,
        manner,
        Long.toString(count),
        count == 0 ? "–" : style.mean(Averages.mean(total, count)),
        style.time(direct),
        style.time(indirect),
        style.time(total),
        Decimals.percent(total, run.cpuTime()));
  }

  Table ledger() {
    Ledger ledger = metrics.ledger();
    List<Account> used =
        Arrays.stream(Account.values()).filter(account -> ledger.charged(account) > 0).toList();
    TimeStyle style = TimeStyle.of(run.unit(), used.stream().mapToLong(ledger::charged));
    Table.Builder table =
        new Table.Builder(style.title("Where the CPU time went"))
            .words("account")
            .number("time")
            .number("share")
            .words("what it is");
    for (Account account : used) {
      long time = ledger.charged(account);
      table.row(
          List.of(
              account.label(),
              style.time(time),
              Decimals.percent(time, run.cpuTime()),
              account.meaning()));
    }
    return table
        .foot(
            List.of(
                "all",
                style.time(run.cpuTime()),
                Decimals.percent(run.cpuTime(), run.cpuTime()),
                "makespan × CPUs: the books balance"))
        .build();
  }
}
