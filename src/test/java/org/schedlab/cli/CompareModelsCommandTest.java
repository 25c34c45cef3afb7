package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code compare-models} prints, writes and refuses. */
class CompareModelsCommandTest {
  private static final String SERVER =
      """
      name: server
      machine: {devices: {net: {servers: 100}}}
      scheduler: {policy: fcfs}
      processes:
        - name: s
          threads: [{name: c, count: 2, program: [{io: {device: net, time: 5}}, {compute: 2}]}]
      """;

  @TempDir Path folder;

  private String file(String text) throws IOException {
    Path file = folder.resolve("test.yaml");
    Files.writeString(file, text);
    return file.toString();
  }

  private CommandLineRun compare(String text, String... options) throws IOException {
    Stream<String> words =
        Stream.of(
            "compare-models", file(text), "--no-charts", "-o", folder.resolve("o").toString());
    return CommandLineRun.of(Stream.concat(words, Stream.of(options)).toArray(String[]::new));
  }

  @Test
  void oneTableShowsAllModelsAndMarksTheBest() throws IOException {
    CommandLineRun run = compare(SERVER);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("server · fcfs, 1 CPU, costs textbook, seed 0\n")
        .contains("processes      threads    coroutines")
        .contains("makespan                          9 ms         9 ms          9 ms\n")
        .contains("system calls                         5            5             3 *\n")
        .contains("one failure takes down          1 of 2 *     2 of 2        2 of 2\n")
        .contains("* best of the row")
        .endsWith("\nWritten to " + folder.resolve("o") + "\n");
  }

  @Test
  void filesAreWrittenForTheComparisonAndForEachRun() throws IOException {
    compare(SERVER);
    Path out = folder.resolve("o");
    for (String name :
        List.of(
            "models.json",
            "models.csv",
            "models.md",
            "process/result.json",
            "thread/report.md",
            "coroutine/tables/coroutines.csv")) {
      assertThat(out.resolve(name)).as(name).isNotEmptyFile();
    }
    assertThat(out.resolve("models.png")).doesNotExist();
    assertThat(Files.readString(out.resolve("models.csv")))
        .startsWith("model,count,measure,value,unit\nprocess,,tasks,2,\nprocess,,makespan,9,ms\n")
        .contains("\ncoroutine,,throughput,222.222222222,1/s\n");
  }

  @Test
  void jsonGivesTimesInTheScenariosUnit() throws IOException {
    CommandLineRun run = compare(SERVER, "--format", "json", "--models", "thread");
    assertThat(run.out())
        .contains("\"swept\": null")
        .contains(
            "{\"model\": \"thread\", \"count\": null, \"exit\": \"completed\", \"measures\":"
                + " {\"tasks\": 2, \"makespan\": 9, \"throughput\": 222.222222222,"
                + " \"turnaround.mean\": 8, \"turnaround.p50\": 7, \"turnaround.p95\": 9,")
        .doesNotContain("\"model\": \"process\"")
        .isEqualTo(Files.readString(folder.resolve("o/models.json")));
  }

  @Test
  void chartsAreDrawnAndTheSameInTwoRuns() throws IOException {
    for (String out : List.of("first", "second")) {
      CommandLineRun run =
          CommandLineRun.of(
              "compare-models",
              file(SERVER),
              "--sweep",
              "c=1,2",
              "--format",
              "none",
              "-o",
              folder.resolve(out).toString());
      assertThat(run.status()).as(run.err()).isZero();
    }
    for (String name :
        List.of("models.png", "models.svg", "models.json", "models.md", "thread/gantt.svg")) {
      assertThat(folder.resolve("first").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("second").resolve(name));
    }
    assertThat(Files.readString(folder.resolve("first/models.svg")))
        .contains("throughput (higher is better)</text>", "number of: c</text>");
  }

  /** Both are to be there at 0; they are made at 1 and 2, and run from 2 to 3 and from 3 to 4. */
  @Test
  void turnaroundBeginsWhenATaskWasToBeMade() throws IOException {
    CommandLineRun run =
        compare(
            """
            machine: {costs: {profile: textbook, thread_create: 1}}
            scheduler: {policy: fcfs}
            processes: [{name: s, threads: [{name: c, count: 2, burst: 1}]}]
            models: [thread]
            expect: {thread: {turnaround: {mean: 3.5, max: 4}, creation: 2, overhead_share: 50}}
            """);
    assertThat(run.status()).as(run.out()).isZero();
  }

  /** The second looks for the flag that the first would set; by a lock-free loop, and for free. */
  @Test
  void whoLooksForeverForWhatTheFailedTaskWouldHaveDoneIsTakenDownToo() throws IOException {
    for (String look : List.of("compute: 1", "yield")) {
      CommandLineRun run =
          compare(
              """
              limits: {operations_per_instant: 1000}
              processes:
                - name: s
                  variables: {flag: 0}
                  threads:
                    - {name: sets, program: [compute: 1, {store: {flag: 1}}]}
                    - {name: looks, program: [{while: f == 0, do: [LOOK, {load: {f: flag}}]}]}
              models: [process, thread]
              expect: {process: {taken_down: 2}, thread: {taken_down: 2}}
              """
                  .replace("LOOK", look));
      assertThat(run.status()).as(run.out() + run.err()).isZero();
    }
  }

  @Test
  void aSweepShowsWhoIsAheadWhere() throws IOException {
    CommandLineRun run =
        compare(
            SERVER + "models: {run: [process, thread], sweep: {c: [1, 3]}}\n",
            "--set",
            "machine.costs={profile: textbook, fork: 100us}");
    assertThat(run.out())
        // A fork takes 0.1 ms of the CPU, once before the first task and twice more beside others.
        .contains(
            "  makespan    1     7.1 ms         7 ms *\n              3    11.3 ms        11 ms *\n")
        .contains("Highest throughput: threads.\n")
        .contains("Lowest memory resident: ");
  }

  @Test
  void runComparesWhatHasModels() throws IOException {
    String text = SERVER + "models: [thread, coroutine]\n";
    CommandLineRun run =
        CommandLineRun.of("run", file(text), "--no-charts", "-o", folder.resolve("o").toString());
    assertThat(run.out()).isEqualTo(compare(text).out()).doesNotContain("processes");
    CommandLineRun window = CommandLineRun.of("run", file(text), "--from", "3");
    assertThat(window.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(window.err()).contains("--from is for one run, and this scenario has `models`");
  }

  @Test
  void resultsAreStatedOfModelsAsNumbersOrBounds() throws IOException {
    String text =
        SERVER
            + """
            models: [process, thread, coroutine]
            expect:
              process: {makespan: 9, throughput: 222.2, taken_down: 1}
              thread: {turnaround: {mean: 8}, turnaround.max: "<= 9", taken_down: "> process"}
            """;
    assertThat(compare(text).status()).isZero();
    CommandLineRun unmet =
        compare(text.replace("makespan: 9", "makespan: 10").replace("> process", "< process"));
    assertThat(unmet.status()).isEqualTo(ExitStatus.CHECK_FAILED);
    assertThat(unmet.out())
        .contains("FAILED  process makespan: expected 10, actual 9\n")
        .contains("FAILED  thread taken_down: expected < process (1), actual 2\n");
  }

  @Test
  void resultsOfASweepAreStatedByCount() throws IOException {
    String text =
        SERVER
            + """
            models: {sweep: {c: [1, 4]}}
            expect: {thread@4: {makespan: 13}, coroutine@1: {makespan: 7}}
            """;
    assertThat(compare(text).status()).isZero();
    assertThat(compare(text.replace("makespan: 13", "makespan: 12")).out())
        .contains("FAILED  thread@4 makespan: expected 12, actual 13\n");
    CommandLineRun wrong = compare(text.replace("thread@4", "thread@5"));
    assertThat(wrong.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(wrong.err())
        .contains("results are stated of models and counts, and `thread@5` is none");
  }

  @Test
  void whatAModelLacksIsShownWithItsLineBeforeAnythingRuns() throws IOException {
    String text = SERVER.replace("{compute: 2}", "{exit: 0}");
    CommandLineRun run = compare(text);
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("test.yaml:6:")
        .contains(
            ": `exit` has no counterpart among threads and coroutines; it ends the whole process;"
                + " let the program come to its end; `models: [process]` compares without\n")
        .contains("^");
    CommandLineRun checked =
        CommandLineRun.of("validate", file(text + "models: [process, thread]\n"));
    assertThat(checked.status()).isEqualTo(ExitStatus.BAD_INPUT);
  }

  @Test
  void optionsThatMeanNothingAreRefused() throws IOException {
    assertThat(compare(SERVER, "--models", "fibre").err())
        .contains("--models is process, thread or coroutine, or several with commas, not 'fibre'");
    assertThat(compare(SERVER, "--sweep", "c").err()).contains("--sweep has the form NAME=COUNTS");
    assertThat(compare(SERVER, "--sweep", "d=1,2").err())
        .contains("there is no process, thread or coroutine `d`");
    assertThat(compare(SERVER, "--sweep", "c=0").err()).contains("--sweep counts from 1");
    assertThat(compare(SERVER, "--runtime", "lua").err())
        .contains("there is no runtime 'lua'; there are: asyncio, cpp20, rust");
    assertThat(compare(SERVER, "--sweep", "c=1", "--sweep", "c=2").err())
        .contains("--sweep is given more than once");
  }

  @Test
  void anotherRuntimeChangesWhatCoroutinesCost() throws IOException {
    String linux = SERVER.replace("machine: {", "machine: {costs: linux-x86_64, ");
    String python = compare(linux, "--models", "coroutine", "--format", "json").out();
    String rust =
        compare(linux, "--models", "coroutine", "--format", "json", "--runtime", "rust").out();
    assertThat(rust).isNotEqualTo(python);
  }

  @Test
  void badModelsAreReportedWithTheirPlace() throws IOException {
    CommandLineRun run =
        compare(
            SERVER + "models: {run: [thread, fiber], sweep: {d: [1]}, runtime: lua, swep: 1}\n");
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.err())
        .contains("a model cannot be `fiber`; allowed: process, thread, coroutine")
        .contains("there is no process, thread or coroutine `d`")
        .contains("`runtime` cannot be `lua`")
        .contains("unknown key `swep` in `models`; did you mean `sweep`?");
  }
}
