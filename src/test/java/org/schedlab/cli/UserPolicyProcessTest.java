package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies written by users, as the command line runs them: in a process that may die of them. */
class UserPolicyProcessTest {
  private static final Path POLICIES = Path.of("src/test/resources/policies");
  private static final String EXAMPLE = "docs/examples/TurnTaking.java";
  private static final String QUICKSTART = "scenarios/quickstart.yaml";

  @TempDir private Path folder;

  private record Called(int status, String out, String err) {}

  private static Called call(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(out, err, Map.of("COLUMNS", "90"));
    int status = new Main(console).run(args);
    console.flush();
    return new Called(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Called run(String policy, String... more) {
    List<String> args = new ArrayList<>(List.of("run", QUICKSTART, "--policy", policy));
    args.addAll(List.of("-o", folder.resolve("out").toString(), "--no-charts"));
    args.addAll(List.of(more));
    return call(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Loops | Loops.java:8: timeSlice at 0 ms did not return within 0.5 s (--policy-timeout)
          LoopsInConstructor | LoopsInConstructor.java:5: its constructor did not return within 0.5 s (--policy-timeout)
          LoopsInStatic | LoopsInStatic.java:8: its static initialiser did not return within 0.5 s (--policy-timeout)
          Exits | Exits.java:7: enqueue at 0 ms ended the process (System.exit)
          Halts | Halts.java: enqueue at 0 ms ended its process, status 0
          Eats | Eats.java:10: enqueue(editor) at 0 ms ran out of memory (64 MB; --policy-memory)
          DoesNotCompile | DoesNotCompile.java:7:12: incompatible types: java.lang.String cannot be converted to long
          Throws | Throws.java:10: pickNext(0) at 0.03 ms threw java.lang.IllegalStateException: no idea
          """)
  void whateverAPolicyDoesThisProcessSurvivesAndSaysWhatItWas(String policy, String message) {
    Called called =
        run(
            POLICIES.resolve(policy + ".java").toString(),
            "--policy-timeout",
            "0.5",
            "--policy-memory",
            "64");
    assertThat(called.err()).doesNotContain("\tat ").doesNotContain("internal error");
    assertThat(called.err().lines().findFirst().orElse(""))
        .matches(
            first ->
                first
                    .replaceAll("(Loops\\w*\\.java):\\d+", "$1:N")
                    .replaceAll(" at [0-9.]+ [mnu]s", " at T")
                    .equals(
                        (POLICIES + "/" + message)
                            .replaceAll("(Loops\\w*\\.java):\\d+", "$1:N")
                            .replaceAll(" at [0-9.]+ [mnu]s", " at T")),
            message);
    assertThat(called.status()).isEqualTo(2);
  }

  @Test
  void roundRobinInAUsersFileGivesTheBytesOfTheBuiltInOne() throws IOException {
    Called builtIn = run("round-robin", "--quantum", "5us", "--explain");
    String result = Files.readString(folder.resolve("out/result.json"));
    Called own = run(EXAMPLE, "--quantum", "5us", "--explain");
    assertThat(own.err()).isEmpty();
    assertThat(own.status()).isEqualTo(builtIn.status());
    assertThat(own.out().replace("TurnTaking.java", "round-robin")).isEqualTo(builtIn.out());
    assertThat(
            Files.readString(folder.resolve("out/result.json"))
                .replace("TurnTaking.java", "round-robin"))
        .isEqualTo(result);
  }

  @Test
  void compareSetsAUsersPolicyBesideTheBuiltInOnes() {
    Called called =
        call(
            "compare",
            QUICKSTART,
            "--policies",
            "fcfs,round-robin:quantum=5us," + EXAMPLE + ":quantum=5us",
            "--no-charts",
            "-o",
            folder.resolve("compared").toString());
    assertThat(called.err()).isEmpty();
    assertThat(called.status()).isZero();
    assertThat(called.out()).contains("fcfs", "round-robin:quantum=5us", EXAMPLE);
  }

  @Test
  void batchTellsOfABreachAndGoesOnWithTheOthers() throws IOException {
    Path one = Files.writeString(folder.resolve("one.yaml"), "processes: [{name: A, burst: 3}]\n");
    Path two =
        Files.writeString(
            folder.resolve("two.yaml"), "processes: [{name: A, burst: 3}, {name: B, burst: 3}]\n");
    String policy = POLICIES.resolve("Throws.java").toString();
    Called called =
        call(
            "batch",
            one + "",
            two + "",
            "--policy",
            policy,
            "-j",
            "1",
            "-o",
            folder.resolve("b") + "");
    assertThat(called.status()).isEqualTo(1);
    assertThat(called.err()).contains("Throws.java:10: pickNext(0) at 4 ms threw");
    assertThat(folder.resolve("b/one/result.json")).exists();
    assertThat(Files.readString(folder.resolve("b/one/manifest.json"))).contains("SHA-256");
  }

  @Test
  void checkShrinksWhatTakesItsProcessWithIt() throws IOException {
    Path found = folder.resolve("found.yaml");
    String policy = POLICIES.resolve("Exits.java").toString();
    Called called = call("check-policy", policy, "-o", found.toString());
    assertThat(called.status()).isEqualTo(1);
    assertThat(called.out()).contains("schedlab run " + found + " --policy " + policy);
    assertThat(Files.readString(found).lines().filter(line -> line.startsWith("  -"))).hasSize(1);
    Called again = call("run", found.toString(), "--policy", policy, "--no-charts");
    assertThat(again.err()).contains("ended the process (System.exit)");
  }

  @Test
  void whatACheckFindsIsReplayedByRun() {
    Path found = folder.resolve("found.yaml");
    String policy = POLICIES.resolve("Loses.java").toString();
    Called called = call("check-policy", policy, "-o", found.toString());
    assertThat(called.status()).isEqualTo(1);
    String message = called.out().lines().findFirst().orElseThrow();
    assertThat(message).contains("Loses.java: enqueue(", "left size() at 0; ready are 1");
    Called again = call("run", found.toString(), "--policy", policy, "--no-charts");
    assertThat(again.err()).isEqualTo(message + "\n");
    assertThat(again.status()).isEqualTo(2);
  }

  @Test
  void templateIsWrittenOnceAndPassesItsCheck() throws IOException {
    String mine = folder.resolve("Mine.java").toString();
    assertThat(call("check-policy", "--template", mine).status()).isZero();
    assertThat(Files.readString(Path.of(mine)))
        .contains("class Mine ")
        .doesNotContain("TurnTaking");
    Called checked = call("check-policy", mine, "--runs", "20", "--set", "scheduler.quantum=3");
    assertThat(checked.err()).isEmpty();
    assertThat(checked.out()).isEqualTo(mine + ": 20 workloads passed (seed 1)\n");
    assertThat(call("check-policy", "--template", mine).err()).contains("is there already");
  }

  @Test
  void whatIsMistypedIsToldInALine() throws IOException {
    assertThat(run("None.java").err()).isEqualTo("there is no file None.java\n");
    assertThat(run(EXAMPLE, "--policy-timeout", "soon").err())
        .startsWith("schedlab: --policy-timeout is a number of seconds from 0.1");
    assertThat(run(EXAMPLE, "--policy-memory", "1").err())
        .startsWith("schedlab: --policy-memory is a number of megabytes from 64");
    assertThat(call("check-policy").err()).contains("check-policy takes one policy");
    assertThat(call("check-policy", EXAMPLE, "--runs", "0").err()).contains("--runs is a whole");
    Path file =
        Files.writeString(
            folder.resolve("own.yaml"),
            "scheduler: {policy: Mine.java}\nprocesses: [{name: A, burst: 1}]\n");
    assertThat(call("validate", file.toString()).err() + call("run", file.toString()).err())
        .contains("a policy of your own is named on the command line: --policy Mine.java");
  }
}
