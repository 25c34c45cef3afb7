package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code schedlab explore} prints. */
class ExploreCommandTest {
  private static final String LOST_UPDATE =
      """
      processes:
        - name: P
          variables: {x: 0}
          threads:
            - {name: T, count: 2, program: [{add: {x: 1}}]}
      final: x == 2
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("lost.yaml");
    Files.writeString(file, LOST_UPDATE);
  }

  private CommandRun explore(String... options) {
    List<String> all = new ArrayList<>(List.of("explore", file.toString()));
    all.addAll(List.of("-o", folder.resolve("out").toString(), "--no-charts"));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void theLostUpdateIsCountedAndShownInColumns() {
    CommandRun run = explore("--exhaustive", "--preemptions", "1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("4 of 6 schedules fail")
        .contains("fewest preemptions to a failure: 1, fewest delays: 1")
        .contains("up to 0   2 schedules, 0 failing, 1 outcome")
        .contains("up to 1   4 schedules, 2 failing, 2 outcomes")
        .containsPattern("x +3 +1 +none +data race")
        .containsPattern("x +write by P/T\\[0\\] +5 +nothing +read by P/T\\[1\\] +5 +nothing")
        .contains("SUMMARY: " + file + ": 4 of 6 schedules fail: data race over x; a check fails")
        .contains("in the end: x=1; final x == 2 is false")
        .containsPattern("\\n  load x = 0\\n +load x = 0\\n|\\n +load x = 0\\n  load x = 0\\n");
  }

  @Test
  void jsonHasTheFieldsOfTheContract() {
    CommandRun run = explore("--exhaustive", "--format", "json");

    assertThat(run.out())
        .contains("\"complete\": true", "\"executions\": 4", "\"traces\": 4")
        .contains("\"interleavings\": 6", "\"fewest_preemptions_to_failure\": 1")
        .contains("\"final\": {\"x\": 1}", "\"schedule\": [", "\"deadlocks\": []")
        .contains("\"assertion_failures\": [", "\"races\": [", "\"variable\": \"x\"");
  }

  @Test
  void aBudgetEndsTheSearchWithWhatIsKnown() throws IOException {
    Files.writeString(file, LOST_UPDATE.replace("{add: {x: 1}}", "{repeat: 9, do: [add: {x: 1}]}"));

    CommandRun run = explore("--max-executions", "100", "--format", "json");

    // The traces are counted by states instead, and races may be missing.
    assertThat(run.out())
        .contains("\"executions\": 100,", "\"races_complete\": false", "\"complete\": true");
  }

  @Test
  void schedulesDrawnAtRandomFailAsOftenAsTheyShould() {
    CommandRun run = explore("--random", "10000", "--format", "json");

    // Both must choose the other thread once before either stores: one half.
    assertThat(run.out()).containsPattern("\"failure_probability\": 0\\.(48|49|50|51)");
  }

  @Test
  void whatCannotBeExploredIsSaidWithItsPlace() throws IOException {
    Files.writeString(
        file, "processes: [{name: P, program: [{alloc: 4KiB}, {sleep: 1}, {free: 4KiB}]}]\n");

    CommandRun run = explore();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("lost.yaml:1:").contains("explore does not follow memory pages");
    assertThat(run.err().split("explore does not follow", -1)).hasSize(3);
  }

  @Test
  void spinningIsNotCountedButEveryStateIsSeen() {
    CommandRun run =
        CommandRun.of(
            "explore",
            "src/test/resources/explore/peterson-spinning.yaml",
            "--format",
            "json",
            "-o",
            folder.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("\"complete\": false", "\"outcomes_complete\": true", "\"traces\": null");
  }

  private static final String CROSSED =
      """
      # Two threads take two locks the other way round.
      name: crossed
      processes:
        - name: P
          mutexes: [a, b, gate]
          threads:
            - {name: T0, program: [{lock: a}, {lock: b}, {unlock: b}, {unlock: a}]}
            - {name: T1, program: [{lock: b}, {lock: a}, {unlock: a}, {unlock: b}]}
      expect: {makespan: 0}
      """;

  @Test
  void aFailureIsWrittenAsAScenarioThatRunsIntoIt() throws IOException {
    Files.writeString(file, CROSSED);
    Path witness = folder.resolve("out/witness-deadlock.yaml");

    CommandRun explored = explore();
    CommandRun replayed =
        CommandRun.of("run", witness.toString(), "--no-charts", "-o", folder.resolve("r") + "");

    assertThat(explored.out()).contains("Written to " + witness);
    assertThat(replayed.status()).isEqualTo(1);
    assertThat(replayed.out())
        .contains("crossed-witness-deadlock · the schedule given")
        .contains("P/T0 holds mutex a and waits for mutex b")
        .contains("P/T1 holds mutex b and waits for mutex a");
    assertThat(Files.readString(witness))
        .isEqualTo(
            """
            # Two threads take two locks the other way round.
            name: crossed-witness-deadlock
            processes:
              - name: P
                mutexes: [a, b, gate]
                threads:
                  - {name: T0, program: [{lock: a}, {lock: b}, {unlock: b}, {unlock: a}]}
                  - {name: T1, program: [{lock: b}, {lock: a}, {unlock: a}, {unlock: b}]}
            # expect: {makespan: 0}

            # A schedule of crossed that ends in a deadlock, found by `schedlab explore`.
            schedule: [P/T0, P/T1]
            """);
  }

  @Test
  void aWitnessHasWhatTheCommandLineChanged() throws IOException {
    explore("--set", "final=x == 3 - 1", "--seed", "7");
    Path witness = folder.resolve("out/witness-assert.yaml");

    CommandRun replayed =
        CommandRun.of("run", witness + "", "--no-charts", "-o", folder.resolve("r") + "");

    assertThat(Files.readString(witness)).contains("seed: 7", "final: x == 3 - 1");
    assertThat(replayed.out()).contains("final condition is false: x == 3 - 1", "seed 7");
  }

  @Test
  void chartsOfWitnessesAreDrawnAndThoseOfEarlierOnesGo() throws IOException {
    Path out = folder.resolve("out");
    CommandRun.of("explore", file.toString(), "-o", out.toString());
    assertThat(out.resolve("witness-assert.png")).isNotEmptyFile();
    assertThat(out.resolve("witness-assert.svg")).isNotEmptyFile();

    explore("--set", "final=x > 0");

    assertThat(out).isEmptyDirectory();
  }

  @Test
  void schedulesDrawnAtRandomAreWrittenToo() {
    explore("--random", "50");

    assertThat(folder.resolve("out/witness-assert.yaml")).isNotEmptyFile();
  }

  @Test
  void jsonHasTheWitnessesWithTheirFiles() {
    CommandRun run = explore("--format", "json");

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "\"witnesses\": [ {\"failure\": \"assert\", \"file\": \""
                + folder.resolve("out/witness-assert.yaml")
                + "\", \"status\": \"complete\", \"failed\": true, \"final\": {\"x\": 1}, \"schedule\":"
                + " [\"P/T[0]\", \"P/T[1]\", \"P/T[1]\", \"P/T[0]\"]}");
  }

  @Test
  void aGateLockKeepsACircleFromBeingADeadlock() throws IOException {
    String gated =
        CROSSED
            .replace("[{lock: a}, {lock: b}", "[{lock: gate}, {lock: a}, {lock: b}")
            .replace("[{lock: b}, {lock: a}", "[{lock: gate}, {lock: b}, {lock: a}")
            .replace("{unlock: a}]", "{unlock: a}, {unlock: gate}]")
            .replace("{unlock: b}]", "{unlock: b}, {unlock: gate}]");
    Files.writeString(file, gated);

    CommandRun run = explore();

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("a → b → a")
        .contains("no schedule ends in it  whoever takes them so holds gate");
    Files.writeString(file, CROSSED);
    assertThat(explore("--format", "json").out())
        .containsPattern("\"lock_order_cycles\": \\[\\s+\\[\"a\", \"b\"\\]")
        .containsPattern("\"cycle\": \\[\"a\", \"b\"\\],\\s+\"deadlock\": true");
  }

  @Test
  void lockSetsAreToldOverAllSchedules() throws IOException {
    Files.writeString(
        file,
        """
        processes:
          - name: P
            mutexes: [m]
            semaphores: {s: 0}
            variables: {locked: 0, handed: 0, flag: {value: 0, atomic: true}, constant: 3}
            threads:
              - name: T0
                program: [{store: {handed: 1}}, {sem_post: s}, {lock: m}, {add: {locked: 1}}, {unlock: m}, {store: {flag: 1}}, {load: {r: constant}}]
              - name: T1
                program: [{sem_wait: s}, {store: {handed: 2}}, {lock: m}, {add: {locked: 1}}, {unlock: m}, {load: {r: flag}}, {load: {r: constant}}]
        """);

    assertThat(explore().out())
        .containsPattern("locked +0 +0 +m +protected")
        .containsPattern("handed +0 +0 +none +ordered in every schedule, by no one lock")
        .containsPattern("flag +0 +0 +– +atomic")
        .containsPattern("constant +0 +0 +none +only read");
  }

  @Test
  void boundsHaveTheirOutcomes() {
    String json = explore("--delays", "1", "--format", "json").out();

    assertThat(json.substring(json.indexOf("by_delays")).replaceAll("\\s+", ""))
        .startsWith(
            "by_delays\":[{\"bound\":0,\"interleavings\":1,\"failing\":0,\"outcomes\":["
                + "{\"status\":\"complete\",\"failed\":false,\"final\":{\"x\":2},"
                + "\"interleavings\":1}]}");
  }
}
