package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Factors, levels, replications: tables worked out by hand, and the same bytes after a kill. */
class SweepCommandTest {
  @TempDir Path work;
  private Path experiment;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(
        work.resolve("convoy.yaml"),
        """
        scheduler: {policy: fcfs}
        processes: [{name: P, burst: 24}, {name: Q, burst: 3}, {name: R, burst: 3}]
        expect: {makespan: 30}
        """);
    experiment =
        Files.writeString(
            work.resolve("convoy-sweep.yaml"),
            """
            description: Who comes first, and how long it is.
            scenario: convoy.yaml
            factors:
              scheduler.policy: [fcfs, sjf]
              length: {short: {processes.P.burst: 6}, long: {processes.P.burst: 24}}
            measures: [turnaround, waiting, makespan]
            """);
  }

  private CommandRun sweep(Path file, Path out, String... more) {
    String[] all = new String[more.length + 4];
    System.arraycopy(new String[] {"sweep", file.toString(), "-o", out.toString()}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return CommandRun.of(all);
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith("png")) {
          files.put(folder.relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return files;
  }

  /** fcfs: turnarounds 6 9 12 and 24 27 30; sjf: 3 6 12 and 3 6 30. */
  @Test
  void meansAndMainEffectsAreThoseOfAHand() throws IOException {
    Path out = work.resolve("out");
    CommandRun run = sweep(experiment, out);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readString(out.resolve("summary.csv")))
        .contains("scheduler.policy,length,measure,unit,n,mean,sd,half_width\n")
        .contains("fcfs,short,turnaround,ms,1,9,0,\n")
        .contains("fcfs,long,turnaround,ms,1,27,0,\n")
        .contains("sjf,short,turnaround,ms,1,7,0,\n")
        .contains("sjf,long,turnaround,ms,1,13,0,\n");
    assertThat(Files.readString(out.resolve("effects.csv")))
        .contains("scheduler.policy,fcfs,,,turnaround,ms,1,18,0,\n")
        .contains("scheduler.policy,sjf,,,turnaround,ms,1,10,0,\n")
        .contains("length,short,,,turnaround,ms,1,8,0,\n")
        .contains("length,long,,,turnaround,ms,1,20,0,\n")
        .contains("scheduler.policy,sjf,length,long,turnaround,ms,1,13,0,\n");
    assertThat(run.out()).containsPattern("sjf +long +13 +3 +30");
    assertThat(out)
        .isDirectoryContaining("glob:**main-effects.svg")
        .isDirectoryContaining("glob:**interactions.png");
    assertThat(Files.readString(out.resolve("sweep.md"))).contains("Who comes first");
  }

  private Path random() throws IOException {
    Files.writeString(
        work.resolve("queue.yaml"),
        """
        scheduler: {policy: fcfs}
        workload:
          - {name: j, count: 60, arrivals: {exponential: {mean: 1.5}}, burst: {exponential: {mean: 1}}}
        """);
    return Files.writeString(
        work.resolve("queue-sweep.yaml"),
        """
        scenario: queue.yaml
        replications: 4
        seed: 9
        factors:
          scheduler.policy: [fcfs, srtf]
          machine.cpus: [1, 2]
        """);
  }

  @Test
  void aKilledSweepGoesOnToTheSameBytes() throws IOException {
    Path file = random();
    Path whole = work.resolve("whole");
    sweep(file, whole, "--no-charts", "-j", "1");
    Map<String, String> wanted = files(whole);
    String journal = wanted.get("journal.jsonl");
    Random random = new Random(2);
    for (int round = 0; round < 8; round++) {
      Path out = Files.createDirectories(work.resolve("cut" + round));
      int cut = random.nextInt(journal.length());
      Files.writeString(out.resolve("journal.jsonl"), journal.substring(0, cut));
      CommandRun run = sweep(file, out, "--no-charts", "--resume", "-j", "3");
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(files(out)).as("cut at " + cut).isEqualTo(wanted);
    }
  }

  @Test
  void anotherExperimentDoesNotGoOnWithAnOldJournal() throws IOException {
    Path file = random();
    Path out = work.resolve("out");
    sweep(file, out, "--no-charts");
    String before = Files.readString(out.resolve("results.csv"));
    Files.writeString(
        work.resolve("queue.yaml"),
        Files.readString(work.resolve("queue.yaml")).replace("mean: 1.5", "mean: 3"));
    sweep(file, out, "--no-charts", "--resume");
    assertThat(Files.readString(out.resolve("results.csv"))).isNotEqualTo(before);
  }

  @Test
  void replicationsOfAllCombinationsHaveTheSameSeeds() throws IOException {
    Path out = work.resolve("out");
    sweep(random(), out, "--no-charts");
    assertThat(
            Files.readString(out.resolve("results.csv"))
                .lines()
                .filter(l -> l.contains("makespan")))
        .hasSize(16)
        .filteredOn(line -> line.startsWith("fcfs,1,2,11,makespan,"))
        .hasSize(1);
  }

  @Test
  void mistakesAreExplained() throws IOException {
    Path bad =
        Files.writeString(
            work.resolve("bad.yaml"),
            """
            scenaro: convoy.yaml
            replications: 0
            factors: {scheduler.policy: [fcfs, fcfs], x: 3, y: {low: 2}}
            measures: [turnarond]
            """);
    CommandRun run = sweep(bad, work.resolve("out"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("bad.yaml:1:1: unknown key `scenaro` in an experiment; did you mean `scenario`?")
        .contains("bad.yaml:2:15: `replications` must be a whole number from 1")
        .contains("bad.yaml:3:29: a level of this factor stands there twice")
        .contains("bad.yaml:3:46: a factor has a list of values, or a map of levels")
        .contains("a level must be a map such as {scheduler.policy: fcfs}, not `2`")
        .contains("did you mean `turnaround`?");
    Path wrong =
        Files.writeString(
            work.resolve("wrong.yaml"),
            "scenario: convoy.yaml\nfactors: {scheduler.policy: [fcfs, rond-robin]}\n");
    assertThat(sweep(wrong, work.resolve("out")).err())
        .contains("--set scheduler.policy=rond-robin: there is no policy `rond-robin`");
    assertThat(work.resolve("out")).doesNotExist();
  }
}
