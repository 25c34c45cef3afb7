package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    String[] all = new String[options.length + 2];
    all[0] = "explore";
    all[1] = file.toString();
    System.arraycopy(options, 0, all, 2, options.length);
    return CommandRun.of(all);
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
        .contains("x: up to 1 lost update")
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
            "explore", "src/test/resources/explore/peterson-spinning.yaml", "--format", "json");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("\"complete\": false", "\"outcomes_complete\": true", "\"traces\": null");
  }
}
