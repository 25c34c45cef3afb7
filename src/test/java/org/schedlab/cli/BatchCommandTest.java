package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many scenarios: the same bytes however many workers there are and however often it is killed. */
class BatchCommandTest {
  @TempDir Path work;
  private Path scenarios;

  @BeforeEach
  void writeScenarios() throws IOException {
    scenarios = Files.createDirectories(work.resolve("in/deep"));
    for (int i = 0; i < 12; i++) {
      Path folder = i % 2 == 0 ? work.resolve("in") : scenarios;
      Files.writeString(
          folder.resolve("s" + i + (i % 3 == 0 ? ".yml" : ".yaml")),
          "processes: [{name: P, burst: " + (i + 1) + "}, {name: Q, burst: 2}]\n");
    }
  }

  private String in() {
    return work.resolve("in").toString();
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void eachScenarioGetsAFolderAndARow() throws IOException {
    Path out = work.resolve("out");
    CommandRun call = CommandRun.of("batch", in(), "-o", out.toString());
    assertThat(call.status()).isZero();
    assertThat(call.out()).contains("12 scenarios: 12 ok.").contains("s11");
    assertThat(call.err()).contains("schedlab: 12 of 12");
    assertThat(files(out))
        .containsKeys("summary.csv", "summary.md", "s3/result.json", "s3/manifest.json")
        .doesNotContainKey("s3/gantt.png");
    // P runs 4 ms, Q waits for a quantum: 4 and 6.
    assertThat(Files.readString(out.resolve("summary.csv")))
        .contains("s3," + scenarios + "/s3.yml,ok,round-robin,0,ms,completed,6,5,2,2,6,");
  }

  @Test
  void theNumberOfWorkersChangesNoByte() throws IOException {
    CommandRun.of("batch", in(), "-o", work.resolve("one").toString(), "-j", "1");
    CommandRun.of("batch", in(), "-o", work.resolve("eight").toString(), "-j", "8");
    assertThat(files(work.resolve("eight"))).isEqualTo(files(work.resolve("one")));
  }

  /** Whatever a killed run leaves behind, the next one ends as if it had never been. */
  @Test
  void aKilledBatchIsCompletedToTheSameBytes() throws IOException {
    Path whole = work.resolve("whole");
    CommandRun.of("batch", in(), "-o", whole.toString());
    Map<String, String> wanted = files(whole);
    Random random = new Random(4);
    for (int round = 0; round < 5; round++) {
      Path out = work.resolve("killed" + round);
      CommandRun.of("batch", in(), "-o", out.toString());
      List<String> names = new ArrayList<>(files(out).keySet());
      for (String name : names) {
        if (random.nextInt(3) == 0) {
          // What is killed while it writes leaves no final name, and perhaps a part; manifests come
          // last.
          Path file = out.resolve(name);
          Path own =
              file.getParent().endsWith("tables") ? file.getParent().getParent() : file.getParent();
          Files.deleteIfExists(own.resolve("manifest.json"));
          Files.deleteIfExists(file);
          Files.writeString(file.resolveSibling(file.getFileName() + ".part"), "half");
        }
      }
      Files.deleteIfExists(out.resolve("summary.csv.part"));
      Files.deleteIfExists(out.resolve("summary.md.part"));
      CommandRun call = CommandRun.of("batch", in(), "-o", out.toString(), "--resume", "-j", "3");
      assertThat(call.status()).isZero();
      assertThat(files(out)).isEqualTo(wanted);
    }
  }

  /** A new result gets its name in one step; before that it is not there, whatever is written. */
  @Test
  void aBatchKilledBeforeResultsGotTheirNamesIsCompletedToTheSameBytes() throws IOException {
    Path whole = work.resolve("whole");
    CommandRun.of("batch", in(), "-o", whole.toString());
    Map<String, String> wanted = files(whole);
    Path out = work.resolve("killed");
    CommandRun.of("batch", in(), "-o", out.toString());
    Path hidden = Files.createDirectory(out.resolve(".part"));
    // Complete but for the name, half written, and hardly begun.
    for (String name : List.of("s1", "s4", "s7")) {
      Files.move(out.resolve(name), hidden.resolve(name));
    }
    Files.delete(hidden.resolve("s4/manifest.json"));
    Files.writeString(hidden.resolve("s4/result.json"), "half");
    Files.writeString(hidden.resolve("s4/tables/other.csv"), "of another version");
    for (String name : files(hidden.resolve("s7")).keySet()) {
      Files.delete(hidden.resolve("s7").resolve(name));
    }
    CommandRun call = CommandRun.of("batch", in(), "-o", out.toString(), "--resume", "-j", "2");
    assertThat(call.status()).isZero();
    assertThat(files(out)).isEqualTo(wanted);
    assertThat(hidden).doesNotExist();
  }

  @Test
  void whatOthersAreWritingIsLeftAlone() throws IOException {
    Path out = work.resolve("out");
    Path other = Files.createDirectories(out.resolve(".part/elsewhere"));
    CommandRun.of("batch", in(), "-o", out.toString());
    assertThat(other).exists();
    assertThat(out.resolve(".part")).isDirectoryContaining(path -> path.endsWith("elsewhere"));
  }

  /** A run without --resume replaces the files of an older one and leaves what else is there. */
  @Test
  void resultsOfAnOlderBatchAreReplaced() throws IOException {
    Path out = work.resolve("out");
    CommandRun.of("batch", in(), "-o", out.toString(), "--quantum", "1");
    Files.writeString(out.resolve("s0/notes.txt"), "mine");
    CommandRun.of("batch", in(), "-o", out.toString());
    Path fresh = work.resolve("fresh");
    CommandRun.of("batch", in(), "-o", fresh.toString());
    Map<String, String> wanted = files(fresh);
    wanted.put("s0/notes.txt", "mine");
    assertThat(files(out)).isEqualTo(wanted);
  }

  @Test
  void resumingRunsAgainWhatWouldComeOutOtherwise() throws IOException {
    Path out = work.resolve("out");
    CommandRun.of("batch", in(), "-o", out.toString());
    Path untouched = out.resolve("s0/result.json");
    Files.writeString(untouched, "kept");
    Files.writeString(work.resolve("in/s2.yaml"), "processes: [{name: P, burst: 50}]\n");
    CommandRun.of("batch", in(), "-o", out.toString(), "--resume");
    assertThat(Files.readString(untouched)).isEqualTo("kept");
    assertThat(Files.readString(out.resolve("summary.csv"))).contains("completed,50,50,0,0");
    CommandRun.of("batch", in(), "-o", out.toString(), "--resume", "--policy", "fcfs");
    assertThat(Files.readString(untouched)).isNotEqualTo("kept");
    assertThat(Files.readString(out.resolve("s0/manifest.json"))).contains("--policy fcfs");
  }

  @Test
  void oneBadScenarioDoesNotStopTheOthers() throws IOException {
    Files.writeString(work.resolve("in/bad.yaml"), "processes: [{name: P, brust: 3}]\n");
    Files.writeString(
        work.resolve("in/wrong.yaml"), "processes: [{name: P, burst: 3}]\nexpect: {makespan: 4}\n");
    Files.writeString(
        work.resolve("in/endless.yaml"),
        "processes: [{name: P, program: [{while: 1, do: [yield]}]}]\n");
    Path out = work.resolve("out");
    CommandRun call = CommandRun.of("batch", in(), "-o", out.toString());
    assertThat(call.status()).isEqualTo(1);
    assertThat(call.out()).contains("15 scenarios: 12 ok, 1 failed, 2 invalid.");
    assertThat(call.err())
        .contains("bad.yaml:1:23: unknown key `brust` in a process; did you mean `burst`?")
        .contains("FAILED  makespan: expected 4, actual 3");
    assertThat(files(out)).containsKey("s11/result.json");
  }

  @Test
  void twoScenariosOfOneNameAreRefusedBeforeAnythingRuns() throws IOException {
    Files.writeString(
        work.resolve("in/other.yaml"), "name: s4\nprocesses: [{name: P, burst: 3}]\n");
    Path out = work.resolve("out");
    CommandRun call = CommandRun.of("batch", in(), "-o", out.toString());
    assertThat(call.status()).isEqualTo(2);
    assertThat(call.err()).contains("two have the same: 's4' (").contains("other.yaml");
    assertThat(out).doesNotExist();
  }

  @Test
  void patternsAreUnderstoodWithoutAShell() throws IOException {
    Path out = work.resolve("out");
    CommandRun call = CommandRun.of("batch", in() + "/**/s[35].{yaml,yml}", "-o", out.toString());
    assertThat(call.out()).contains("2 scenarios: 2 ok.");
    assertThat(CommandRun.of("batch", in() + "/x*.yaml", "-o", out.toString()).err())
        .contains("no file fits ");
  }

  @Test
  void badUsageIsSaid() {
    assertThat(CommandRun.of("batch", in()).err()).contains("batch needs -o DIR");
    assertThat(CommandRun.of("batch", "-o", "x").err())
        .contains("at least one file, folder or pattern");
    assertThat(CommandRun.of("batch", in(), "-o", "x", "-j", "0").err()).contains("from 1 to 1024");
    assertThat(CommandRun.of("batch", work.resolve("none").toString(), "-o", "x").err())
        .contains("there is no file");
    assertThat(CommandRun.of("batch", in(), "-o", "x", "--set", "name=y").err())
        .contains("the same name");
  }
}
