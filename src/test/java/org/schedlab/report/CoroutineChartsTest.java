package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYSeries;
import org.schedlab.metrics.DrawnCoroutines;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.scenario.Scenario;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Departure;

class CoroutineChartsTest {
  private static final long MS = Workload.MS;

  private static Run drawn() {
    return Runs.run(Runs.scenario(), sink -> DrawnCoroutines.blockingCall(sink, MS));
  }

  private static Gantt gantt(Run run, int most) {
    return GanttLanes.of(run, Window.ALL, most);
  }

  private static Gantt.Span span(Gantt.State state, long from, long to, String text) {
    return new Gantt.Span(state, from * MS, to * MS, text);
  }

  private static List<String> legend(Run run) {
    Gantt gantt = gantt(run, 24);
    return new GanttChart(
            gantt, "title", TimeAxis.of(gantt, run.unit(), RunReport.CHART_WIDTH), 100)
        .chart().getSeriesCollection().stream().map(XYSeries::getName).toList();
  }

  @Test
  void lanesOfCoroutinesStandBelowThatOfTheirThread() {
    List<Gantt.Lane> lanes = gantt(drawn(), 24).lanes();
    assertThat(lanes)
        .extracting(Gantt.Lane::label)
        .containsExactly("CPU 0", "server/loop", "a", "b", "c", "other");
    assertThat(lanes)
        .extracting(Gantt.Lane::part)
        .containsExactly(false, false, true, true, true, false);
    // The lanes behind them keep what is theirs.
    assertThat(lanes.get(5).spans()).containsExactly(span(Gantt.State.RUNNING, 7, 9, ""));
    assertThat(gantt(drawn(), 24).marks())
        .extracting(Gantt.Mark::lane)
        .containsOnly(1, 5)
        .contains(5);
  }

  @Test
  void laneTellsWaitingForATurnFromAwaiting() {
    List<Gantt.Lane> lanes = gantt(drawn(), 24).lanes();
    assertThat(lanes.get(2).spans())
        .containsExactly(
            span(Gantt.State.READY, 0, 1, ""),
            span(Gantt.State.RUNNING, 1, 4, ""),
            span(Gantt.State.KERNEL, 3, 4, ""),
            span(Gantt.State.AWAITING, 4, 19, "device"),
            span(Gantt.State.READY, 19, 22, ""),
            span(Gantt.State.RUNNING, 22, 24, ""));
    assertThat(lanes.get(3).spans())
        .contains(
            span(Gantt.State.READY, 7, 9, ""),
            span(Gantt.State.SWITCH, 9, 10, ""),
            span(Gantt.State.BLOCKED, 12, 16, "I/O"));
  }

  @Test
  void switchesInUserSpaceAreNotTheKernels() {
    List<Gantt.Lane> lanes = gantt(drawn(), 24).lanes();
    for (int lane = 0; lane < 2; lane++) {
      assertThat(lanes.get(lane).spans())
          .contains(span(Gantt.State.COROUTINE_SWITCH, 4, 5, ""))
          .contains(span(Gantt.State.SWITCH, 9, 10, ""))
          .contains(span(Gantt.State.KERNEL, 11, 12, ""));
    }
  }

  @Test
  void chartInCharactersShowsAll() {
    Run run = drawn();
    assertThat(TextChart.of(gantt(run, 24), run.unit(), 48, Glyphs.ASCII))
        .isEqualTo(
            """
              CPU 0       *s#%*s#o#%#%    #*#*#*s#%   *#
              server/loop *##%*##..%#%~~~~#*#*#*##%ev~*#
                a         .##%device_________...##
                b         .....##..%#%I/O~#...#
                c         ..................#timer____.#
              other              ##
                          +---------+---------+---------+
                       ms 0         10        20        30
              # running   . ready   ~ blocked   _ awaits   % switch or kernel   * coroutine switch
              one column is 1 ms
              names are cut to the length of their bars
            """);
  }

  @Test
  void legendHasWhatOccursAndNoMore() throws Exception {
    assertThat(legend(drawn()))
        .containsExactly(
            "running",
            "ready",
            "blocked",
            "awaits",
            "context switch",
            "kernel, interrupts",
            "coroutine switch, in user space",
            "arrival",
            "preemption",
            "wake",
            "failed assert");
    Run without = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, MS));
    assertThat(legend(without))
        .doesNotContain("awaits")
        .doesNotContain("coroutine switch, in user space");
    String svg =
        new String(
            ChartTask.start(drawn(), Window.ALL, RunReport.CHART_WIDTH).images().svg(),
            StandardCharsets.UTF_8);
    assertThat(svg).contains(">device</text>").contains(">timer</text>").contains(">b</text>");
  }

  @Test
  void asManyLanesForCoroutinesAsForThreads() {
    Gantt gantt = gantt(drawn(), 2);
    assertThat(gantt.lanes())
        .extracting(Gantt.Lane::label)
        .containsExactly("CPU 0", "server/loop", "a", "b", "other");
    assertThat(gantt.notes()).containsExactly("the first 2 of 3 coroutines");
    assertThat(gantt(drawn(), 24).notes()).isEmpty();
  }

  @Test
  void limitIsForTheCoroutinesOfAllThreads() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
              sink.carrierMade(0, 0, 0, "asyncio");
              sink.coroutineMade(0, 0, 0, "P/a");
              int p = trace.arrives(0, "P");
              sink.carrierMade(0, 1, 1, "asyncio");
              sink.coroutineMade(0, 1, 1, "Q/b");
              sink.coroutineMade(0, 2, 1, "Q/c");
              int q = trace.arrives(0, "Q");
              trace.runs(p, 0, 1, Departure.EXIT);
              trace.runs(q, 1, 2, Departure.EXIT);
              trace.ends(2);
            });
    assertThat(gantt(run, 2).lanes())
        .extracting(Gantt.Lane::label)
        .containsExactly("CPU 0", "P", "a", "Q", "b");
    assertThat(gantt(run, 3).lanes()).hasSize(6);
  }

  @Test
  void coalescedChartHasNoLanesForCoroutines() {
    Scenario scenario = Runs.reporting(Runs.scenario(), new Scenario.Report(3, 1_000));
    Run run = Runs.run(scenario, sink -> DrawnCoroutines.blockingCall(sink, MS));
    assertThat(gantt(run, 24).lanes()).noneMatch(Gantt.Lane::part).hasSize(3);
    assertThat(gantt(run, 24).notes()).contains("without lanes for coroutines");
  }

  /** A coroutine that yields again and again has more stretches than are kept. */
  @Test
  void tooManyStretchesLeaveTheThreadsLanes() {
    Scenario scenario = Runs.reporting(Runs.scenario(), new Scenario.Report(2, 1_000));
    Run run =
        Runs.run(
            scenario,
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
              sink.carrierMade(0, 0, 0, "asyncio");
              sink.coroutineMade(0, 0, 0, "P/a");
              int loop = trace.arrives(0, "P");
              trace.dispatch(0, loop, 0);
              for (int time = 0; time < 9; time++) {
                sink.coroutineResumed(time * MS, 0);
                sink.coroutineSuspended((time + 1) * MS, 0, null, null);
                sink.coroutineReady((time + 1) * MS, 0, 0, (time + 1) * MS);
              }
              trace.work(0, loop, 0, 9);
              trace.leave(0, loop, 9, Departure.EXIT);
              trace.ends(9);
            });
    assertThat(gantt(run, 24).lanes()).extracting(Gantt.Lane::label).containsExactly("CPU 0", "P");
    assertThat(gantt(run, 24).lanes().get(1).spans()).hasSize(1);
    assertThat(gantt(run, 24).notes()).containsExactly("without lanes for coroutines");
  }
}
