package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.Outcome;
import org.schedlab.cost.Profile;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Account;
import org.schedlab.trace.Departure;

class RunReportTest {
  private static RunReport twoCpus() {
    Workload workload =
        Workload.under("round-robin").with("quantum", 4).cpus(2).costs(Profile.LINUX_X86_64);
    workload.process("init", 0, 16);
    workload.process("web", 2, Workload.repeat(3, Workload.compute(3.4), Workload.io(5)));
    workload.process("batch", 6, 18);
    Scenario scenario = workload.build();
    RunRecorder recorder = new RunRecorder(scenario);
    Outcome outcome = workload.run(recorder.sink());
    return recorder.finish(new Ending(outcome.end().label(), null, List.of(), List.of()));
  }

  @Test
  void folderHoldsEveryFileAndNoUnfinishedOne(@TempDir Path folder) throws Exception {
    twoCpus().writeFolder(folder, Window.ALL, RunReport.CHART_WIDTH);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()))
          .containsExactlyInAnyOrder(
              "result.json",
              "report.md",
              "gantt.png",
              "gantt.svg",
              Path.of("tables", "threads.csv").toString(),
              Path.of("tables", "cpus.csv").toString(),
              Path.of("tables", "switches.csv").toString(),
              Path.of("tables", "ledger.csv").toString(),
              Path.of("tables", "timeline.csv").toString());
    }
    assertThat(Files.readString(folder.resolve("report.md"))).contains("![Gantt chart](gantt.png)");
    assertThat(Files.readString(folder.resolve("gantt.svg"))).contains("init").endsWith("</svg>\n");
  }

  @Test
  void filesOfAnEarlierRunThatThisOneDoesNotMakeAreRemoved(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("tables"));
    List<String> ours = List.of("gantt.png", "gantt.svg", "tables/timeline.csv", "tables/jobs.csv");
    for (String name : ours) {
      Files.writeString(folder.resolve(name), "of another run");
    }
    Files.writeString(folder.resolve("tables/notes.txt"), "the user's");
    Scenario scenario = Runs.reporting(Runs.scenario(), new Scenario.Report(2, 10));
    Run run = Runs.run(scenario, sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
    new ReportFolder(run, folder).writeTables();
    assertThat(ours).allMatch(name -> Files.notExists(folder.resolve(name)));
    assertThat(folder.resolve("tables/notes.txt")).exists();
    String header = Files.readAllLines(folder.resolve("tables/cpus.csv")).get(0);
    assertThat(header.split(",")).doesNotHaveDuplicates().contains("idle_ms");
  }

  @Test
  void filesAreTheSameFromRunToRun(@TempDir Path first, @TempDir Path second) throws Exception {
    twoCpus().writeFolder(first, Window.ALL, RunReport.CHART_WIDTH);
    twoCpus().writeFolder(second, Window.ALL, RunReport.CHART_WIDTH);
    for (String name : List.of("result.json", "report.md", "gantt.png", "gantt.svg")) {
      assertThat(first.resolve(name)).as(name).hasSameBinaryContentAs(second.resolve(name));
    }
  }

  @Test
  void terminalShowsFailuresBeforeTheChart() throws IOException {
    Scenario scenario = Runs.expecting(Runs.scenario(), "P1", "waiting", "7");
    RunRecorder recorder = new RunRecorder(scenario);
    HandDrawnTrace.roundRobin(recorder.sink(), Workload.MS);
    RunReport report = recorder.finish(Runs.COMPLETED);
    StringBuilder text = new StringBuilder();
    report.printTerminal(text, 80, false);

    assertThat(report.failures()).containsExactly("P1 waiting: expected 7, actual 6");
    assertThat(text)
        .startsWith(
            """
            test - round-robin (quantum 4 ms), 1 CPU, costs textbook, seed 1
            every thread has ended after 30 ms
            FAILED  P1 waiting: expected 7, actual 6

              CPU 0 P1######P2##
            """
                .stripTrailing())
        .contains("Threads (times in ms)")
        .contains("Context switches")
        .contains("own work");
    assertThat(text.chars()).as("ASCII only").allMatch(c -> c < 128);
  }

  @Test
  void threadTableHasTheTextbooksNumbers() {
    Run run = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
    assertThat(new Tables(run).threads().toText(Glyphs.ASCII))
        .isEqualTo(
            """
            Threads (times in ms)
              thread   arrival  start  finish  turnaround  waiting  response  running  blocked  overhead
              -------  -------  -----  ------  ----------  -------  --------  -------  -------  --------
              P1             0      0      30          30        6         0       24        0         0
              P2             0      4       7           7        4         4        3        0         0
              P3             0      7      10          10        7         7        3        0         0
              -------  -------  -----  ------  ----------  -------  --------  -------  -------  --------
              average                              15.667    5.667     3.667       10        0         0
            """);
  }

  @Test
  void switchTableGivesTheCostOfOne() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, 100);
              int a = trace.arrives(0, "A");
              int b = trace.arrives(0, "B");
              trace.runs(a, 0, 10, Departure.QUANTUM);
              trace.switchesAndRuns(0, b, 10, 20, Account.CONTEXT_SWITCH, 40, Departure.EXIT);
              trace.switchesAndRuns(0, a, 40, 10, Account.CACHE_REFILL, 100, Departure.EXIT);
              trace.ends(100);
            });
    assertThat(new Tables(run).switches().toText(Glyphs.UNICODE))
        .contains("voluntary        1            1       0         1      1               10 %")
        .contains("involuntary      1            2       2         0      2               20 %")
        .contains("2          1.5       2         1      3               30 %");
  }

  @Test
  void switchTableOfAMachineWithoutCostsOnlyCounts() {
    Run run = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
    assertThat(new Tables(run).switches().toText(Glyphs.ASCII))
        .isEqualTo(
            """
            Context switches
              between             because      count
              ------------------  -----------  -----
              process to process  voluntary        2
              process to process  involuntary      1
              ------------------  -----------  -----
              all                                  3
              Switching costs nothing here.
            """);
  }

  @Test
  void timesOfOneTableHaveOneUnitUnlessThatWouldRoundThemAway() {
    TimeStyle common =
        TimeStyle.of(TimeUnit.US, LongStream.of(0, 1_532_000, 76_128, 10, TaskTimes.NEVER));
    assertThat(common.title("Threads")).isEqualTo("Threads (times in µs)");
    assertThat(common.time(1_532_000)).isEqualTo("1532");
    assertThat(common.time(76_128)).isEqualTo("76.128");
    TimeStyle rounded = TimeStyle.of(TimeUnit.MS, LongStream.of(41_283, 30_717_954));
    assertThat(rounded.time(41_283)).isEqualTo("0.041");
    assertThat(rounded.time(30_717_954)).isEqualTo("30.718");
    TimeStyle finer = TimeStyle.of(TimeUnit.MS, LongStream.of(9_999, 30_000_000, 0));
    assertThat(finer.title("Threads")).isEqualTo("Threads (times in µs)");
    assertThat(finer.time(9_999)).isEqualTo("9.999");
    assertThat(finer.time(30_000_000)).isEqualTo("30000");
    TimeStyle coarser = TimeStyle.of(TimeUnit.NS, LongStream.of(10, 10_000_000, 2_490_000_000L));
    assertThat(coarser.title("Threads")).isEqualTo("Threads (times in ms)");
    assertThat(coarser.time(2_490_000_000L)).isEqualTo("2490");
    assertThat(coarser.time(10)).isEqualTo("< 0.001");
    assertThat(coarser.time(0)).isEqualTo("0");
  }

  @Test
  void titlesNameDurationsShortlyAndExactly() {
    assertThat(Decimals.duration(10_000_000, TimeUnit.NS)).isEqualTo("10 ms");
    assertThat(Decimals.duration(1_234_567, TimeUnit.NS)).isEqualTo("1234.567 µs");
    assertThat(Decimals.duration(1_500_000_000, TimeUnit.MS)).isEqualTo("1500 ms");
    assertThat(Decimals.duration(800, TimeUnit.US)).isEqualTo("0.8 µs");
  }

  @Test
  void csvTablesNameTheirUnitAndLeaveOutWhatNeverCame(@TempDir Path folder) throws IOException {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, 500_000);
              int a = trace.arrives(0, "a, \"b\"");
              trace.releases(0, a, 3);
              trace.runs(a, 0, 5, Departure.END);
              trace.ends(5);
            });
    new ReportFolder(run, folder).writeTables();
    assertThat(Files.readString(folder.resolve("tables/threads.csv")))
        .isEqualTo(
            "thread,process,arrival_ms,start_ms,finish_ms,turnaround_ms,response_ms,waiting_ms,"
                + "running_ms,blocked_ms,overhead_ms,voluntary_switches,involuntary_switches,system_calls,exit\n"
                + "\"a, \"\"b\"\"\",\"a, \"\"b\"\"\",0,0,,,0,0,2.5,0,0,0,0,0,\n");
    assertThat(Files.readString(folder.resolve("tables/jobs.csv")))
        .endsWith("\"a, \"\"b\"\"\",1,0,1,,,0\n");
  }

  @Test
  void markdownShowsNamesAsTheyAre() {
    Scenario scenario = Runs.named(Runs.scenario(), "a|b*c", "What *matters* here.");
    Run run = Runs.run(scenario, sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
    assertThat(new MarkdownReport(run).page("gantt.png"))
        .startsWith("# a\\|b\\*c\n\nWhat *matters* here.\n\n")
        .contains("| P1 | 0 | 0 | 30 | 30 | 6 | 0 | 24 | 0 | 0 |")
        .contains("No assert failed.");
  }

  @Test
  void periodicThreadsHaveATableOfJobs() {
    Workload workload =
        Workload.under("rate-monotonic")
            .periodic("T1", 0, 5, 2, 5)
            .periodic("T2", 0, 7, 4, 7)
            .until(35);
    RunRecorder recorder = new RunRecorder(workload.build());
    workload.run(recorder.sink());
    Run run =
        Run.of(
            workload.build(),
            recorder.metrics(),
            new Ending("until", null, List.of(), List.of()),
            Set.of());
    assertThat(new Tables(run).jobs().toText(Glyphs.ASCII))
        .isEqualTo(
            """
            Jobs (times in ms)
              thread  released  completed  missed  response min  mean  max
              ------  --------  ---------  ------  ------------  ----  ---
              T1             8          7       0             2     2    2
              T2             6          5       1             6   6.8    8
            """);
  }

  @Test
  void chartsOfEverySortAreDrawn() throws Exception {
    Scenario scenario = Runs.reporting(Runs.scenario(), new Scenario.Report(10, 10));
    Run run =
        Runs.run(
            scenario,
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int a = trace.arrives(0, "A");
              for (int i = 0; i < 500; i++) {
                trace.runs(a, 2L * i, 2L * i + 1, Departure.BLOCKED);
                trace.wakes(2L * i + 2, a);
              }
              sink.assertionFailed(500, a, "x", 1, 1);
              trace.ends(1_000);
            });
    GanttImages images =
        ChartTask.start(run, new Window(100, 500 * Workload.MS), RunReport.CHART_WIDTH).images();
    assertThat(images.png()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(new String(images.svg(), StandardCharsets.UTF_8)).contains("A</text>");
  }
}
