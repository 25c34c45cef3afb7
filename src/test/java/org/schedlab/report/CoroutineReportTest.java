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
import org.schedlab.metrics.DrawnCoroutines;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.scenario.Scenario;
import org.schedlab.testing.Workload;
import org.schedlab.trace.AwaitCause;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.TraceSink;

class CoroutineReportTest {
  private static final long MS = Workload.MS;

  private static Run drawn() {
    return Runs.run(Runs.scenario(), sink -> DrawnCoroutines.blockingCall(sink, MS));
  }

  private static String text(Table table) {
    return table.toText(Glyphs.UNICODE);
  }

  private static String json(Run run) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ResultJson.write(run, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void coroutinesHaveTheColumnsOfThreadsAndTheirError() {
    assertThat(text(new CoroutineTables(drawn()).coroutines()))
        .startsWith(
            """
            Coroutines (times in ms)
              coroutine      arrival  start  finish  turnaround  waiting  response  running  blocked  overhead  resumed  error
              ─────────────  ───────  ─────  ──────  ──────────  ───────  ────────  ───────  ───────  ────────  ───────  ─────
              server/loop/a        0      1      24          24        4         1        4       15         1        2
              server/loop/b        0      5      21          21       10         5        5        4         2        2  EIO
              server/loop/c        0     18      30          30       19        18        2        9         0        2
              ─────────────  ───────  ─────  ──────  ──────────  ───────  ────────  ───────  ───────  ────────  ───────  ─────
              average                                        25       11         8    3.667    9.333         1
            """);
  }

  @Test
  void loopSaysHowItSwitchedAndSlept() {
    List<String> row = new CoroutineTables(drawn()).loops().rows().get(0);
    assertThat(row)
        .containsExactly(
            "server/loop",
            "3",
            "6",
            "6",
            "1",
            "3",
            "1",
            "1",
            "3",
            "3",
            "3",
            "3",
            "6",
            "b",
            "1",
            "4");
  }

  @Test
  void blockingCallSaysWhatItDid() {
    Table calls = new CoroutineTables(drawn()).calls();
    assertThat(calls.rows())
        .containsExactly(
            List.of(
                "server/loop/b",
                "I/O",
                "12",
                "4",
                "stopped every coroutine of its thread for 4 ms: c was ready"));
  }

  /** Of so many coroutines the first one waits for a device, while all others are ready. */
  private static Run holdingUp(int coroutines) {
    Scenario scenario = Workload.under("fcfs").device("disk", 1).build();
    return Runs.run(
        scenario,
        sink -> {
          HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
          sink.carrierMade(0, 0, 0, "asyncio");
          for (int i = 0; i < coroutines; i++) {
            sink.coroutineMade(0, i, 0, "P/c" + i);
          }
          int loop = trace.arrives(0, "P");
          trace.dispatch(0, loop, 0);
          sink.coroutineResumed(0, 0);
          trace.blocks(0, loop, 0, BlockCause.IO, 0);
          trace.wakes(2, loop);
          trace.runs(loop, 2, 3, Departure.EXIT);
          trace.ends(3);
        });
  }

  private static String effect(Run run) {
    return new CoroutineTables(run).calls().rows().get(0).get(4);
  }

  @Test
  void thoseHeldUpAreNamedUpToALimit() throws IOException {
    assertThat(effect(holdingUp(1)))
        .isEqualTo("stopped its thread for 2 ms: no other coroutine was ready");
    assertThat(effect(holdingUp(3))).endsWith("for 2 ms: c1 and c2 were ready");
    assertThat(effect(holdingUp(40))).endsWith(": c1, c2, c3, c4, c5 and 34 more were ready");
    assertThat(json(holdingUp(40))).contains("\"P/c20\"], \"held_up_omitted\": 19}");
    assertThat(json(holdingUp(21))).doesNotContain("held_up_omitted");
    assertThat(new CoroutineTables(holdingUp(1)).calls().rows().get(0).get(1))
        .isEqualTo("device disk");
  }

  @Test
  void coroutineWhoseThreadEndedSaysSo() throws IOException {
    List<String> row = new CoroutineTables(holdingUp(2)).coroutines().rows().get(1);
    assertThat(row.get(row.size() - 1)).isEqualTo("its thread ended");
    assertThat(json(holdingUp(2))).contains("\"end\": \"with its thread\", \"error\": null}");
  }

  @Test
  void errorThatNobodyHeardOfIsAWarningAndNoFailure() {
    Run run = drawn();
    assertThat(Verdict.warnings(run))
        .containsExactly(
            "EIO at 21 ms in server/loop/b was never retrieved: nobody awaited the coroutine");
    assertThat(Verdict.failures(run))
        .containsExactly("test.yaml:7:3: assert failed at 21 ms in server/loop/b: x == 1");
  }

  @Test
  void resultHasCoroutinesAndLoops() throws IOException {
    assertThat(json(drawn()))
        .contains(
            "{\"name\": \"server/loop/b\", \"thread\": \"server/loop\", \"arrival\": 0, \"start\":"
                + " 5, \"finish\": 21, \"turnaround\": 21, \"response\": 5, \"waiting\": 10,"
                + " \"running\": 5, \"blocked\": 4, \"overhead\": 2, \"blocked_thread\": 4,"
                + " \"memory\": {\"reserved\": 0, \"resident\": 0},"
                + " \"switches\": {\"resumed\": 2, \"stolen\": 0}, \"yields\": 1, \"awaits\": {}, \"end\":"
                + " \"failed\", \"error\": \"EIO\"}")
        .contains("\"awaits\": {\"device\": 1}, \"end\": \"returned\", \"error\": null}")
        .contains(
            "{\"thread\": \"server/loop\", \"runtime\": \"asyncio\", \"coroutines\": 3, \"stolen\": 0,"
                + " \"switches\": {\"count\": 6,"
                + " \"time\": 6}, \"waits_for_events\": {\"times\": 1, \"time\": 3}, \"wake_ups\":"
                + " {\"count\": 1, \"made_ready\": 1, \"most_at_once\": 1}, \"lag\": {\"count\": 3,"
                + " \"mean\": 2.333333333, \"p50\": 3, \"p95\": 3, \"p99\": 3, \"max\": 3},"
                + " \"longest_hold\": {\"coroutine\": \"server/loop/b\", \"time\": 6},"
                + " \"blocking_calls\": [{\"coroutine\": \"server/loop/b\", \"waited_for\":"
                + " \"I/O\", \"start\": 12, \"length\": 4, \"held_up\": [\"server/loop/c\"]}]}")
        .contains("{\"time\": 21, \"coroutine\": \"server/loop/b\", \"error\": \"EIO\"}")
        .contains("\"task\": \"server/loop\", \"coroutine\": \"server/loop/b\", \"assert\"");
  }

  @Test
  void runWithoutCoroutinesHasAnEmptyListAndNothingElse() throws IOException {
    Run run = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, MS));
    assertThat(json(run))
        .contains("\"coroutines\": [],")
        .doesNotContain("event_loops", "errors_never_retrieved");
    assertThat(new CoroutineTables(run).all()).isEmpty();
    assertThat(new MarkdownReport(run).page("")).doesNotContain("oroutine");
  }

  @Test
  void manyCoroutinesAreLeftOutAsThreadsAre() throws IOException {
    Scenario scenario = Runs.reporting(Runs.scenario(), new Scenario.Report(1_000, 2));
    Run run = Runs.run(scenario, sink -> DrawnCoroutines.blockingCall(sink, MS));
    assertThat(json(run)).contains("\"coroutines_omitted\": 3").doesNotContain("\"coroutines\": [");
  }

  @Test
  void tablesAreWrittenAndThoseOfAnEarlierRunRemoved(@TempDir Path folder) throws IOException {
    new ReportFolder(drawn(), folder).writeTables();
    assertThat(Files.readString(folder.resolve("tables/coroutines.csv")))
        .isEqualTo(
            """
            coroutine,thread,arrival_ms,start_ms,finish_ms,turnaround_ms,response_ms,waiting_ms,\
            running_ms,blocked_ms,overhead_ms,blocked_thread_ms,reserved_bytes,resident_bytes,stolen,\
            resumed,yields,awaits,end,error
            server/loop/a,server/loop,0,1,24,24,1,4,4,15,1,0,0,0,0,2,0,1,returned,
            server/loop/b,server/loop,0,5,21,21,5,10,5,4,2,4,0,0,0,2,1,0,failed,EIO
            server/loop/c,server/loop,0,18,30,30,18,19,2,9,0,0,0,0,0,2,0,1,returned,
            """);
    assertThat(Files.readString(folder.resolve("tables/event_loops.csv")))
        .endsWith("server/loop,asyncio,3,0,6,6,1,3,1,1,1,3,3,3,3,3,server/loop/b,6,1,4\n");
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("## Coroutines (times in ms)")
        .contains("## Event loops (times in ms)")
        .contains("## Blocking calls in coroutines (times in ms)")
        .contains("The same holds for every coroutine");
    Run without = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, MS));
    new ReportFolder(without, folder).writeTables();
    assertThat(folder.resolve("tables/coroutines.csv")).doesNotExist();
    assertThat(folder.resolve("tables/event_loops.csv")).doesNotExist();
  }

  private static List<UnmetExpectation> unmet(String... triples) {
    Scenario scenario = Runs.expecting(Runs.scenario(), triples);
    return Runs.run(scenario, sink -> DrawnCoroutines.blockingCall(sink, MS)).unmet();
  }

  @Test
  void resultsOfCoroutinesCanBeExpected() {
    assertThat(
            unmet(
                "server/loop/b",
                "waiting",
                "10",
                "server/loop/b",
                "blocked_thread",
                "4",
                "server/loop/b",
                "switches.resumed",
                "2"))
        .isEmpty();
    assertThat(unmet("server/loop/c", "response", "1"))
        .containsExactly(new UnmetExpectation("server/loop/c", "response", "1", "18"));
    assertThat(unmet("server/loop/c", "exit", "0").get(0).actual())
        .isEqualTo("a coroutine has no such result");
  }

  @Test
  void loopThatNeverSleptHasDashes() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
              sink.carrierMade(0, 0, 0, "asyncio");
              sink.coroutineMade(0, 0, 0, "P/a");
              int loop = trace.arrives(0, "P");
              trace.dispatch(0, loop, 0);
              sink.coroutineResumed(0, 0);
              sink.coroutineSuspended(0, 0, AwaitCause.TIMER, null);
              trace.blocks(0, loop, 0, BlockCause.EVENTS, TraceSink.NONE);
              trace.ends(2);
            });
    assertThat(new CoroutineTables(run).loops().rows().get(0))
        .containsExactly(
            "P", "1", "1", "0", "1", "2", "–", "–", "–", "–", "–", "–", "0", "–", "0", "0");
    assertThat(new CoroutineTables(run).all()).hasSize(2);
  }
}
