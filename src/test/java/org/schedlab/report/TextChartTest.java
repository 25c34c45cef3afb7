package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.scenario.Scenario;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Account;
import org.schedlab.trace.Departure;

class TextChartTest {
  private static String chart(Run run, int width, Glyphs glyphs) {
    return TextChart.of(GanttLanes.of(run, Window.ALL, 24), run.unit(), width, glyphs);
  }

  private static Run roundRobin() {
    return Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
  }

  private static Run inputAndOutput() {
    return Runs.run(
        Runs.scenario(),
        sink -> {
          HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
          int a = trace.arrives(0, "A");
          int b = trace.arrives(0, "B");
          trace.runs(a, 0, 4, Departure.BLOCKED);
          trace.switchesAndRuns(0, b, 4, 1, Account.CONTEXT_SWITCH, 9, Departure.EXIT);
          trace.wakes(9, a);
          trace.switchesAndRuns(0, a, 9, 1, Account.CONTEXT_SWITCH, 12, Departure.EXIT);
          trace.ends(12);
        });
  }

  @Test
  void roundRobinLooksLikeTheTextbooksChart() {
    assertThat(chart(roundRobin(), 44, Glyphs.UNICODE))
        .isEqualTo(
            """
              CPU 0 P1██P2█P3█P1██████████████████
              P1    ████░░░░░░████████████████████
              P2    ░░░░███
              P3    ░░░░░░░███
                    ┬─────────┬─────────┬─────────┬
                    0         10        20        30 ms
              █ running   ░ ready
              one column is 1 ms
            """);
  }

  @Test
  void asciiChartShowsBlockedAndSwitches() {
    assertThat(chart(inputAndOutput(), 40, Glyphs.ASCII))
        .isEqualTo(
            """
              CPU 0 A#######%%B#######%%A###
              A     ########~~~~~~~~~~%%####
              B     ........%%########
                    +---------+---------+----
                    0         5         10 ms
              # running   . ready   ~ blocked   % switch or kernel
              one column is 500 us
            """);
  }

  @Test
  void chartKeepsWithinTheWidth() {
    for (int width = 20; width < 200; width++) {
      String chart = chart(roundRobin(), width, Glyphs.UNICODE);
      String lanes = chart.substring(0, chart.indexOf("  █ running"));
      assertThat(Arrays.stream(lanes.split("\n")).mapToInt(String::length).max().orElseThrow())
          .as("width %d", width)
          .isLessThanOrEqualTo(width);
    }
  }

  @Test
  void unitStandsBeforeTheAxisWhereThereIsNoRoomBehindIt() {
    assertThat(chart(roundRobin(), 40, Glyphs.UNICODE))
        .contains(
            """
                    ┬─────────┬─────────┬─────────┬
                 ms 0         10        20        30
            """);
  }

  @Test
  void columnsThatHoldMoreThanOneThingSaySo() {
    assertThat(chart(roundRobin(), 25, Glyphs.UNICODE))
        .contains("one column is 2 ms, coalesced: it shows what took most of it");
  }

  @Test
  void threadOfAShortLifeIsShownAllTheSame() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int longLived = trace.arrives(0, "A");
              trace.runs(longLived, 0, 1_000, Departure.EXIT);
              int shortLived = trace.arrives(1_001, "B");
              trace.runs(shortLived, 1_001, 1_003, Departure.EXIT);
              int last = trace.arrives(1_100, "C");
              trace.runs(last, 1_100, 2_000, Departure.EXIT);
              trace.ends(2_000);
            });
    assertThat(chart(run, 50, Glyphs.ASCII))
        .startsWith(
            """
              CPU 0 A###################  C#################
              A     ####################
              B                         #
              C                           ##################
            """);
  }

  @Test
  void barsTooShortForTheirNamesAreToldApart() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int[] threads = new int[3];
              for (int i = 0; i < threads.length; i++) {
                threads[i] = trace.arrives(0, "P1" + i);
              }
              long time = 0;
              for (int bar = 0; bar < 12; bar++) {
                int length = new int[] {1, 3, 2, 4}[bar / 3];
                trace.runs(threads[bar % 3], time, time + length, Departure.QUANTUM);
                time += length;
              }
              trace.ends(time);
            });
    String[] lines = chart(run, 60, Glyphs.ASCII).split("\n");
    assertThat(lines[0]).isEqualTo("  CPU 0 #||10#11#12#|#|#|#P10#P11#P12#");
  }

  @Test
  void longNamesAreCutToTheirBars() {
    BarNames names = new BarNames(List.of("request-reader", "request-writer", "request-log"));
    assertThat(names.fit("request-reader", 20)).isEqualTo("request-reader");
    assertThat(names.fit("request-reader", 9)).isEqualTo("reader");
    assertThat(names.fit("request-reader", 5)).isEqualTo("~ader");
    assertThat(names.fit("request-reader", 2)).isEqualTo("re");
    BarNames workers = new BarNames(List.of("web/worker[0]", "web/worker[1]", "editor"));
    assertThat(workers.fit("web/worker[1]", 4)).isEqualTo("~[1]");
    assertThat(new BarNames(List.of("web", "wide")).fit("web", 1)).isEmpty();
    assertThat(names.fit("request-reader", 0)).isEmpty();
    assertThat(new BarNames(List.of("P10", "P11", "P2")).fit("P10", 2)).isEqualTo("10");
    assertThat(new BarNames(List.of("alpha", "apple")).fit("alpha", 3)).isEqualTo("alp");
  }

  @Test
  void runOfManyBarsIsDrawnFromItsShares() {
    Scenario scenario = Runs.reporting(Runs.scenario(), new Scenario.Report(10, 10));
    Run run =
        Runs.run(
            scenario,
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int a = trace.arrives(0, "A");
              int b = trace.arrives(0, "B");
              for (int i = 0; i < 500; i++) {
                trace.runs(a, 4L * i, 4L * i + 3, Departure.QUANTUM);
                trace.runs(b, 4L * i + 3, 4L * i + 4, Departure.QUANTUM);
              }
              trace.ends(2_000);
            });
    assertThat(chart(run, 50, Glyphs.UNICODE))
        .startsWith(
            """
              CPU 0 ████████████████████████████████████████
              A     ████████████████████████████████████████
              B     ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
            """)
        .contains("▓ running and ready in turn")
        .contains("coalesced: 1000 bars");
  }

  @Test
  void manyThreadsAreCutAndTheRestIsCounted() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              for (int i = 0; i < 60; i++) {
                int thread = trace.arrives(i, "T" + i);
                trace.runs(thread, i, i + 1, Departure.EXIT);
              }
              trace.ends(60);
            });
    assertThat(chart(run, 100, Glyphs.UNICODE)).contains("the first 24 of 60 threads");
    String table = new Tables(run).threads().toText(Glyphs.ASCII);
    assertThat(table).contains("The first 40 of 60; 20 more in the CSV table.");
    assertThat(table.lines().filter(line -> line.matches("  T\\d+ .*"))).hasSize(40);
  }

  @Test
  void manyCpusAreCutAndTheRestIsCounted() {
    Run run =
        Runs.run(
            Runs.scenario(40),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 40, Workload.MS);
              int a = trace.arrives(0, "A");
              trace.runs(39, a, 0, 5, Departure.EXIT);
              trace.ends(5);
            });
    assertThat(chart(run, 100, Glyphs.UNICODE))
        .contains("CPU 23", "the first 24 of 40 CPUs", "CPU 39")
        .doesNotContain("CPU 24");
  }

  @Test
  void windowShowsItsPartOnly() {
    Gantt gantt = GanttLanes.of(roundRobin(), new Window(4 * Workload.MS, 10 * Workload.MS), 24);
    assertThat(TextChart.of(gantt, roundRobin().unit(), 24, Glyphs.UNICODE))
        .startsWith(
            """
              CPU 0 P2████P3████
              P1    ░░░░░░░░░░░░
              P2    ██████
              P3    ░░░░░░██████
            """);
  }

  @Test
  void runOfNoTimeHasAChart() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int a = trace.arrives(0, "A");
              trace.runs(a, 0, 0, Departure.EXIT);
              trace.ends(0);
            });
    assertThat(chart(run, 40, Glyphs.ASCII))
        .isEqualTo(
            """
              CPU 0\s
              A    \s
                    +-----------+------------+
                    0           0.5          1 ms
              one column is 40 us
            """);
    assertThat(new Tables(run).all()).isNotEmpty();
  }
}
