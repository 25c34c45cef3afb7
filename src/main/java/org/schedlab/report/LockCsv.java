package org.schedlab.report;

import java.io.IOException;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.metrics.Inversions;
import org.schedlab.metrics.LockTimes;
import org.schedlab.metrics.LockUse;
import org.schedlab.trace.TraceSink;

/** The tables of locks and priority inversions for programs, as {@link CsvTables} the others. */
final class LockCsv {
  private final Run run;

  LockCsv(Run run) {
    this.run = run;
  }

  private String header(String name) {
    return name + "_" + run.unit().symbol();
  }

  void locks(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord(
        "object",
        "kind",
        "process",
        "acquisitions",
        "contended",
        "holds",
        header("hold_sum"),
        header("hold_max"),
        "waits",
        header("wait_sum"),
        header("wait_max"),
        "longest_queue",
        "waiting_at_end",
        "timeouts",
        "signals",
        "signals_lost");
    LockUse locks = run.metrics().locks();
    for (LockTimes lock : locks.all()) {
      boolean common = lock.process() == TraceSink.NONE;
      csv.printRecord(
          lock.name(),
          lock.kind().label(),
          common ? null : run.metrics().lives().name(lock.process()),
          lock.acquisitions(),
          lock.contended(),
          lock.holds(),
          run.exact(lock.holdTotal()),
          lock.holds() == 0 ? null : run.exact(lock.holdMax()),
          lock.waits(),
          run.exact(lock.waitTotal()),
          lock.waits() == 0 ? null : run.exact(lock.waitMax()),
          lock.longestQueue(),
          lock.waiting(),
          lock.timeouts(),
          lock.signals(),
          lock.lostSignals());
    }
  }

  void inversions(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord("waiter", "holder", "object", "runner", "count", header("time"));
    Inversions inversions = run.metrics().inversions();
    for (int index = 0; index < inversions.count(); index++) {
      Inversions.Inversion inversion = inversions.get(index);
      csv.printRecord(
          run.tasks().name(inversion.waiter()),
          run.tasks().name(inversion.holder()),
          run.metrics().locks().of(inversion.object()).label(),
          run.tasks().name(inversion.runner()),
          inversion.count(),
          run.exact(inversion.time()));
    }
  }
}
