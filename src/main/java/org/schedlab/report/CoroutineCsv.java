package org.schedlab.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.Latencies;
import org.schedlab.metrics.LoopTimes;

/** The tables of coroutines and event loops for programs. */
final class CoroutineCsv {
  private final Run run;

  CoroutineCsv(Run run) {
    this.run = run;
  }

  private String header(String name) {
    return name + "_" + run.unit().symbol();
  }

  void coroutines(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    List<String> headers = new ArrayList<>(List.of("coroutine", "thread"));
    TaskField.TIMES.forEach(field -> headers.add(header(field.key())));
    headers.add(header("blocked_thread"));
    headers.addAll(
        List.of(
            "reserved_bytes",
            "resident_bytes",
            "stolen",
            "resumed",
            "yields",
            "awaits",
            "end",
            "error"));
    csv.printRecord(headers);
    for (CoroutineTimes coroutine : run.metrics().coroutines().all()) {
      List<Object> row = new ArrayList<>();
      row.add(coroutine.name());
      row.add(run.tasks().name(coroutine.thread()));
      TaskField.TIMES.forEach(field -> row.add(run.exact(field.of(coroutine))));
      row.add(run.exact(coroutine.blockedThread()));
      row.add(coroutine.reserved());
      row.add(coroutine.resident());
      row.add(coroutine.steals());
      row.add(coroutine.resumes());
      row.add(coroutine.yields());
      row.add(coroutine.awaits());
      row.add(coroutine.end() == null ? null : coroutine.end().label());
      row.add(coroutine.error());
      csv.printRecord(row);
    }
  }

  void loops(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord(
        "thread",
        "runtime",
        "coroutines",
        "stolen",
        "switches",
        header("switch_time"),
        "waits_for_events",
        header("waits_for_events_time"),
        "wake_ups",
        "made_ready",
        "most_at_once",
        "lag_count",
        header("lag_p50"),
        header("lag_p95"),
        header("lag_p99"),
        header("lag_max"),
        "longest_holder",
        header("longest_hold"),
        "blocking_calls",
        header("blocking_calls_time"));
    for (LoopTimes loop : run.metrics().coroutines().loops()) {
      List<Object> row = new ArrayList<>();
      row.add(run.tasks().name(loop.thread()));
      row.add(loop.runtime());
      row.add(loop.coroutines().size());
      row.add(loop.steals());
      row.add(loop.switches());
      row.add(run.exact(loop.switchTime()));
      row.add(loop.sleeps());
      row.add(run.exact(loop.sleepTime()));
      row.add(loop.wakeUps());
      row.add(loop.readyByWakeUps());
      row.add(loop.mostReadyByWakeUp());
      lag(row, loop.lag());
      row.add(loop.longestHolder() == null ? null : loop.longestHolder().name());
      row.add(run.exact(loop.longestHold()));
      row.add(loop.blockingCallCount());
      row.add(run.exact(loop.blockingCallTime()));
      csv.printRecord(row);
    }
  }

  private void lag(List<Object> row, Latencies lag) {
    boolean any = lag.count() > 0;
    row.add(lag.count());
    for (int percent : new int[] {50, 95, 99}) {
      row.add(any ? run.exact(lag.quantile(percent)) : null);
    }
    row.add(any ? run.exact(lag.max()) : null);
  }
}
