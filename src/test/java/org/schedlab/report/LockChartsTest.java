package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.DrawnLocks;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.metrics.Moments;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Departure;

class LockChartsTest {
  private static final long MS = Workload.MS;

  private static Run inversion() {
    return Runs.run(Runs.scenario(), sink -> DrawnLocks.inversion(sink, MS));
  }

  private static Run deadlock() {
    return Runs.run(Runs.scenario(), sink -> DrawnLocks.deadlock(sink, MS));
  }

  private static Run everySort() {
    return Runs.run(Runs.scenario(2), sink -> DrawnLocks.everySort(sink, MS));
  }

  private static String text(Run run, int width, Glyphs glyphs) {
    return TextChart.of(GanttLanes.of(run, Window.ALL, 24), run.unit(), width, glyphs);
  }

  @Test
  void waitForALockNamesItAndShowsWhereItIsInverted() {
    assertThat(text(inversion(), 40, Glyphs.UNICODE))
        .isEqualTo(
            """
              CPU 0  low█h█l█medium████l█hig█l█
              low    ████░░██░░░░░░░░░░██░░░░██
              high       ██m═!!!!!!!!!!══████
              medium         ██████████
                     ┬─────────┬─────────┬──────
                     0         5         10 ms
              █ running   ░ ready   ═ waits for a lock   ! priority inversion
              one column is 500 µs
              names are cut to the length of their bars
            """);
  }

  @Test
  void deadlockIsMarkedOnTheThreadsOfItsCircle() {
    assertThat(text(deadlock(), 60, Glyphs.ASCII))
        .isEqualTo(
            """
              CPU 0 P/a#######P/b#######P/c##P/a##P/b##
              P/a   ##########...............#####n====X==============
              P/b   ..........##########..........#####Xm=============
              P/c   ....................#####m========================
                    +---------+---------+---------+---------+---------+
                 ms 0         2         4         6         8         10
              # running   . ready   = waits for a lock   X deadlock
              one column is 200 us
            """);
    assertThat(GanttLanes.of(deadlock(), Window.ALL, 24).marks())
        .filteredOn(mark -> mark.kind() == Moments.Kind.DEADLOCK)
        .containsExactlyInAnyOrder(
            new Gantt.Mark(Moments.Kind.DEADLOCK, 1, 7 * MS),
            new Gantt.Mark(Moments.Kind.DEADLOCK, 2, 7 * MS));
  }

  @Test
  void waitsForSignalsLookOtherThanThoseForLocks() {
    List<Gantt.Lane> lanes = GanttLanes.of(everySort(), Window.ALL, 24).lanes();
    assertThat(lanes.get(2).spans())
        .contains(
            new Gantt.Span(Gantt.State.SIGNAL, 2 * MS, 8 * MS, "filled"),
            new Gantt.Span(Gantt.State.LOCK, 13 * MS, 14 * MS, "table"));
    assertThat(lanes.get(3).spans())
        .contains(
            new Gantt.Span(Gantt.State.SIGNAL, 16 * MS, 18 * MS, "slots"),
            new Gantt.Span(Gantt.State.SIGNAL, 18 * MS, 22 * MS, "slots"));
    assertThat(text(everySort(), 60, Glyphs.ASCII))
        .contains("  P/b   CPU 1###########################slots-------\n")
        .contains("= waits for a lock   - waits for a signal");
  }

  @Test
  void otherWaitsStayAsTheyWere() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, MS);
              int a = trace.arrives(0, "A");
              trace.runs(a, 0, 2, Departure.BLOCKED);
              trace.wakes(5, a);
              trace.runs(a, 5, 6, Departure.EXIT);
              trace.ends(6);
            });
    assertThat(GanttLanes.of(run, Window.ALL, 24).lanes().get(1).spans())
        .contains(new Gantt.Span(Gantt.State.BLOCKED, 2 * MS, 5 * MS, ""));
  }

  @Test
  void inversionsKeepWithinTheWindow() {
    Gantt part = GanttLanes.of(inversion(), new Window(5 * MS, 7 * MS), 24);
    assertThat(part.inversions()).containsExactly(new Gantt.Inverted(2, 5 * MS, 7 * MS));
    assertThat(GanttLanes.of(inversion(), new Window(0, 4 * MS), 24).inversions()).isEmpty();
    assertThat(GanttLanes.of(inversion(), Window.ALL, 1).inversions()).isEmpty();
  }

  @Test
  void lanesOfSharesHaveNoFrames() {
    Gantt gantt = GanttLanes.of(inversion(), Window.ALL, 24);
    assertThat(gantt.inversions()).hasSize(1);
    Gantt coalesced = gantt.coalesced(1, 10);
    assertThat(coalesced.inversions()).isEmpty();
    long waited = 0;
    for (int bin = 0; bin < 10; bin++) {
      waited += coalesced.lanes().get(2).shares().time(Gantt.State.LOCK, bin);
    }
    assertThat(waited).isEqualTo(7 * MS);
  }

  @Test
  void pictureNamesLocksAndExplainsItself() throws Exception {
    assertThat(legend(inversion()))
        .containsExactly(
            "running",
            "ready",
            "waits for a lock",
            "framed: priority inversion",
            "arrival",
            "preemption",
            "wake");
    assertThat(svg(inversion())).contains(">m</text>");
    assertThat(legend(deadlock())).contains("deadlock").doesNotContain("fault");
    assertThat(svg(deadlock())).contains(">n</text>");
    assertThat(legend(everySort()))
        .containsExactly(
            "running",
            "waits for a lock",
            "waits for a signal",
            "arrival",
            "wake",
            "failed operation");
    assertThat(svg(everySort())).contains(">filled</text>").contains(">slots</text>");
  }

  private static List<String> legend(Run run) {
    Gantt gantt = GanttLanes.of(run, Window.ALL, 24);
    TimeAxis axis = TimeAxis.of(gantt, run.unit(), RunReport.CHART_WIDTH);
    return new GanttChart(gantt, "title", axis, 100)
        .chart().getSeriesCollection().stream().map(series -> series.getName()).toList();
  }

  private static String svg(Run run) throws Exception {
    return new String(
        ChartTask.start(run, Window.ALL, RunReport.CHART_WIDTH).images().svg(),
        StandardCharsets.UTF_8);
  }
}
