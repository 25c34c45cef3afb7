package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.cost.Profile;
import org.schedlab.metrics.DrawnPaging;
import org.schedlab.metrics.Families;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.scenario.Scenario;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Account;
import org.schedlab.trace.Departure;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

class MemoryReportTest {
  private static final Scenario.TlbSpec TLB = new Scenario.TlbSpec(2, 2);
  private static final Scenario THREE_FRAMES = Runs.paging(Runs.scenario(), 3, TLB);

  private static Run paging() {
    return Runs.run(THREE_FRAMES, sink -> DrawnPaging.tell(sink, Workload.MS));
  }

  private static RunReport detailed() {
    return Runs.detailed(THREE_FRAMES, sink -> DrawnPaging.tell(sink, Workload.MS));
  }

  private static String json(RunReport report) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.writeJson(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String terminal(RunReport report) throws IOException {
    StringBuilder text = new StringBuilder();
    report.printTerminal(text, 100, false);
    return text.toString();
  }

  @Test
  void memoryTableHasTheNumbersOfTheHandWorkedExample() {
    assertThat(new MemoryTables(paging()).memory().toText(Glyphs.ASCII))
        .isEqualTo(
            """
            Memory
              process  accesses  minor faults  major  fault rate  TLB hits  evictions  written out  resident pages  at most  page tables
              -------  --------  ------------  -----  ----------  --------  ---------  -----------  --------------  -------  -----------
              P1              8             6      1      87.5 %    12.5 %          4            1               6        6       24 KiB
              Fault rate: of all accesses. Resident: in memory at the end, and at most. Page tables: at most.
            """);
  }

  @Test
  void withoutATlbNothingHitsOrMissesIt() throws IOException {
    Scenario scenario = Runs.paging(Runs.scenario(), 3, null);
    RunReport report = Runs.detailed(scenario, sink -> DrawnPaging.tell(sink, Workload.MS));
    assertThat(json(report)).contains("\"tlb\": {\"hits\": 0, \"misses\": 0}");
    assertThat(MemoryField.hasTlb(scenario)).isFalse();
    assertThat(MemoryField.hasTlb(Runs.scenario())).as("memory is not simulated").isFalse();
    Scenario linux =
        Runs.paging(Workload.under("fcfs").costs(Profile.LINUX_X86_64).build(), 3, null);
    assertThat(MemoryField.hasTlb(linux)).isTrue();
  }

  @Test
  void stacksAreSummedUp() {
    Run run =
        Runs.run(
            THREE_FRAMES,
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int process = trace.process(0, "P");
              for (int i = 0; i < 42; i++) {
                int thread = trace.created(0, process, "P/t[" + i + "]");
                sink.madeReady(0, thread);
                trace.runs(thread, i, i + 1, Departure.EXIT);
                sink.stackClosed(0, thread, 8L << 20, 8192, i, i % 3);
              }
              trace.ends(42);
            });
    String text = new MemoryTables(run).stacks().toText(Glyphs.ASCII);
    assertThat(text)
        .contains("  P/t[39]     8 MiB     8 KiB         39 B              0\n")
        .contains("  all 42    336 MiB   336 KiB        861 B\n")
        .contains("The first 40 of 42; 2 more in the CSV table.")
        .doesNotContain("P/t[40]");
  }

  /** Two threads of one process; the second is made by the first, at a price. */
  private static void threadMakesThread(TraceSink sink) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, 1_000);
    int process = trace.process(0, "P");
    int first = trace.created(0, process, "P");
    sink.madeReady(0, first);
    trace.dispatch(0, first, 0);
    trace.charge(0, first, Account.CREATION, 0, 20);
    int second = trace.created(20, process, "P/t");
    sink.madeReady(20_000, second);
    trace.work(0, first, 20, 30);
    trace.leave(0, first, 30, Departure.BLOCKED);
    trace.switchesAndRuns(0, second, 30, 3, Account.CONTEXT_SWITCH, 40, Departure.EXIT);
    sink.stackClosed(40_000, second, 16384, 8192, 0, 0);
    trace.wakes(40, first);
    trace.switchesAndRuns(0, first, 40, 4, Account.CACHE_REFILL, 50, Departure.EXIT);
    sink.stackClosed(50_000, first, 32768, 4096, 0, 0);
    sink.memoryClosed(50_000, 0, DrawnPaging.map());
    trace.ends(50);
  }

  @Test
  void footprintSetsProcessAndThreadSideBySide() {
    Workload workload = Workload.under("fcfs").costs(Profile.LINUX_X86_64);
    workload.process("P", 0, 1);
    Scenario scenario = Runs.paging(workload.build(), 3, null);
    Run run = Runs.run(scenario, MemoryReportTest::threadMakesThread);
    // Reserved: 11 pages without the stack, and the mean of both stacks; resident: 5 pages
    // likewise.
    assertThat(new FootprintTable(run).table().rows())
        .containsExactly(
            List.of(
                "process, with one thread",
                "400 µs*",
                "68 KiB",
                "26 KiB",
                "24 KiB",
                "80 KiB",
                "–",
                "–"),
            List.of("thread", "20 µs", "24 KiB", "6 KiB", "–", "21.9 KiB", "1.5 µs", "2 µs"));
    CostModel costs = scenario.machine().costs();
    assertThat(costs.get(Cost.KERNEL_STACK) + costs.get(Cost.TASK_STRUCT)).isEqualTo(22384);
  }

  @Test
  void aRunThatMadeProcessesOnlyGivesTheirMeanAndOneThatMadeBothGivesNone() {
    Workload workload = Workload.under("fcfs").costs(Profile.LINUX_X86_64);
    workload.process("shell", 0, 1);
    Scenario scenario = Runs.paging(workload.build(), 3, null);
    assertThat(creations(Runs.run(scenario, sink -> tellChildren(sink, false))))
        .containsExactly("150 µs", "15 µs*");
    assertThat(creations(Runs.run(scenario, sink -> tellChildren(sink, true))))
        .containsExactly("60 µs*", "15 µs*");
  }

  private static List<String> creations(Run run) {
    return new FootprintTable(run).table().rows().stream().map(row -> row.get(1)).toList();
  }

  /** Two forks take 300 µs; the second child may come with a thread that it makes itself. */
  private static void tellChildren(TraceSink sink, boolean thread) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, 1_000);
    int shell = trace.arrives(0, "shell");
    trace.dispatch(0, shell, 0);
    trace.charge(0, shell, Account.CREATION, 0, 300);
    trace.arrives(300, "first");
    sink.childStarted(300_000, 1, 0, true);
    trace.arrives(300, "second");
    sink.childStarted(300_000, 2, 0, true);
    if (thread) {
      trace.created(300, 2, "second/t");
    }
    trace.leave(0, shell, 300, Departure.EXIT);
    trace.ends(300);
  }

  @Test
  void processesTellTheirFamily() throws IOException {
    Run run = Runs.run(Runs.scenario(), sink -> Families.tell(sink, Workload.MS));
    assertThat(new ProcessTable(run).table().toText(Glyphs.ASCII))
        .isEqualTo(
            """
            Processes (times in ms)
              process  parent            made          start  end  exit  zombie for  reaped by
              -------  ----------------  ------------  -----  ---  ----  ----------  ---------
              shell    -                 arrived           0    8     0           0  init
              job      shell, then init  forked, exec      1    -     -           -  -
              child    shell             spawned           3    6     3           1  shell
            """);
    RunReport report = Runs.detailed(Runs.scenario(), sink -> Families.tell(sink, Workload.MS));
    assertThat(json(report))
        .contains(
            """
              "memory": [],
              "processes": [
                {"name": "shell", "parent": null, "made": "arrived", "execs": 0, "start": 0, "end": 8, "exit": 0, "orphaned": null, "reaped": 8, "reaped_by": "init", "zombie": 0},
                {"name": "job", "parent": "shell", "made": "forked", "execs": 1, "start": 1, "end": null, "exit": null, "orphaned": 8, "reaped": null, "reaped_by": null, "zombie": null},
                {"name": "child", "parent": "shell", "made": "spawned", "execs": 0, "start": 3, "end": 6, "exit": 3, "orphaned": null, "reaped": 7, "reaped_by": "shell", "zombie": 1}
              ],
            """);
  }

  @Test
  void resultHasMemoryAndWhatWasAskedFor() throws IOException {
    assertThat(json(detailed()))
        .contains(
            """
              "memory": [
                {"process": "P1", "accesses": 8, "faults": {"minor": 6, "major": 1}, "faults_by_kind": {"demand_zero": 6, "copy_on_write": 0, "last_sharer": 0, "mapped_elsewhere": 0, "swap_in": 1}, "tlb": {"hits": 1, "misses": 7}, "evictions": 4, "written_out": 1, "shootdowns": 1, "resident": {"pages": 6, "peak": 6}, "page_table_bytes": 24576, "stacks": {"count": 1, "reserved": 16384, "resident": 4096, "deepest": 128}}
              ],
              "memory_maps": [
            """)
        .contains(
            "\"stack\": {\"reserved\": 16384, \"resident\": 4096, \"deepest\": 128, \"calls\": 2}")
        .contains("\"page_tables\": [1, 1, 1, 2], \"page_table_bytes\": 20480")
        .contains("{\"name\": \"a\", \"address\": \"0x20008\", \"value\": -1}")
        .contains(
            "{\"number\": 7, \"time\": 8, \"task\": \"P1\", \"process\": \"P1\", \"page\": \"heap 0\","
                + " \"access\": \"read\", \"fault\": \"swap_in\", \"victims\": [{\"process\": \"P1\","
                + " \"page\": \"heap 1\"}]");
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ResultJson.write(paging(), plain);
    assertThat(plain.toString(StandardCharsets.UTF_8))
        .contains("\"memory\": [\n")
        .doesNotContain("memory_maps", "references", "\"processes\"");
  }

  @Test
  void aboveTheTaskLimitMemoryIsLeftOutAndSaysSo() throws IOException {
    Scenario scenario = Runs.reporting(THREE_FRAMES, new Scenario.Report(100, 0));
    Run run = Runs.run(scenario, sink -> DrawnPaging.tell(sink, Workload.MS));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ResultJson.write(run, out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"memory_omitted\": 1")
        .doesNotContain("\"memory\":");
  }

  @Test
  void mapShowsRegionsVariablesAndPageTables() throws IOException {
    assertThat(terminal(detailed()))
        .contains(
            """
            Memory of P1 at 10 ms
              addresses                    size  access  resident pages  resident  region
              -------------------------  ------  ------  --------------  --------  -------------------
              000000010000-000000012000   8 KiB  r-x                  2     8 KiB  code
              000000020000-000000021000   4 KiB  rw-                  0       0 B  data
              000000200000-000000208000  32 KiB  rw-                  3    12 KiB  heap
              0000007ff000-000000800000   4 KiB  ---                  0       0 B  guard page of stack
              000000800000-000000804000  16 KiB  rw-                  1     4 KiB  stack
              Pages of 4 KiB. 6 in memory, at most 6; 1 in swap space.
              Page tables, the root first: 1 + 1 + 1 + 2, 20 KiB; at most 24 KiB.

            Variables of P1 at 10 ms
              variable  address       value
              --------  ------------  -----
              x         000000020000      5
              a         000000020008     -1
            """);
  }

  @Test
  void referencesAreListedAsExercisesDo() throws IOException {
    assertThat(terminal(detailed()))
        .contains(
            """
                4     3  P1      heap 2  read    fault: demand-zero  heap 7  heap 2, heap 0, heap 1
                5     4  P1      heap 0  read    hit                         heap 2, heap 0, heap 1
                6     5  P1      heap 3  read    fault: demand-zero  heap 0  heap 2, heap 3, heap 1
                7     8  P1      heap 0  read    fault: swap-in      heap 1  heap 2, heap 3, heap 0
            """);
  }

  @Test
  void pagesOfSeveralProcessesAreNamedWithThemAndLongListsAreCut() throws IOException {
    RunReport report =
        Runs.detailed(
            THREE_FRAMES,
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              for (int process = 0; process < 2; process++) {
                trace.arrives(0, "P" + process);
                sink.regionMapped(0, process, 0, RegionKind.HEAP, "heap", 64, 8);
                sink.pageLoaded(0, process, 64, 1, process);
              }
              for (int i = 0; i < DetailTables.REFERENCES + 5; i++) {
                sink.referenced(0, i % 2, i % 2, 64, false, false);
              }
              trace.ends(1);
            });
    assertThat(terminal(report))
        .contains("     2     0  P1      P1 heap 0  read    hit             P0 heap 0, P1 heap 0\n")
        .contains("\n  1000  ")
        .doesNotContain("\n  1001  ")
        .contains("The first 1000 of 1005. result.json has all.");
    assertThat(json(report)).contains("{\"number\": 1005, ").doesNotContain("references_omitted");
  }

  @Test
  void filesHoldMemoryOnlyWhereItIsSimulated(@TempDir Path folder) throws Exception {
    detailed().writeFolder(folder);
    assertThat(Files.readString(folder.resolve("tables/memory.csv")))
        .isEqualTo(
            """
            process,accesses,faults_minor,faults_major,tlb_hits,tlb_misses,evictions,written_out,faults_demand_zero,faults_copy_on_write,faults_last_sharer,faults_mapped_elsewhere,faults_swap_in,shootdowns,resident_pages,resident_pages_peak,page_table_bytes
            P1,8,6,1,1,7,4,1,6,0,0,0,1,1,6,6,24576
            """);
    assertThat(folder.resolve("tables/stacks.csv"))
        .hasContent(
            "thread,process,reserved_bytes,resident_bytes,deepest_bytes,deepest_calls\n"
                + "P1,P1,16384,4096,128,2\n");
    assertThat(folder.resolve("tables/processes.csv")).doesNotExist();
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("## Footprint", "## Memory of P1 at 10 ms", "## References (times in ms)");
    RunRecorder other = new RunRecorder(Runs.scenario());
    Families.tell(other.sink(), Workload.MS);
    other.finish(Runs.COMPLETED).writeFolder(folder);
    assertThat(folder.resolve("tables/memory.csv")).doesNotExist();
    assertThat(folder.resolve("tables/stacks.csv")).doesNotExist();
    assertThat(Files.readString(folder.resolve("tables/processes.csv")))
        .contains("child,shell,spawned,0,3,6,3,,7,shell\n");
    assertThat(Files.readString(folder.resolve("report.md"))).doesNotContain("Footprint", "Stacks");
  }

  @Test
  void statedResultsOfMemoryAreChecked() {
    Scenario scenario =
        Runs.expecting(
            THREE_FRAMES,
            "P1",
            "accesses",
            "8",
            "P1",
            "faults.minor",
            "6",
            "P1",
            "faults.major",
            "2",
            "P1",
            "tlb.hits",
            "1",
            "P1",
            "tlb.misses",
            "7",
            "P1",
            "evictions",
            "4",
            "P1",
            "written_out",
            "1",
            "P1",
            "blocked",
            "2",
            "P9",
            "accesses",
            "8");
    Run run = Runs.run(scenario, sink -> DrawnPaging.tell(sink, Workload.MS));
    assertThat(run.unmet())
        .containsExactly(
            new UnmetExpectation("P1", "faults.major", "2", "1"),
            new UnmetExpectation("P9", "accesses", "8", "no process has this name"));
    Run without =
        Runs.run(
            Runs.expecting(Runs.scenario(), "P1", "accesses", "0"),
            sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
    assertThat(without.unmet())
        .containsExactly(new UnmetExpectation("P1", "accesses", "0", "memory is not simulated"));
  }

  @Test
  void sizesForPeopleCarryTheUnitThatSuitsThem() {
    assertThat(Decimals.bytes(0)).isEqualTo("0 B");
    assertThat(Decimals.bytes(1023)).isEqualTo("1023 B");
    assertThat(Decimals.bytes(1024)).isEqualTo("1 KiB");
    assertThat(Decimals.bytes(36352)).isEqualTo("35.5 KiB");
    assertThat(Decimals.bytes(10_000L * (8 << 20))).isEqualTo("78.1 GiB");
    assertThat(Decimals.bytes(Long.MAX_VALUE)).isEqualTo("8 EiB");
  }
}
