package org.schedlab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.schedlab.metrics.MemoryUse;
import org.schedlab.metrics.ProcessLives;
import org.schedlab.metrics.ReferenceLog;
import org.schedlab.metrics.StackUse;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.PageFault;

/** The parts of result.json that speak of memory and of processes. Sizes are bytes. */
final class MemoryJson {
  private final Run run;
  private final JsonGenerator json;
  private final MemoryUse memory;
  private final StackUse stacks;

  MemoryJson(Run run, JsonGenerator json) {
    this.run = run;
    this.json = json;
    this.memory = run.metrics().memory();
    this.stacks = run.metrics().stacks();
  }

  private void time(String key, long time) throws IOException {
    json.writeFieldName(key);
    String exact = run.exact(time);
    if (exact == null) {
      json.writeNull();
    } else {
      json.writeNumber(exact);
    }
  }

  private boolean isTooLong(int rows) {
    return rows > run.scenario().report().taskLimit();
  }

  /** Writes {@code memory}: what each process did to memory; empty where none is simulated. */
  void memory() throws IOException {
    int[] processes = run.hasMemory() ? run.processesWithMemory().toArray() : new int[0];
    if (isTooLong(processes.length)) {
      json.writeNumberField("memory_omitted", processes.length);
      return;
    }
    long[][] stackSums = stackSums(processes.length);
    json.writeArrayFieldStart("memory");
    for (int process : processes) {
      json.writeStartObject();
      json.writeStringField("process", run.metrics().lives().name(process));
      use(process);
      stacks(stackSums[process]);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private long value(MemoryField field, int process) {
    return field.of(run.scenario(), memory, process);
  }

  private void use(int process) throws IOException {
    json.writeNumberField("accesses", value(MemoryField.ACCESSES, process));
    json.writeObjectFieldStart("faults");
    json.writeNumberField("minor", value(MemoryField.MINOR_FAULTS, process));
    json.writeNumberField("major", value(MemoryField.MAJOR_FAULTS, process));
    json.writeEndObject();
    json.writeObjectFieldStart("faults_by_kind");
    for (PageFault kind : PageFault.values()) {
      json.writeNumberField(key(kind), memory.faults(process, kind));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("tlb");
    json.writeNumberField("hits", value(MemoryField.TLB_HITS, process));
    json.writeNumberField("misses", value(MemoryField.TLB_MISSES, process));
    json.writeEndObject();
    json.writeNumberField("evictions", value(MemoryField.EVICTIONS, process));
    json.writeNumberField("written_out", value(MemoryField.WRITTEN_OUT, process));
    json.writeNumberField("shootdowns", memory.shootdowns(process));
    json.writeObjectFieldStart("resident");
    json.writeNumberField("pages", memory.residentAtEnd(process));
    json.writeNumberField("peak", memory.mostResidentPages(process));
    json.writeEndObject();
    json.writeNumberField("page_table_bytes", memory.mostTableBytes(process));
  }

  private static String key(PageFault kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  // Columns of the sums over the stacks of a process.
  private static final int COUNT = 0;
  private static final int RESERVED = 1;
  private static final int RESIDENT = 2;
  private static final int DEEPEST = 3;

  private long[][] stackSums(int known) {
    long[][] sums = new long[known == 0 ? 0 : memory.count()][4];
    run.threadsWithStacks()
        .filter(thread -> run.tasks().process(thread) < sums.length)
        .forEach(
            thread -> {
              long[] sum = sums[run.tasks().process(thread)];
              sum[COUNT]++;
              sum[RESERVED] += stacks.reserved(thread);
              sum[RESIDENT] += stacks.resident(thread);
              sum[DEEPEST] += stacks.deepest(thread);
            });
    return sums;
  }

  private void stacks(long[] sum) throws IOException {
    json.writeObjectFieldStart("stacks");
    json.writeNumberField("count", sum[COUNT]);
    json.writeNumberField("reserved", sum[RESERVED]);
    json.writeNumberField("resident", sum[RESIDENT]);
    json.writeNumberField("deepest", sum[DEEPEST]);
    json.writeEndObject();
  }

  /** Writes {@code stack} into a task's entry, if it had one. */
  void stack(int thread) throws IOException {
    if (!stacks.isKnown(thread)) {
      return;
    }
    json.writeObjectFieldStart("stack");
    json.writeNumberField("reserved", stacks.reserved(thread));
    json.writeNumberField("resident", stacks.resident(thread));
    json.writeNumberField("deepest", stacks.deepest(thread));
    json.writeNumberField("calls", stacks.calls(thread));
    json.writeEndObject();
  }

  /** Writes {@code processes}, if processes made others. */
  void processes() throws IOException {
    if (!run.hasFamilies()) {
      return;
    }
    ProcessTable table = new ProcessTable(run);
    int[] processes = table.processes().toArray();
    if (isTooLong(processes.length)) {
      json.writeNumberField("processes_omitted", processes.length);
      return;
    }
    ProcessLives lives = run.metrics().lives();
    json.writeArrayFieldStart("processes");
    for (int process : processes) {
      json.writeStartObject();
      json.writeStringField("name", lives.name(process));
      int parent = lives.parent(process);
      json.writeStringField("parent", parent < 0 ? null : lives.name(parent));
      json.writeStringField("made", lives.origin(process).label());
      json.writeNumberField("execs", lives.executions(process));
      time("start", lives.start(process));
      time("end", lives.end(process));
      json.writeFieldName("exit");
      if (table.hasEnded(process)) {
        json.writeNumber(lives.exitCode(process));
      } else {
        json.writeNull();
      }
      time("orphaned", lives.orphaned(process));
      time("reaped", lives.reaped(process));
      json.writeStringField("reaped_by", table.reaper(process));
      time("zombie", table.zombie(process));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes {@code memory_maps} and {@code references} where somebody asked for them. */
  void details() throws IOException {
    if (run.details().contains(Detail.MEMORY)) {
      json.writeArrayFieldStart("memory_maps");
      for (MemoryUse.ClosedMap map : new DetailTables(run).maps()) {
        map(map);
      }
      json.writeEndArray();
      long omitted = memory.mapsOmitted();
      if (omitted > 0) {
        json.writeNumberField("memory_maps_omitted", omitted);
      }
    }
    if (run.metrics().references().isPresent()) {
      references(run.metrics().references().get());
    }
  }

  private void map(MemoryUse.ClosedMap closed) throws IOException {
    MemoryMap map = closed.map();
    json.writeStartObject();
    json.writeStringField("process", run.metrics().lives().name(closed.process()));
    time("time", closed.time());
    json.writeNumberField("page_size", map.pageBytes());
    json.writeArrayFieldStart("page_tables");
    for (int tables : map.tables()) {
      json.writeNumber(tables);
    }
    json.writeEndArray();
    json.writeNumberField("page_table_bytes", map.tableBytes());
    json.writeNumberField("page_table_bytes_peak", map.mostTableBytes());
    json.writeNumberField("resident_pages", map.residentPages());
    json.writeNumberField("resident_pages_peak", map.mostResidentPages());
    json.writeNumberField("swapped_pages", map.swappedPages());
    json.writeArrayFieldStart("regions");
    for (MemoryMap.Region region : map.regions()) {
      region(region);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void region(MemoryMap.Region region) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", region.name());
    json.writeStringField("kind", region.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("start", "0x" + Long.toHexString(region.start()));
    json.writeNumberField("bytes", region.bytes());
    json.writeStringField("access", region.kind().access());
    json.writeNumberField("resident_pages", region.residentPages());
    json.writeBooleanField("guard_page", region.guard());
    if (!region.cells().isEmpty()) {
      json.writeArrayFieldStart("variables");
      for (MemoryMap.Cell cell : region.cells()) {
        json.writeStartObject();
        json.writeStringField("name", cell.name());
        json.writeStringField("address", "0x" + Long.toHexString(cell.address()));
        json.writeNumberField("value", cell.value());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void references(ReferenceLog log) throws IOException {
    json.writeArrayFieldStart("references");
    for (int number = 0; number < log.references().size(); number++) {
      reference(number + 1, log.references().get(number));
    }
    json.writeEndArray();
    long omitted = log.count() - log.references().size();
    if (omitted > 0) {
      json.writeNumberField("references_omitted", omitted);
    }
  }

  private void reference(int number, ReferenceLog.Reference reference) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", number);
    time("time", reference.time());
    json.writeStringField("task", run.tasks().name(reference.thread()));
    page(reference.page());
    json.writeStringField("access", reference.write() ? "write" : "read");
    json.writeStringField("fault", reference.fault() == null ? null : key(reference.fault()));
    json.writeArrayFieldStart("victims");
    pages(reference.victims());
    json.writeEndArray();
    json.writeArrayFieldStart("in_memory");
    pages(reference.inMemory());
    json.writeEndArray();
    json.writeNumberField("in_memory_more", reference.more());
    json.writeEndObject();
  }

  private void pages(Iterable<ReferenceLog.Page> pages) throws IOException {
    for (ReferenceLog.Page page : pages) {
      json.writeStartObject();
      page(page);
      json.writeEndObject();
    }
  }

  private void page(ReferenceLog.Page page) throws IOException {
    json.writeStringField("process", run.metrics().lives().name(page.process()));
    json.writeStringField("page", page.name());
  }
}
