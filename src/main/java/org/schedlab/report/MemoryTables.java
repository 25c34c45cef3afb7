package org.schedlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.schedlab.metrics.MemoryUse;
import org.schedlab.metrics.StackUse;

/** What processes did to memory and threads with their stacks, for people. */
final class MemoryTables {
  private final Run run;
  private final MemoryUse memory;
  private final StackUse stacks;

  MemoryTables(Run run) {
    this.run = run;
    this.memory = run.metrics().memory();
    this.stacks = run.metrics().stacks();
  }

  /** Returns those that have rows. */
  List<Table> all() {
    if (run.processesWithMemory().findAny().isEmpty()) {
      return List.of();
    }
    List<Table> tables = new ArrayList<>();
    tables.add(memory());
    if (hasStacks()) {
      tables.add(stacks());
    }
    tables.add(new FootprintTable(run).table());
    return tables;
  }

  /** Says whether stacks are worth a table: there are several, or one that calls used. */
  private boolean hasStacks() {
    return run.threadsWithStacks().limit(2).count() > 1
        || run.threadsWithStacks().anyMatch(thread -> stacks.calls(thread) > 0);
  }

  Table memory() {
    int[] all = run.processesWithMemory().toArray();
    int[] shown = Arrays.stream(all).limit(Tables.ROWS).toArray();
    Table.Builder table =
        new Table.Builder("Memory")
            .words("process")
            .number("accesses")
            .number("minor faults")
            .number("major")
            .number("fault rate")
            .number("TLB hits")
            .number("evictions")
            .number("written out")
            .number("resident pages")
            .number("at most")
            .number("page tables");
    for (int process : shown) {
      List<String> row = new ArrayList<>();
      row.add(run.metrics().lives().name(process));
      counts(row, of -> of.of(run.scenario(), memory, process));
      row.add(Long.toString(memory.residentAtEnd(process)));
      row.add(Long.toString(memory.mostResidentPages(process)));
      row.add(Decimals.bytes(memory.mostTableBytes(process)));
      table.row(row);
    }
    if (all.length > 1) {
      List<String> foot = new ArrayList<>(List.of("all"));
      counts(foot, of -> Arrays.stream(all).mapToLong(p -> of.of(run.scenario(), memory, p)).sum());
      foot.addAll(List.of("", "", ""));
      table.foot(foot);
    }
    String meaning =
        "Fault rate: of all accesses. Resident: in memory at the end, and at most. Page tables: at"
            + " most.";
    String cut = Tables.cut(all.length, shown.length);
    return table.note(cut.isEmpty() ? meaning : meaning + "\n" + cut).build();
  }

  private interface Count {
    long of(MemoryField field);
  }

  private void counts(List<String> row, Count count) {
    long accesses = count.of(MemoryField.ACCESSES);
    long minor = count.of(MemoryField.MINOR_FAULTS);
    long major = count.of(MemoryField.MAJOR_FAULTS);
    boolean tlb = MemoryField.hasTlb(run.scenario());
    row.add(Long.toString(accesses));
    row.add(Long.toString(minor));
    row.add(Long.toString(major));
    // Whoever was ended while the kernel served him has made a fault and no access.
    long tried = Math.max(accesses, minor + major);
    row.add(Decimals.percent(minor + major, tried));
    row.add(tlb ? Decimals.percent(count.of(MemoryField.TLB_HITS), accesses) : "–");
    row.add(Long.toString(count.of(MemoryField.EVICTIONS)));
    row.add(Long.toString(count.of(MemoryField.WRITTEN_OUT)));
  }

  Table stacks() {
    int[] all = run.threadsWithStacks().toArray();
    int[] shown = Arrays.stream(all).limit(Tables.ROWS).toArray();
    Table.Builder table =
        new Table.Builder("Stacks")
            .words("thread")
            .number("reserved")
            .number("resident")
            .number("deepest use")
            .number("calls at once");
    for (int thread : shown) {
      table.row(
          List.of(
              run.tasks().name(thread),
              Decimals.bytes(stacks.reserved(thread)),
              Decimals.bytes(stacks.resident(thread)),
              Decimals.bytes(stacks.deepest(thread)),
              Long.toString(stacks.calls(thread))));
    }
    String title = all.length == 1 ? "all" : "all " + all.length;
    return table
        .foot(
            List.of(
                title,
                sum(all, stacks::reserved),
                sum(all, stacks::resident),
                sum(all, stacks::deepest),
                ""))
        .note(Tables.cut(all.length, shown.length))
        .build();
  }

  private static String sum(int[] threads, IntToLongFunction bytes) {
    return Decimals.bytes(Arrays.stream(threads).mapToLong(bytes).sum());
  }
}
