package org.schedlab.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVPrinter;
import org.schedlab.metrics.MemoryUse;
import org.schedlab.metrics.ProcessLives;
import org.schedlab.metrics.StackUse;
import org.schedlab.trace.PageFault;
import org.schedlab.trace.TraceSink;

/** The tables of memory and processes for programs, as {@link CsvTables} has the others. */
final class MemoryCsv {
  private final Run run;

  MemoryCsv(Run run) {
    this.run = run;
  }

  private String header(String name) {
    return name + "_" + run.unit().symbol();
  }

  void memory(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    List<Object> headers = new ArrayList<>(List.of("process"));
    for (MemoryField field : MemoryField.values()) {
      headers.add(field.key().replace('.', '_'));
    }
    for (PageFault kind : PageFault.values()) {
      headers.add("faults_" + kind.name().toLowerCase(Locale.ROOT));
    }
    headers.addAll(
        List.of("shootdowns", "resident_pages", "resident_pages_peak", "page_table_bytes"));
    csv.printRecord(headers);
    MemoryUse memory = run.metrics().memory();
    for (int process : run.processesWithMemory().toArray()) {
      List<Object> row = new ArrayList<>();
      row.add(run.metrics().lives().name(process));
      for (MemoryField field : MemoryField.values()) {
        row.add(field.of(run.scenario(), memory, process));
      }
      for (PageFault kind : PageFault.values()) {
        row.add(memory.faults(process, kind));
      }
      row.add(memory.shootdowns(process));
      row.add(memory.residentAtEnd(process));
      row.add(memory.mostResidentPages(process));
      row.add(memory.mostTableBytes(process));
      csv.printRecord(row);
    }
  }

  void stacks(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord(
        "thread", "process", "reserved_bytes", "resident_bytes", "deepest_bytes", "deepest_calls");
    StackUse stacks = run.metrics().stacks();
    for (int thread : run.threadsWithStacks().toArray()) {
      csv.printRecord(
          run.tasks().name(thread),
          run.tasks().processName(thread),
          stacks.reserved(thread),
          stacks.resident(thread),
          stacks.deepest(thread),
          stacks.calls(thread));
    }
  }

  void processes(Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CsvTables.FORMAT);
    csv.printRecord(
        "process",
        "parent",
        "made",
        "execs",
        header("start"),
        header("end"),
        "exit",
        header("orphaned"),
        header("reaped"),
        "reaped_by");
    ProcessTable table = new ProcessTable(run);
    ProcessLives lives = run.metrics().lives();
    for (int process : table.processes().toArray()) {
      int parent = lives.parent(process);
      csv.printRecord(
          lives.name(process),
          parent == TraceSink.NONE ? null : lives.name(parent),
          lives.origin(process).label(),
          lives.executions(process),
          run.exact(lives.start(process)),
          run.exact(lives.end(process)),
          table.hasEnded(process) ? lives.exitCode(process) : null,
          run.exact(lives.orphaned(process)),
          run.exact(lives.reaped(process)),
          table.reaper(process));
    }
  }
}
