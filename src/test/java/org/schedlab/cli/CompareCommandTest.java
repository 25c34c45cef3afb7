package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** One workload under several policies: tables, tests, files. */
class CompareCommandTest {
  private static final String CONVOY = "scenarios/policies/convoy-fcfs.yaml";

  private static final String QUEUE =
      """
      name: queue
      scheduler: {policy: fcfs}
      workload:
        - {name: j, count: 300, warmup: 20, arrivals: {exponential: {mean: 1.5}}, burst: {exponential: {mean: 1}}}
      """;

  @TempDir Path work;

  private CommandRun compare(String... more) {
    return CommandRun.of(with(more));
  }

  private String[] with(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "compare";
    System.arraycopy(more, 0, all, 1, more.length);
    all[more.length + 1] = "-o";
    all[more.length + 2] = work.resolve("out").toString();
    return all;
  }

  private Path queue() throws IOException {
    return Files.writeString(work.resolve("queue.yaml"), QUEUE);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(CommandRun run) {
    return (Map<String, Object>) new Yaml().load(run.out());
  }

  /** Silberschatz's convoy: 27, 13 and 15 2/3. */
  @Test
  void oneRunEachGivesTheTextbooksAverages() throws IOException {
    CommandRun run = compare(CONVOY, "--policies", "fcfs,sjf,round-robin:quantum=4");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("mean turnaround +27 +13 \\* +15.667")
        .containsPattern("mean waiting +17 +3 \\* +5.667")
        .contains("Best mean turnaround: sjf with 13 ms.");
    assertThat(work.resolve("out"))
        .isDirectoryContaining("glob:**comparison.csv")
        .isDirectoryContaining("glob:**comparison.png")
        .isDirectoryContaining("glob:**gantt.svg");
    assertThat(work.resolve("out/round-robin_quantum=4/result.json")).exists();
  }

  @Test
  void valuesOfASettingAreCompared() {
    CommandRun run =
        compare(CONVOY, "--values", "processes.P1.burst=24,6", "--no-charts", "--format", "none");
    assertThat(run.status()).isZero();
    assertThat(work.resolve("out/processes.P1.burst=6/result.json")).exists();
  }

  /** Each replication of all alternatives draws the same, so the offered work is the same. */
  @Test
  @SuppressWarnings("unchecked")
  void replicationsUseCommonRandomNumbers() throws IOException {
    String file = queue().toString();
    Map<String, Object> result =
        json(
            compare(
                file,
                "--policies",
                "fcfs,srtf",
                "--replications",
                "6",
                "--format",
                "json",
                "--no-charts",
                "--seed",
                "40"));
    List<Map<String, Object>> alternatives = (List<Map<String, Object>>) result.get("alternatives");
    Map<String, Map<String, Object>> fcfs =
        (Map<String, Map<String, Object>>) alternatives.get(0).get("measures");
    Map<String, Map<String, Object>> srtf =
        (Map<String, Map<String, Object>>) alternatives.get(1).get("measures");
    assertThat(srtf.get("makespan").get("runs")).isEqualTo(fcfs.get("makespan").get("runs"));
    assertThat((List<Object>) fcfs.get("makespan").get("runs")).doesNotHaveDuplicates().hasSize(6);

    // The fourth is what a run with that seed gives.
    CommandRun single =
        CommandRun.of(
            "run",
            file,
            "--seed",
            "43",
            "--format",
            "json",
            "--no-charts",
            "-o",
            work.resolve("single").toString());
    Map<String, Object> summary = ((List<Map<String, Object>>) json(single).get("summary")).get(0);
    Object mean = ((Map<String, Object>) summary.get("turnaround")).get("mean");
    assertThat(((List<Object>) fcfs.get("turnaround").get("runs")).get(3)).isEqualTo(mean);

    // The difference of means is the mean of differences.
    Map<String, Object> difference =
        ((List<Map<String, Object>>) result.get("differences"))
            .stream().filter(d -> d.get("measure").equals("turnaround")).findFirst().orElseThrow();
    assertThat(number(difference.get("mean")))
        .isCloseTo(
            number(srtf.get("turnaround").get("mean")) - number(fcfs.get("turnaround").get("mean")),
            within(1e-6));
    assertThat(difference.get("significant")).isEqualTo(true);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** fcfs compared with itself under another name differs in nothing. */
  @Test
  void whatIsTheSameIsNotSignificant() throws IOException {
    CommandRun run =
        compare(
            queue().toString(),
            "--policies",
            "fcfs,priority",
            "--replications",
            "5",
            "--no-charts");
    assertThat(run.out())
        .contains("Mean turnaround against fcfs: no significant difference.")
        .doesNotContain("is lower by");
  }

  @Test
  void theNumberOfWorkersChangesNoByte() throws IOException {
    String file = queue().toString();
    String[] ask = {file, "--policies", "fcfs,srtf,sjf", "--replications", "7", "--format", "json"};
    CommandRun one = compare(append(ask, "-j", "1", "--no-charts"));
    CommandRun three = compare(append(ask, "-j", "3", "--no-charts"));
    assertThat(three.out()).isEqualTo(one.out());
  }

  private static String[] append(String[] some, String... more) {
    String[] all = new String[some.length + more.length];
    System.arraycopy(some, 0, all, 0, some.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  @Test
  void badUsageIsSaid() {
    assertThat(compare(CONVOY).err()).contains("compare takes --policies or --values");
    assertThat(compare(CONVOY, "--policies", "fcfs").err()).contains("needs two alternatives");
    assertThat(compare(CONVOY, "--policies", "fcfs,fcfs").err()).contains("stands there twice");
    assertThat(compare(CONVOY, "--policies", "fcfs,sjv").err())
        .contains("there is no policy `sjv`; did you mean `sjf`?");
    assertThat(compare(CONVOY, "--policies", "fcfs,sjf:quantum=2").err())
        .contains("has no parameter `quantum`");
    assertThat(compare(CONVOY, "--policies", "fcfs,sjf", "--confidence", "95").err())
        .contains("between 0 and 1");
    assertThat(compare("scenarios/models/idle.yaml", "--policies", "fcfs,sjf").err())
        .contains("schedlab compare-models");
    assertThat(work.resolve("out")).doesNotExist();
  }
}
