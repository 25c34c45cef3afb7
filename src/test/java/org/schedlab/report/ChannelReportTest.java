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
import org.schedlab.metrics.DrawnChannels;
import org.schedlab.metrics.DrawnLocks;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.Departure;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

class ChannelReportTest {
  private static final long MS = Workload.MS;

  private static Run pipe() {
    return Runs.run(Runs.scenario(), sink -> DrawnChannels.pipe(sink, MS));
  }

  private static Run mechanisms() {
    return Runs.run(Runs.scenario(2), sink -> DrawnChannels.mechanisms(sink, MS));
  }

  private static String json(Run run) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ResultJson.write(run, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String text(Table table) {
    return table.toText(Glyphs.ASCII);
  }

  @Test
  void tablesOfOnePipeHaveItsFigures() {
    List<Table> tables = new ChannelTables(pipe()).all();
    assertThat(tables).hasSize(2);
    assertThat(text(tables.get(0)))
        .startsWith(
            """
            Channels (times in ms)
              channel  kind  process  capacity  messages  bytes  system calls  copies  switches  kernel time  of it copying  messages/s     bytes/s
              -------  ----  -------  --------  --------  -----  ------------  ------  --------  -----------  -------------  ----------  ----------
              p        pipe  all         100 B         2  120 B             6       6         3           11              6         200  11.7 KiB/s
            """);
    assertThat(text(tables.get(1)))
        .startsWith(
            """
            Waits and latencies at channels (times in ms)
              channel  was full  for  was empty  for  in it mean   most  latency mean  p50  p95  p99  max
              -------  --------  ---  ---------  ---  ----------  -----  ------------  ---  ---  ---  ---
              p              1x    1         2x    4        20 B  100 B           5.5    4    7    7    7
            """);
  }

  @Test
  void mechanismsAreSetSideBySideByWhatAMessageTook() {
    List<Table> tables = new ChannelTables(mechanisms()).all();
    assertThat(tables).hasSize(4);
    assertThat(text(tables.get(0)))
        .contains("q        queue       all      2 messages         2   16 B")
        .contains("web      TCP socket  all           4 KiB         0    0 B             1");
    assertThat(text(tables.get(2)))
        .contains(
            "board    4 KiB      1       1        2   32 B             0         0        1000  7.8 KiB/s");
    assertThat(text(tables.get(3)))
        .startsWith(
            """
            Mechanisms side by side (times in ms)
              mechanism      name   messages  bytes each  system calls  copies  switches  kernel time  of it copying  latency mean  p95    bytes/s
              -------------  -----  --------  ----------  ------------  ------  --------  -----------  -------------  ------------  ---  ---------
              queue          q             2           8             2       2         0            1            0.5           3.5    4  3.1 KiB/s
              shared memory  board         4           8             0       0         0            0              0             -    -  7.8 KiB/s
            """)
        .contains("what is counted are accesses of 8 bytes")
        .doesNotContain("web");
  }

  @Test
  void resultHasEveryChannel() throws IOException {
    assertThat(json(pipe()))
        .contains(
            "{\"name\": \"p\", \"kind\": \"pipe\", \"process\": null, \"capacity\": 100,"
                + " \"messages\": 2, \"bytes\": 120, \"copies\": 6, \"copy_time\": 6,"
                + " \"kernel_time\": 11, \"system_calls\": 6, \"switches\": 3, \"blocked_full\":"
                + " {\"times\": 1, \"time\": 1}, \"blocked_empty\": {\"times\": 2, \"time\": 4},"
                + " \"occupancy\": {\"mean\": 20, \"max\": 100}, \"latency\": {\"count\": 2,"
                + " \"mean\": 5.5, \"p50\": 4, \"p95\": 7, \"p99\": 7, \"max\": 7},"
                + " \"throughput\": {\"messages_per_second\": 200, \"bytes_per_second\": 12000}}")
        .doesNotContain("signals")
        .doesNotContain("wakeups")
        .doesNotContain("operation_failures");
    assertThat(json(mechanisms()))
        .contains(
            "{\"name\": \"board\", \"kind\": \"shared memory\", \"process\": null, \"capacity\":"
                + " 4096, \"loads\": 1, \"stores\": 1, \"atomics\": 2, \"bytes\": 32, \"kernel_time\": 0,"
                + " \"system_calls\": 0, \"switches\": 0,"
                + " \"throughput\": {\"accesses_per_second\": 1000, \"bytes_per_second\": 8000}}")
        .contains("\"latency\": {\"count\": 0, \"mean\": null, \"p50\": null,")
        .contains("{\"time\": 8, \"from\": \"b\", \"to\": \"a\", \"signal\": \"SIGSTOP\"}")
        .contains("\"object\": \"queue q\", \"line\": 9, \"column\": 3}");
  }

  @Test
  void runWithoutChannelsSaysNothingOfThem(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("tables"));
    Files.writeString(folder.resolve("tables/ipc.csv"), "of another run");
    Run run = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, MS));
    new ReportFolder(run, folder).writeTables();
    assertThat(folder.resolve("tables/ipc.csv")).doesNotExist();
    assertThat(new ChannelTables(run).all()).isEmpty();
    assertThat(json(run)).contains("\"ipc\": [],").doesNotContain("signals");
  }

  @Test
  void csvTableIsExact(@TempDir Path folder) throws IOException {
    new ReportFolder(pipe(), folder).writeTables();
    List<String> lines = Files.readAllLines(folder.resolve("tables/ipc.csv"));
    assertThat(lines)
        .containsExactly(
            "channel,kind,process,capacity,messages,bytes,copies,copy_time_ms,kernel_time_ms,"
                + "system_calls,switches,blocked_full,blocked_full_time_ms,blocked_empty,"
                + "blocked_empty_time_ms,occupancy_mean,occupancy_max,latency_count,"
                + "latency_mean_ms,latency_p50_ms,latency_p95_ms,latency_p99_ms,latency_max_ms,"
                + "messages_per_second,bytes_per_second,loads,stores,atomics",
            "p,pipe,,100,2,120,6,6,11,6,3,1,1,2,4,20,100,2,5.5,4,7,7,7,200,12000,,,");
    new ReportFolder(mechanisms(), folder).writeTables();
    lines = Files.readAllLines(folder.resolve("tables/ipc.csv"));
    assertThat(lines.get(2))
        .isEqualTo("board,shared memory,,4096,,32,,,0,0,0,,,,,,,,,,,,,,8000,1,1,2");
    int columns = lines.get(0).split(",", -1).length;
    assertThat(lines).allMatch(line -> line.split(",", -1).length == columns);
  }

  @Test
  void failedOperationNamesItsChannel() {
    assertThat(Verdict.warnings(mechanisms()))
        .contains("test.yaml:9:3: EMSGSIZE at 13 ms in a: sends 9000 bytes at once (queue q)");
  }

  @Test
  void wakeUpsAreATableWhereSomebodyAskedForThem() throws IOException {
    Run run = Runs.withWakeups(Runs.scenario(2), sink -> DrawnChannels.mechanisms(sink, MS));
    List<Table> tables = new DetailTables(run).all();
    assertThat(tables).hasSize(1);
    assertThat(text(tables.get(0)))
        .isEqualTo(
            """
            Wake-ups (times in ms)
              time  waker  woken  waited for
              ----  -----  -----  ------------------------------
                 5  a      b      a connection at TCP socket web
                12  b      a      being continued
            """);
    assertThat(json(run))
        .contains(
            "{\"time\": 5, \"waker\": \"a\", \"woken\": \"b\", \"waited_for\": \"a connection at"
                + " TCP socket web\"}");
    assertThat(new DetailTables(mechanisms()).all()).isEmpty();
  }

  @Test
  void waitsHaveWords() {
    Run run = pipe();
    assertThat(run.waitText(BlockCause.EMPTY, 0)).isEqualTo("empty pipe p");
    assertThat(run.waitText(BlockCause.JOIN, 1)).isEqualTo("the end of writer");
    assertThat(run.waitText(BlockCause.JOIN, TraceSink.NONE)).isEqualTo("the end of several");
    assertThat(run.waitText(BlockCause.IO, 3)).isEqualTo("I/O");
    assertThat(run.waitText(BlockCause.FUTEX, TraceSink.NONE)).isEqualTo("futex");
    Run locks = Runs.run(Runs.scenario(2), sink -> DrawnLocks.everySort(sink, MS));
    assertThat(locks.waitText(BlockCause.WRITE_LOCK, 4))
        .isEqualTo("writing readers-writer lock table");
  }

  private static void inverted(TraceSink sink) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
    sink.syncObjectMade(0, 0, SyncKind.MUTEX, "m", TraceSink.NONE);
    sink.syncObjectMade(0, 1, SyncKind.MUTEX, "n", TraceSink.NONE);
    int a = trace.arrives(0, "a");
    int b = trace.arrives(0, "b");
    int[][] orders = {{a, 0, 1}, {b, 1, 0}};
    for (int i = 0; i < 2; i++) {
      int thread = orders[i][0];
      trace.dispatch(0, thread, i);
      for (int step = 1; step <= 2; step++) {
        int line = 10 * i + step;
        sink.acquired(
            i * MS, thread, orders[i][step], LockMode.EXCLUSIVE, Acquisition.AT_ONCE, line);
      }
      sink.released(i * MS, thread, 0);
      sink.released(i * MS, thread, 1);
      trace.work(0, thread, i, i + 1);
      trace.leave(0, thread, i + 1, Departure.EXIT);
    }
    trace.ends(2);
  }

  @Test
  void lockOrderInversionIsAWarningAndNoFailure() throws IOException {
    Run run = Runs.run(Runs.scenario(), ChannelReportTest::inverted);
    assertThat(Verdict.failures(run)).isEmpty();
    assertThat(Verdict.warnings(run))
        .containsExactly(
            "test.yaml:12: lock-order inversion: a takes mutex n (line 2) while it holds mutex m"
                + " (line 1); b takes mutex m (line 12) while it holds mutex n (line 11); another"
                + " time they may wait for each other forever");
    assertThat(new MarkdownReport(run).page("")).contains("lock-order inversion: a takes mutex n");
    assertThat(json(run))
        .contains(
            "{\"locks\": [\"mutex m\", \"mutex n\"], \"edges\": [{\"thread\": \"a\", \"held\":"
                + " \"mutex m\", \"held_line\": 1, \"acquired\": \"mutex n\", \"line\": 2,"
                + " \"time\": 0}, {\"thread\": \"b\", \"held\": \"mutex n\", \"held_line\": 11,"
                + " \"acquired\": \"mutex m\", \"line\": 12, \"time\": 1}]}");
    Run without = Runs.run(Runs.scenario(), sink -> DrawnLocks.deadlock(sink, MS));
    assertThat(json(without)).doesNotContain("lock_order_inversions");
  }

  @Test
  void deadlockWithoutACircleNamesAllWhoCanNeverGoOn() throws IOException {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
              int a = trace.arrives(0, "T1");
              int b = trace.arrives(0, "T2");
              int c = trace.arrives(0, "T3");
              sink.deadlocked(
                  5 * MS,
                  new Deadlock(
                      List.of(
                          new Deadlock.Link(a, "2 of resource tape", 3, 5 * MS, 8, 4),
                          new Deadlock.Link(b, "1 of resource tape", 3, 4 * MS, 9, 4),
                          new Deadlock.Link(c, "3 of resource disk", 4, 3 * MS, 0, 0)),
                      false));
              trace.ends(5);
            });
    assertThat(Verdict.failures(run))
        .containsExactly(
            "test.yaml:8:4: deadlock at 5 ms: T1, T2 and T3 can never go on: T1 waits for 2 of"
                + " resource tape since 5 ms (line 8); T2 waits for 1 of resource tape since 4 ms"
                + " (line 9); T3 waits for 3 of resource disk since 3 ms");
    assertThat(json(run)).contains("\"column\": 0}], \"circle\": false}");
    Run circle = Runs.run(Runs.scenario(), sink -> DrawnLocks.deadlock(sink, MS));
    assertThat(json(circle)).doesNotContain("circle");
  }
}
