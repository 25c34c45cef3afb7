package org.schedlab.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.metrics.JobTimes;
import org.schedlab.metrics.Ledger;
import org.schedlab.metrics.SwitchTable;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.metrics.Timeline;
import org.schedlab.trace.Account;

/**
 * The tables of a run for programs: every row, times as exact decimals in the scenario's unit,
 * which the headers name. What has not come about is empty.
 */
final class CsvTables {
  static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator("\n").setNullString("").get();

  private final Run run;

  CsvTables(Run run) {
    this.run = run;
  }

  private String header(String name) {
    return name + "_" + run.unit().symbol();
  }

  /** Prints a row cell by cell: the printer's own way is through streams, which take longer. */
  private static void record(CSVPrinter csv, Object... cells) throws IOException {
    for (Object cell : cells) {
      csv.print(cell);
    }
    csv.println();
  }

  void threads(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, FORMAT);
    List<String> headers = new ArrayList<>(List.of("thread", "process"));
    TaskField.TIMES.forEach(field -> headers.add(header(field.key())));
    headers.addAll(List.of("voluntary_switches", "involuntary_switches", "system_calls", "exit"));
    record(csv, headers.toArray());
    TaskTimes tasks = run.tasks();
    for (int thread : run.threads().toArray()) {
      List<Object> row = new ArrayList<>();
      row.add(tasks.name(thread));
      row.add(tasks.processName(thread));
      TaskField.TIMES.forEach(field -> row.add(run.exact(field.of(tasks, thread))));
      row.add(tasks.voluntarySwitches(thread));
      row.add(tasks.involuntarySwitches(thread));
      row.add(tasks.systemCalls(thread));
      row.add(tasks.hasEnded(thread) ? tasks.exitCode(thread) : null);
      record(csv, row.toArray());
    }
  }

  void jobs(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, FORMAT);
    record(
        csv,
        "thread",
        "released",
        "completed",
        "missed",
        header("response_min"),
        header("response_max"),
        header("response_sum"));
    TaskTimes tasks = run.tasks();
    for (int thread : run.threads().filter(tasks::hasJobs).toArray()) {
      JobTimes jobs = tasks.jobs(thread);
      boolean any = jobs.completed() > 0;
      record(
          csv,
          tasks.name(thread),
          jobs.released(),
          jobs.completed(),
          jobs.missed(),
          any ? run.exact(jobs.responseMin()) : null,
          any ? run.exact(jobs.responseMax()) : null,
          run.exact(jobs.responseSum()));
    }
  }

  void cpus(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, FORMAT);
    List<String> headers =
        new ArrayList<>(List.of("cpu", header("busy"), header("overhead"), header("idle")));
    // What is charged to idle has its column already.
    List<Account> accounts =
        Arrays.stream(Account.values()).filter(account -> account != Account.IDLE).toList();
    for (Account account : accounts) {
      headers.add(header(LedgerKeys.of(account)));
    }
    record(csv, headers.toArray());
    Ledger ledger = run.metrics().ledger();
    for (int cpu = 0; cpu < ledger.cpus(); cpu++) {
      List<Object> row = new ArrayList<>();
      row.add(cpu);
      row.add(run.exact(ledger.busy(cpu)));
      row.add(run.exact(ledger.overhead(cpu)));
      row.add(run.exact(ledger.idle(cpu)));
      for (Account account : accounts) {
        row.add(run.exact(ledger.charged(cpu, account)));
      }
      record(csv, row.toArray());
    }
  }

  void switches(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, FORMAT);
    record(csv, "between", "because", "count", header("direct"), header("indirect"));
    SwitchTable switches = run.metrics().switches();
    for (SwitchTable.Kind kind : SwitchTable.Kind.values()) {
      record(
          csv,
          kind.between(),
          kind.manner(),
          switches.count(kind),
          run.exact(switches.direct(kind)),
          run.exact(switches.indirect(kind)));
    }
  }

  void ledger(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, FORMAT);
    record(csv, "account", header("time"), "meaning");
    for (Account account : Account.values()) {
      record(
          csv,
          account.label(),
          run.exact(run.metrics().ledger().charged(account)),
          account.meaning());
    }
  }

  void timeline(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, FORMAT);
    record(csv, "cpu", "thread", header("start"), header("end"), "why");
    for (Timeline.Bar bar : run.metrics().timeline().bars()) {
      record(
          csv,
          bar.cpu(),
          run.tasks().name(bar.thread()),
          run.exact(bar.start()),
          run.exact(bar.end()),
          bar.why().label());
    }
  }
}
