package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.schedlab.metrics.DrawnChannels;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Account;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.ChannelKind;
import org.schedlab.trace.Departure;
import org.schedlab.trace.Fault;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

class ChannelChartsTest {
  private static final long MS = Workload.MS;

  private static Run pipe() {
    return Runs.run(Runs.scenario(), sink -> DrawnChannels.pipe(sink, MS));
  }

  private static Run mechanisms() {
    return Runs.run(Runs.scenario(2), sink -> DrawnChannels.mechanisms(sink, MS));
  }

  private static Run withWakeups() {
    return Runs.withWakeups(Runs.scenario(2), sink -> DrawnChannels.mechanisms(sink, MS));
  }

  private static List<Gantt.Lane> lanes(Run run) {
    return GanttLanes.of(run, Window.ALL, 24).lanes();
  }

  private static List<XYChart> charts(Run run) {
    Gantt gantt = GanttLanes.of(run, Window.ALL, 24);
    return new ChannelCharts(run, TimeAxis.of(gantt, run.unit(), RunReport.CHART_WIDTH), 84)
        .charts();
  }

  private static XYChart gantt(Run run) {
    Gantt gantt = GanttLanes.of(run, Window.ALL, 24);
    return new GanttChart(
            gantt, "title", TimeAxis.of(gantt, run.unit(), RunReport.CHART_WIDTH), 100)
        .chart();
  }

  private static List<String> legend(XYChart chart) {
    return chart.getSeriesCollection().stream().map(XYSeries::getName).toList();
  }

  private static XYSeries line(XYChart chart) {
    return chart.getSeriesCollection().iterator().next();
  }

  private static String svg(Run run) throws Exception {
    return new String(
        ChartTask.start(run, Window.ALL, RunReport.CHART_WIDTH).images().svg(),
        StandardCharsets.UTF_8);
  }

  @Test
  void sleepAtAChannelNamesIt() {
    assertThat(lanes(pipe()).get(1).spans())
        .contains(
            new Gantt.Span(Gantt.State.COMMUNICATION, 2 * MS, 5 * MS, "p"),
            new Gantt.Span(Gantt.State.COMMUNICATION, 12 * MS, 13 * MS, "p"));
    assertThat(lanes(pipe()).get(2).spans())
        .contains(new Gantt.Span(Gantt.State.COMMUNICATION, 8 * MS, 9 * MS, "p"));
    assertThat(lanes(mechanisms()).get(3).spans())
        .contains(new Gantt.Span(Gantt.State.COMMUNICATION, MS, 5 * MS, "web"));
  }

  @Test
  void stoppedThreadIsBlockedAndSaysSo() {
    assertThat(lanes(mechanisms()).get(2).spans())
        .contains(new Gantt.Span(Gantt.State.BLOCKED, 8 * MS, 12 * MS, "stopped"));
  }

  @Test
  void chartInCharactersShowsBoth() {
    Run run = mechanisms();
    Gantt gantt = GanttLanes.of(run, Window.ALL, 24);
    assertThat(TextChart.of(gantt, run.unit(), 50, Glyphs.ASCII))
        .isEqualTo(
            """
              CPU 0 a###############        a###
              CPU 1 b#        b#################
              a     CPU 0###########stopped~0###
              b     1#web:::::CPU 1#############
                    +---------+---------+--------
                    0         5         10 ms
              # running   ~ blocked   : waits for communication
              one column is 500 us
              names are cut to the length of their bars
            """);
  }

  @Test
  void pictureExplainsWhatItShowsAndNoMore() throws Exception {
    assertThat(legend(gantt(pipe())))
        .containsExactly(
            "running",
            "ready",
            "waits for communication",
            "kernel, interrupts",
            "arrival",
            "wake",
            "end of file");
    assertThat(legend(gantt(mechanisms())))
        .containsExactly(
            "running",
            "blocked",
            "waits for communication",
            "arrival",
            "preemption",
            "wake",
            "racing access",
            "failed operation");
    assertThat(svg(mechanisms())).contains(">stopped</text>").contains(">web</text>");
  }

  @Test
  void everyStateHasAColourOfItsOwn() {
    List<Color> colors = Arrays.stream(Gantt.State.values()).map(Palette::of).toList();
    assertThat(colors).doesNotHaveDuplicates();
    assertThat(Palette.LINES).doesNotHaveDuplicates().hasSize(ChannelCharts.LINES);
  }

  @Test
  void lineFollowsWhatIsInTheChannel() {
    List<XYChart> charts = charts(pipe());
    assertThat(charts).hasSize(1);
    assertThat(charts.get(0).getTitle()).isEqualTo("Bytes in channels");
    assertThat(charts.get(0).getYAxisTitle()).isEqualTo("bytes");
    XYSeries line = line(charts.get(0));
    assertThat(line.getYData())
        .containsExactly(0, 0, 60, 60, 100, 100, 40, 40, 0, 0, 20, 20, 0, 0)
        .hasSameSizeAs(line.getXData());
  }

  @Test
  void queuesHaveAChartOfTheirOwn() {
    List<XYChart> charts = charts(mechanisms());
    assertThat(charts).hasSize(1);
    assertThat(charts.get(0).getYAxisTitle()).isEqualTo("messages");
    assertThat(legend(charts.get(0))).containsExactly("queue q");
    assertThat(line(charts.get(0)).getYData()).containsExactly(0, 0, 1, 1, 2, 2, 1, 1, 0, 0);
  }

  /** Many pipes, all of one name, and each a little fuller than the one before it. */
  private static void manyPipes(TraceSink sink) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
    int a = trace.arrives(0, "A");
    trace.dispatch(0, a, 0);
    for (int i = 0; i < 12; i++) {
      sink.channelMade(0, i, ChannelKind.PIPE, i < 6 ? "p" : "q" + i, TraceSink.NONE, 65_536);
      sink.sent(MS, a, i, 0, 4_096 + i, true);
    }
    trace.work(0, a, 0, 2);
    trace.leave(0, a, 2, Departure.EXIT);
    trace.ends(2);
  }

  @Test
  void ofManyChannelsTheFullestAreShown() {
    List<XYChart> charts = charts(Runs.run(Runs.scenario(), ChannelChartsTest::manyPipes));
    assertThat(charts.get(0).getTitle()).isEqualTo("Bytes in channels: the 8 fullest of 12");
    assertThat(charts.get(0).getYAxisTitle()).isEqualTo("KiB");
    assertThat(legend(charts.get(0)))
        .containsExactly(
            "pipe p",
            "pipe p (2)",
            "pipe q6",
            "pipe q7",
            "pipe q8",
            "pipe q9",
            "pipe q10",
            "pipe q11");
  }

  @Test
  void arrowsLeadFromWhoWakesToWhomWhereSomebodyAskedForThem() throws Exception {
    assertThat(GanttLanes.of(mechanisms(), Window.ALL, 24).wakes()).isEmpty();
    assertThat(GanttLanes.of(withWakeups(), Window.ALL, 24).wakes())
        .containsExactly(new Gantt.Wake(2, 3, 5 * MS), new Gantt.Wake(3, 2, 12 * MS));
    Gantt part = GanttLanes.of(withWakeups(), new Window(4 * MS, 6 * MS), 24);
    assertThat(part.wakes()).containsExactly(new Gantt.Wake(2, 3, 5 * MS));
    assertThat(GanttLanes.of(withWakeups(), Window.ALL, 1).wakes()).isEmpty();
    assertThat(gantt(withWakeups()).getXAxisTitle()).contains("arrows lead from who wakes to whom");
    assertThat(arrowHeads(svg(withWakeups()))).isEqualTo(2);
    assertThat(arrowHeads(svg(mechanisms()))).isZero();
  }

  /** Counts the dark triangles: a point, two corners, and closed. */
  private static long arrowHeads(String svg) {
    return svg.lines()
        .filter(line -> line.startsWith("<path fill=\"#333333\""))
        .filter(line -> line.matches(".* d=\"M[^LZ]*L[^LZ]*L[^LZ]*Z\"/>"))
        .count();
  }

  @Test
  void tooManyArrowsAreLeftOutAndSaySo() {
    Run run =
        Runs.withWakeups(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
              int a = trace.arrives(0, "A");
              int b = trace.arrives(0, "B");
              for (int i = 0; i <= WakeArrows.MOST; i++) {
                trace.runs(b, 2L * i, 2L * i + 1, Departure.BLOCKED);
                trace.runs(a, 2L * i + 1, 2L * i + 2, Departure.QUANTUM);
                sink.woken((2L * i + 2) * MS, b, a);
              }
              trace.ends(2L * WakeArrows.MOST + 2);
            });
    assertThat(gantt(run).getXAxisTitle()).contains("401 wake-ups are too many for arrows");
  }

  private static int height(String svg) {
    return Integer.parseInt(svg.replaceFirst("(?s).*?height=\"(\\d+)\".*", "$1"));
  }

  /** The height of a chart with its heading and its legend. */
  private static int height(XYChart chart, boolean first) {
    return new HeadingPanel(chart, first).height()
        + chart.getHeight()
        + new LegendPanel(chart).height();
  }

  @Test
  void pictureHasTheChartsOfChannelsBelow() throws Exception {
    int gantt = height(gantt(pipe()), true);
    int channels = height(charts(pipe()).get(0), false);
    assertThat(height(svg(pipe()))).isEqualTo(gantt + channels);
    Run without = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, MS));
    assertThat(height(svg(without))).isEqualTo(height(gantt(without), true));
  }

  /** A thread for each sort of wait, and one mark of each sort. */
  private static void everySort(TraceSink sink) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
    sink.syncObjectMade(0, 0, SyncKind.MUTEX, "m", TraceSink.NONE);
    sink.syncObjectMade(0, 1, SyncKind.SEMAPHORE, "s", TraceSink.NONE);
    sink.channelMade(0, 2, ChannelKind.PIPE, "p", TraceSink.NONE, 100);
    BlockCause[] causes = {
      BlockCause.FULL, BlockCause.MUTEX, BlockCause.SEMAPHORE, BlockCause.IO, BlockCause.FRAME
    };
    int[] objects = {2, 0, 1, TraceSink.NONE, TraceSink.NONE};
    for (int i = 0; i < causes.length; i++) {
      int thread = trace.arrives(0, "T" + i);
      int from = 3 * i;
      trace.switchesAndRuns(0, thread, from, 1, Account.CONTEXT_SWITCH, from + 2, Departure.END);
      trace.charge(0, thread, Account.MESSAGE, from + 2, from + 3);
      trace.blocks(0, thread, from + 3, causes[i], objects[i]);
      trace.wakes(20, thread);
    }
    sink.received(20 * MS, 0, 2, 0);
    sink.operationFailed(20 * MS, 0, 2, "EBADF", "is closed", 1, 1);
    sink.assertionFailed(20 * MS, 1, "x", 1, 1);
    sink.faulted(20 * MS, 2, Fault.BROKEN_PIPE, "p", 1, 1);
    trace.ends(21);
  }

  @Test
  void legendThatIsTooLongForALineTakesTwo() throws Exception {
    Run run = Runs.run(Runs.scenario(), ChannelChartsTest::everySort);
    List<String> entries = legend(gantt(run));
    assertThat(entries).hasSize(15);
    String svg = svg(run);
    for (String entry : entries) {
      assertThat(svg).contains(">" + entry + "</text>");
    }
    assertThat(new LegendPanel(gantt(run)).height()).isEqualTo(20 + 2 * 26 + 10);
    assertThat(height(svg)).isEqualTo(height(gantt(run), true));
    assertThat(new LegendPanel(gantt(pipe())).height()).isEqualTo(20 + 26 + 10);
  }
}
