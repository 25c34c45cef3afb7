package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.testing.Damage;

/** The command line: what it prints where, what it writes, and the status it exits with. */
class MainTest {
  private static final String CONVOY =
      """
      name: convoy
      scheduler: {policy: round-robin, quantum: 4}
      processes:
        - {name: P1, burst: 24}
        - {name: P2, burst: 3}
        - {name: P3, burst: 3}
      """;

  @TempDir private Path folder;

  /** What a command left behind. */
  private record Called(int status, String out, String err) {}

  private static Called call(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, false, StandardCharsets.UTF_8);
    Console console = new Console(outStream, errStream, Map.of("COLUMNS", "90"));
    int status = new Main(console).run(args);
    console.flush();
    return new Called(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private String scenario(String text) throws IOException {
    return Files.writeString(folder.resolve("test.yaml"), text).toString();
  }

  private Called run(String text, String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("run", scenario(text)));
    args.addAll(List.of("-o", folder.resolve("out").toString(), "--no-charts"));
    args.addAll(List.of(options));
    return call(args.toArray(String[]::new));
  }

  @Test
  void runPrintsChartAndTablesAndWritesTheFolder() throws Exception {
    Called called = call("run", scenario(CONVOY), "-o", folder.resolve("out").toString());
    assertThat(called.status()).isZero();
    assertThat(called.err()).isEmpty();
    assertThat(called.out()).startsWith("convoy").contains("P1", "Threads", "Context switches");
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      assertThat(files.filter(Files::isRegularFile).map(p -> p.getFileName().toString()))
          .contains("gantt.png", "gantt.svg", "result.json", "report.md", "threads.csv")
          .noneMatch(name -> name.contains("tmp"));
    }
  }

  @Test
  void noLineOfTheChartIsWiderThanTheWindow() throws Exception {
    String chart = run(CONVOY).out();
    assertThat(chart.substring(0, chart.indexOf("Threads")).lines())
        .allMatch(line -> line.codePointCount(0, line.length()) <= 90);
  }

  @Test
  void jsonFormatPrintsTheVeryBytesOfTheFile() throws Exception {
    Called called = run(CONVOY, "--format", "json");
    assertThat(called.out()).isEqualTo(Files.readString(folder.resolve("out/result.json")));
  }

  @Test
  void formatNonePrintsNothing() throws Exception {
    Called called = run(CONVOY, "--format", "none");
    assertThat(called.out()).isEmpty();
    assertThat(called.err()).isEmpty();
  }

  @Test
  void unmetExpectationExitsWithOneAndSaysExpectedAndActual() throws Exception {
    Called called = run(CONVOY + "expect: {P1: {waiting: 7}, makespan: 30}\n", "--format", "none");
    assertThat(called.status()).isEqualTo(1);
    assertThat(called.err()).contains("P1", "waiting", "expected 7", "6");
  }

  @Test
  void showKnowsThreeWords() throws Exception {
    for (String words : List.of("everything", "memory,everything", "memory,", "")) {
      Called called = run(CONVOY, "--show", words);
      assertThat(called.status()).isEqualTo(2);
      assertThat(called.err()).contains("--show is memory, references or wakeups");
    }
    assertThat(call("help", "run").out()).contains("--show WHAT", "machine.memory={}");
    String wakeups = run(CONVOY, "--show", "wakeups").out();
    assertThat(wakeups).contains("Wake-ups").doesNotContain("Memory");
    assertThat(run(CONVOY, "--show", "wakeups,memory").out()).contains("Wake-ups", "Memory");
  }

  private static final String EACH_WAITS_FOR_THE_OTHER =
      """
      name: embrace
      processes:
        - name: P
          variables: {x: 0}
          threads:
            - {name: a, program: [{compute: 1}, {join: b}]}
            - {name: b, program: [{compute: 1}, {join: a}]}
      """;

  @Test
  void stuckThreadsFailTheRunAndSayWhatTheyWaitFor() throws Exception {
    Called called = run(EACH_WAITS_FOR_THE_OTHER + "final: x == 0\n");
    assertThat(called.status()).isEqualTo(1);
    assertThat(called.out())
        .contains("FAILED  final condition could not be checked, for threads are stuck: x == 0")
        .contains("FAILED", "deadlock at 2 ms: P/b waits for the end of a since 2 ms (line 7)");
    assertThat(Files.readString(folder.resolve("out/report.md"))).contains("## Failed\n");
    Called quiet = run(EACH_WAITS_FOR_THE_OTHER, "--format", "none");
    assertThat(quiet.err().lines()).allMatch(line -> line.contains(": FAILED  deadlock at 2 ms"));
  }

  @Test
  void conditionThatTheHorizonLeftUncheckedIsNoted() throws Exception {
    String text =
        """
        until: 5
        final: x == 0
        processes:
          - {name: P, variables: {x: 0}, program: [{compute: 9}]}
        """;
    Called called = run(text);
    assertThat(called.status()).isZero();
    String note = "he final condition was not checked, for not every thread had ended: x == 0";
    assertThat(called.out()).contains("NOTE  t" + note);
    assertThat(Files.readString(folder.resolve("out/report.md"))).contains("- T" + note);
    assertThat(Files.readString(folder.resolve("out/result.json"))).contains("\"held\": null");
    assertThat(run(text, "--format", "json").err()).endsWith("test.yaml: NOTE  t" + note + "\n");
  }

  @Test
  void resultsThatCannotBePrintedAreAnError() throws Exception {
    for (String message : List.of("No space left on device", "Broken pipe")) {
      OutputStream full =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw new IOException(message);
            }
          };
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Console console = new Console(full, err, Map.of());
      int status = new Main(console).run("policies");
      console.flush();
      boolean closed = message.equals("Broken pipe");
      assertThat(status).as(message).isEqualTo(closed ? 0 : 2);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .isEqualTo(closed ? "" : "schedlab: the output could not be written: " + message + "\n");
    }
  }

  @Test
  void pathsThatCannotBeUsedAreNamedInPlainWords() throws Exception {
    String file = scenario(CONVOY);
    assertThat(call("run", folder.toString()).err())
        .isEqualTo("schedlab: cannot read " + folder + ": it is a folder\n");
    Called intoFile = call("run", file, "-o", file, "--no-charts");
    assertThat(intoFile.err())
        .isEqualTo("schedlab: cannot write to folder " + file + ": it is a file\n");
    assertThat(intoFile.status()).isEqualTo(2);
    Called below = call("run", file, "-o", file + "/out");
    assertThat(below.err()).startsWith("schedlab: cannot write to folder " + file + "/out: ");
    assertThat(below.status()).isEqualTo(2);
    assertThat(call("run", "a\0b").err())
        .isEqualTo("schedlab: cannot use 'a?b': no file can have such a name\n");
    assertThat(call("run", file, "-o", "").err()).contains("--output takes the name of a folder");
    assertThat(call("validate", "a\0b").status()).isEqualTo(2);
  }

  @Test
  void windowBehindTheEndOfTheRunShowsAllOfIt() throws Exception {
    Called called = run(CONVOY, "--from", "100", "--to", "200");
    assertThat(called.status()).isZero();
    assertThat(called.err()).contains("the run ended before --from");
    assertThat(called.out()).isEqualTo(run(CONVOY).out());
  }

  @Test
  void misspeltWordsAreGuessed() throws Exception {
    assertThat(call("rnu").err()).contains("did you mean `run`?");
    assertThat(call("sweep").err()).contains("sweep takes one experiment file");
    assertThat(call("sweep").status()).isEqualTo(2);
    assertThat(run(CONVOY, "--polcy", "fcfs").err()).contains("did you mean `--policy`?");
    assertThat(call("policies", "roundrobin").err()).contains("did you mean `round-robin`?");
    assertThat(call("costs", "textbok").err()).contains("did you mean `textbook`?");
    assertThat(call("run", "-h").out()).isEqualTo(call("help", "run").out());
  }

  @Test
  void optionsChangeTheScenario() throws Exception {
    Called called =
        run(
            CONVOY,
            "--format",
            "json",
            "--policy",
            "fcfs",
            "--seed",
            "5",
            "--set",
            "processes.P2.burst=4");
    assertThat(called.out()).contains("\"policy\": \"fcfs\"", "\"seed\": 5", "\"makespan\": 31");
    assertThat(run(CONVOY, "--format", "json", "--quantum", "6ms").out())
        .contains("\"start\": 0, \"end\": 6");
  }

  @Test
  void mistakesComeWithPlaceCaretAndNearestNameAllAtOnce() throws Exception {
    Called called = run(CONVOY.replace("quantum", "quantm").replace("burst: 24", "burst: -1"));
    assertThat(called.status()).isEqualTo(2);
    assertThat(called.out()).isEmpty();
    assertThat(called.err())
        .contains("test.yaml:2:", "quantum", "test.yaml:4:", "negative", "^")
        .doesNotContain("Exception", "\tat ");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void runThatIsStoppedShowsTheLineOfTheScenario() throws Exception {
    Called called = run("processes:\n  - {name: P, program: [{while: 1, do: [yield]}]}\n");
    assertThat(called.status()).isEqualTo(2);
    assertThat(called.err()).contains("test.yaml:2:", "without any time", "while: 1", "^");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void badUsageSaysHowToWriteItAndExitsWithTwo() throws Exception {
    assertThat(call().status()).isEqualTo(2);
    assertThat(call("ran").err())
        .contains("no command 'ran'", "run, batch, compare, sweep, compare-models, validate");
    assertThat(call("run").err()).contains("one scenario file", "usage: schedlab run");
    assertThat(call("run", "nowhere.yaml").err()).contains("no file nowhere.yaml");
    assertThat(call("run", folder.toString()).status()).isEqualTo(2);
    assertThat(run(CONVOY, "--format", "xml").err()).contains("text, json or none");
    assertThat(run(CONVOY, "--seed", "x").err()).contains("whole number");
    assertThat(run(CONVOY, "--wrong").status()).isEqualTo(2);
    assertThat(run(CONVOY, "--policy", "fifo").status()).isEqualTo(2);
    assertThat(run(CONVOY, "--from", "9", "--to", "3").err()).contains("later");
    for (String width : List.of("499", "10001", "900.5", "wide", "99999999999")) {
      assertThat(run(CONVOY, "--width", width).err())
          .contains("--width is a whole number of pixels from 500 to 10000, not '" + width + "'");
    }
  }

  @Test
  void helpAndVersionAreResults() {
    assertThat(call("help").status()).isZero();
    assertThat(call("help", "run").out()).contains("--policy NAME", "--set PATH=VALUE");
    assertThat(call("run", "--help").out()).isEqualTo(call("help", "run").out());
    assertThat(call("--version").out()).startsWith("schedlab ");
  }

  @Test
  void validateReadsFoldersAndRunsNothing() throws Exception {
    scenario(CONVOY);
    Called good = call("validate", folder.toString());
    assertThat(good.status()).isZero();
    assertThat(good.out()).contains("test.yaml: valid");
    Files.writeString(folder.resolve("bad.yml"), "processes: 7\n");
    Called bad = call("validate", folder.toString());
    assertThat(bad.status()).isEqualTo(2);
    assertThat(bad.out()).contains("test.yaml: valid");
    assertThat(bad.err()).contains("bad.yml:1:");
  }

  @Test
  void policiesAndCostsAreListed() {
    assertThat(call("policies").out()).contains("round-robin", "quantum", "feedback", "edf");
    assertThat(call("policies", "roundrobin").status()).isEqualTo(2);
    assertThat(call("costs").out()).contains("thread_switch", "linux-x86_64", "cortex-m4");
    assertThat(call("costs", "vax").status()).isEqualTo(2);
  }

  @Test
  void aThousandDamagedFilesEndWithZeroOrTwoAndNoStackTrace() throws Exception {
    String whole = Files.readString(Path.of("scenarios/quickstart.yaml"));
    int broken = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      String text = whole;
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        text = Damage.once(text, random);
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(4) == 0) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Path file = Files.write(folder.resolve("damaged.yaml"), bytes);
      Called called =
          call(
              "run",
              file.toString(),
              "-o",
              folder.resolve("damaged").toString(),
              "--no-charts",
              "--set",
              "limits.events=100000");
      assertThat(called.status()).as("seed %d: %s", seed, called.err()).isIn(0, 2);
      assertThat(called.err()).doesNotContain("Exception", "\tat ", "internal error");
      assertThat(called.status() == 2).as("seed %d", seed).isEqualTo(!called.err().isEmpty());
      broken += called.status() == 2 ? 1 : 0;
    }
    assertThat(broken).isBetween(400, 990);
  }
}
