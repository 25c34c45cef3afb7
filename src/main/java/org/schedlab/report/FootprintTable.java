package org.schedlab.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.LoopTimes;
import org.schedlab.metrics.MemoryUse;
import org.schedlab.metrics.ProcessLives;
import org.schedlab.metrics.StackUse;
import org.schedlab.metrics.SwitchTable;
import org.schedlab.scenario.Scenario;
import org.schedlab.trace.Account;
import org.schedlab.trace.MemoryMap;
import org.schedlab.trace.RegionKind;

/**
 * What a process and a thread take, side by side. The rows add up: a process with n threads takes
 * the first row once and the second n − 1 times.
 */
final class FootprintTable {
  private static final String NONE = "–";

  private static final String OF_COROUTINES =
      "\nCoroutines keep memory of their process, and switching to one is its thread's own doing.";

  private final Run run;
  private final CostModel costs;
  private final List<MemoryMap> maps;

  FootprintTable(Run run) {
    this.run = run;
    this.costs = run.scenario().machine().costs();
    this.maps = run.metrics().memory().maps().stream().map(MemoryUse.ClosedMap::map).toList();
  }

  Table table() {
    Table.Builder table = threads();
    coroutines().forEach(table::row);
    return table.build();
  }

  private Table.Builder threads() {
    StackUse stacks = run.metrics().stacks();
    long reserved = mean(run.threadsWithStacks().mapToLong(stacks::reserved));
    long resident = mean(run.threadsWithStacks().mapToLong(stacks::resident));
    long kernelOfThread = costs.get(Cost.KERNEL_STACK) + costs.get(Cost.TASK_STRUCT);
    return new Table.Builder("Footprint")
        .words("one more")
        .number("time to create")
        .number("reserved")
        .number("resident")
        .number("page tables")
        .number("in the kernel")
        .number("switch, direct")
        .number("indirect")
        .row(
            List.of(
                "process, with one thread",
                processCreation(),
                Decimals.bytes(meanOfMaps(map -> bytes(map, false)) + reserved),
                Decimals.bytes(meanOfMaps(map -> bytes(map, true)) + resident),
                Decimals.bytes(meanOfMaps(MemoryMap::mostTableBytes)),
                Decimals.bytes(costs.get(Cost.PROCESS_KERNEL_MEMORY)),
                switched(SwitchTable::direct, true),
                switched(SwitchTable::indirect, true)))
        .row(
            List.of(
                "thread",
                threadCreation(),
                Decimals.bytes(reserved),
                Decimals.bytes(resident),
                NONE,
                Decimals.bytes(kernelOfThread),
                switched(SwitchTable::direct, false),
                switched(SwitchTable::indirect, false)))
        .note(
            "Means of this run. Time to create: what was charged; * what the cost parameters say.\n"
                + "Reserved: address space; resident: what of it was in memory at the end; of a"
                + " thread its stack.\n"
                + "Page tables: at most; they belong to the process, those of all its stacks too.\n"
                + "In the kernel: cost parameters; process_kernel_memory counts a kernel stack and"
                + " page tables in.\n"
                + "Switch: to another process, or to another thread of the same one; "
                + NONE
                + " where none happened."
                + (run.metrics().coroutines().all().isEmpty() ? "" : OF_COROUTINES));
  }

  /** Returns a row for the coroutines of each runtime. */
  private List<List<String>> coroutines() {
    Map<String, List<CoroutineTimes>> byRuntime = new LinkedHashMap<>();
    for (LoopTimes loop : run.metrics().coroutines().loops()) {
      byRuntime
          .computeIfAbsent(loop.runtime(), runtime -> new ArrayList<>())
          .addAll(loop.coroutines());
    }
    List<List<String>> rows = new ArrayList<>();
    byRuntime.forEach(
        (runtime, all) -> {
          String price = runtime.toUpperCase(Locale.ROOT).replace('-', '_');
          rows.add(
              List.of(
                  "coroutine of " + runtime,
                  Decimals.readable(costs.get(Cost.valueOf(price + "_CREATE"))) + "*",
                  Decimals.bytes(mean(all.stream().mapToLong(CoroutineTimes::reserved))),
                  Decimals.bytes(mean(all.stream().mapToLong(CoroutineTimes::resident))),
                  NONE,
                  NONE,
                  resumption(runtime),
                  NONE));
        });
    return rows;
  }

  /** Returns what a switch to a coroutine took. */
  private String resumption(String runtime) {
    List<LoopTimes> loops =
        run.metrics().coroutines().loops().stream()
            .filter(loop -> loop.runtime().equals(runtime))
            .toList();
    long switches = loops.stream().mapToLong(LoopTimes::switches).sum();
    long time = loops.stream().mapToLong(LoopTimes::switchTime).sum();
    return switches == 0 ? NONE : Decimals.readable(Averages.whole(time, switches));
  }

  /** Returns the bytes of a process's address space without stacks: all, or those in memory. */
  private static long bytes(MemoryMap map, boolean resident) {
    return map.regions().stream()
        .filter(region -> region.kind() != RegionKind.STACK)
        .mapToLong(region -> resident ? region.residentPages() * map.pageBytes() : region.bytes())
        .sum();
  }

  private long meanOfMaps(ToLongFunction<MemoryMap> bytes) {
    return mean(maps.stream().mapToLong(bytes));
  }

  private static long mean(LongStream values) {
    long[] all = values.toArray();
    return all.length == 0 ? 0 : Averages.whole(LongStream.of(all).sum(), all.length);
  }

  private String processCreation() {
    ProcessLives lives = run.metrics().lives();
    boolean forksOnly = lives.children() > 0 && lives.forks() == lives.children();
    Cost price = forksOnly ? Cost.FORK : Cost.SPAWN_EXEC;
    return creation(lives.children(), threadsMade() == 0, price);
  }

  private String threadCreation() {
    boolean onlyThreads = run.metrics().lives().children() == 0;
    return creation(threadsMade(), onlyThreads, Cost.THREAD_CREATE);
  }

  /** The account does not tell processes from threads: a run that made both gives no means. */
  private String creation(long made, boolean nothingElse, Cost price) {
    return made > 0 && nothingElse
        ? Decimals.readable(Averages.whole(run.metrics().ledger().charged(Account.CREATION), made))
        : Decimals.readable(costs.get(price)) + "*";
  }

  /** Returns how many threads others made: those that neither the scenario nor a birth brought. */
  private long threadsMade() {
    Set<String> declared = new HashSet<>();
    for (Scenario.ProcessSpec process : run.scenario().processes()) {
      process.threads().forEach(thread -> declared.add(thread.taskName()));
    }
    Set<Integer> born = new HashSet<>();
    return run.threads()
        .filter(thread -> !declared.contains(run.tasks().name(thread)))
        .filter(thread -> !isFirstOfChild(thread, born))
        .count();
  }

  private boolean isFirstOfChild(int thread, Set<Integer> born) {
    int process = run.tasks().process(thread);
    ProcessLives lives = run.metrics().lives();
    return lives.origin(process) != ProcessLives.Origin.ARRIVED && born.add(process);
  }

  private interface Part {
    long of(SwitchTable switches, SwitchTable.Kind kind);
  }

  private String switched(Part part, boolean processes) {
    SwitchTable switches = run.metrics().switches();
    List<SwitchTable.Kind> kinds =
        processes
            ? List.of(SwitchTable.Kind.PROCESS_VOLUNTARY, SwitchTable.Kind.PROCESS_INVOLUNTARY)
            : List.of(SwitchTable.Kind.THREAD_VOLUNTARY, SwitchTable.Kind.THREAD_INVOLUNTARY);
    long count = kinds.stream().mapToLong(switches::count).sum();
    long sum = kinds.stream().mapToLong(kind -> part.of(switches, kind)).sum();
    return count == 0 ? NONE : Decimals.readable(Averages.whole(sum, count));
  }
}
