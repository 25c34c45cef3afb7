package org.schedlab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.schedlab.metrics.MemoryUse;
import org.schedlab.metrics.ReferenceLog;
import org.schedlab.metrics.Wakeups;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.TraceSink;

/** What is shown when somebody asks for it: maps of memory, every reference, every wake-up. */
final class DetailTables {
  /** How many references a table shows; result.json has all that were kept. */
  static final int REFERENCES = 1_000;

  /** How many wake-ups a table shows. */
  static final int WAKEUPS = 1_000;

  private final Run run;

  DetailTables(Run run) {
    this.run = run;
  }

  /** Returns the tables that were asked for. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    if (run.details().contains(Detail.MEMORY)) {
      maps().stream().limit(Tables.ROWS).forEach(map -> addMap(tables, map));
    }
    if (run.details().contains(Detail.REFERENCES)) {
      run.metrics().references().ifPresent(log -> tables.add(references(log)));
    }
    run.metrics().wakeups().ifPresent(wakeups -> tables.add(wakeups(wakeups)));
    run.metrics().decisions().ifPresent(log -> tables.add(new DecisionText(run, log).table()));
    return tables;
  }

  /** Returns the maps by process; of one process, which may have begun other programs, by time. */
  List<MemoryUse.ClosedMap> maps() {
    List<MemoryUse.ClosedMap> maps = new ArrayList<>(run.metrics().memory().maps());
    maps.sort(Comparator.comparingInt(MemoryUse.ClosedMap::process));
    return maps;
  }

  private void addMap(List<Table> tables, MemoryUse.ClosedMap closed) {
    String process = run.metrics().lives().name(closed.process());
    String when = process + " at " + Decimals.readable(closed.time());
    tables.add(map("Memory of " + when, closed.map()));
    List<MemoryMap.Cell> cells =
        closed.map().regions().stream().flatMap(region -> region.cells().stream()).toList();
    if (!cells.isEmpty()) {
      tables.add(variables("Variables of " + when, cells));
    }
  }

  private static Table map(String title, MemoryMap map) {
    Table.Builder table =
        new Table.Builder(title)
            .words("addresses")
            .number("size")
            .words("access")
            .number("resident pages")
            .number("resident")
            .words("region");
    int shown = 0;
    for (MemoryMap.Region region : map.regions()) {
      if (shown++ == Tables.ROWS) {
        break;
      }
      if (region.guard()) {
        long start = region.start() - map.pageBytes();
        table.row(
            List.of(
                range(start, map.pageBytes()),
                Decimals.bytes(map.pageBytes()),
                "---",
                "0",
                "0 B",
                "guard page of " + region.name()));
      }
      table.row(
          List.of(
              range(region.start(), region.bytes()),
              Decimals.bytes(region.bytes()),
              region.kind().access(),
              Long.toString(region.residentPages()),
              Decimals.bytes(region.residentPages() * map.pageBytes()),
              region.name()));
    }
    return table.note(note(map)).build();
  }

  private static String note(MemoryMap map) {
    StringBuilder note = new StringBuilder();
    if (map.regions().size() > Tables.ROWS) {
      note.append("The first ").append(Tables.ROWS).append(" of ").append(map.regions().size());
      note.append(" regions.\n");
    }
    note.append("Pages of ").append(Decimals.bytes(map.pageBytes())).append(". ");
    note.append(map.residentPages()).append(" in memory, at most ");
    note.append(map.mostResidentPages()).append("; ");
    note.append(map.swappedPages()).append(" in swap space.\n");
    note.append("Page tables, the root first: ");
    note.append(map.tables().stream().map(String::valueOf).collect(Collectors.joining(" + ")));
    note.append(map.tables().isEmpty() ? "none; " : ", ");
    note.append(Decimals.bytes(map.tableBytes())).append("; at most ");
    return note.append(Decimals.bytes(map.mostTableBytes())).append('.').toString();
  }

  /** Returns a range as /proc/PID/maps writes it: the end is the first address behind it. */
  private static String range(long start, long bytes) {
    return address(start) + "-" + address(start + bytes);
  }

  /** Returns an address with the twelve digits that 48 bits take, or more. */
  static String address(long address) {
    String digits = Long.toHexString(address);
    return digits.length() >= 12 ? digits : "0".repeat(12 - digits.length()) + digits;
  }

  private static Table variables(String title, List<MemoryMap.Cell> cells) {
    Table.Builder table =
        new Table.Builder(title).words("variable").words("address").number("value");
    cells.stream()
        .limit(Tables.ROWS)
        .forEach(
            cell ->
                table.row(
                    List.of(cell.name(), address(cell.address()), Long.toString(cell.value()))));
    int left = cells.size() - Tables.ROWS;
    return table.note(left > 0 ? left + " more in result.json." : "").build();
  }

  private Table references(ReferenceLog log) {
    List<ReferenceLog.Reference> shown = log.references().stream().limit(REFERENCES).toList();
    TimeStyle style =
        TimeStyle.of(run.unit(), shown.stream().mapToLong(ReferenceLog.Reference::time));
    Table.Builder table =
        new Table.Builder(style.title("References"))
            .number("no.")
            .number("time")
            .words("thread")
            .words("page")
            .words("access")
            .words("result")
            .words("leaves")
            .words("in memory then");
    int number = 0;
    for (ReferenceLog.Reference reference : shown) {
      number++;
      table.row(
          List.of(
              Integer.toString(number),
              style.time(reference.time()),
              run.tasks().name(reference.thread()),
              name(reference.page()),
              reference.write() ? "write" : "read",
              reference.fault() == null ? "hit" : "fault: " + reference.fault().label(),
              names(reference.victims()),
              names(reference.inMemory())
                  + (reference.more() > 0 ? " and " + reference.more() + " more" : "")));
    }
    String rest = log.references().size() == log.count() ? "result.json has all." : "";
    String cut = "The first " + shown.size() + " of " + log.count() + ". " + rest;
    return table.note(shown.size() < log.count() ? cut.strip() : "").build();
  }

  private Table wakeups(Wakeups wakeups) {
    int shown = Math.min(wakeups.kept(), WAKEUPS);
    TimeStyle style = TimeStyle.of(run.unit(), IntStream.range(0, shown).mapToLong(wakeups::time));
    Table.Builder table =
        new Table.Builder(style.title("Wake-ups"))
            .number("time")
            .words("waker")
            .words("woken")
            .words("waited for");
    for (int i = 0; i < shown; i++) {
      int waker = wakeups.waker(i);
      table.row(
          List.of(
              style.time(wakeups.time(i)),
              waker == TraceSink.NONE ? "–" : run.tasks().name(waker),
              run.tasks().name(wakeups.woken(i)),
              run.waitText(wakeups.cause(i), wakeups.object(i))));
    }
    String rest = wakeups.kept() == wakeups.count() ? "result.json has all." : "";
    String cut = "The first " + shown + " of " + wakeups.count() + ". " + rest;
    return table.note(shown < wakeups.count() ? cut.strip() : "").build();
  }

  private String names(List<ReferenceLog.Page> pages) {
    return pages.stream().map(this::name).collect(Collectors.joining(", "));
  }

  /** Returns a page's name; with its process where there are several. */
  private String name(ReferenceLog.Page page) {
    boolean several = run.processesWithMemory().limit(2).count() > 1;
    return several ? run.metrics().lives().name(page.process()) + " " + page.name() : page.name();
  }
}
