package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Searches that take too long end with what is known. */
class ExploreInterruptTest {
  private static final String LONG =
      """
      name: long
      processes:
        - name: P
          variables: {a: 0, b: 0}
          mutexes: [m]
          threads:
            - {name: T, count: 5, program: [{repeat: 4, do: [{add: {a: 1}}, {lock: m}, {add: {b: 1}}, {unlock: m}]}]}
      final: b == 20
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("long.yaml");
    Files.writeString(file, LONG);
  }

  private List<String> command(String... options) {
    List<String> words = new ArrayList<>(List.of("explore", file.toString()));
    words.addAll(List.of("-o", folder.resolve("out").toString(), "--no-charts"));
    words.addAll(List.of(options));
    return words;
  }

  @Test
  void aTimeoutEndsTheSearchWithWhatIsKnown() {
    long began = System.nanoTime();

    CommandRun run = CommandRun.of(command("--timeout", "1s").toArray(String[]::new));

    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(20));
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("not complete: the search ended before it had seen everything")
        .contains("no schedule that was seen fails")
        .containsPattern("\\d  a=20 b=20");
  }

  @Test
  void samplesEndInTimeToo() {
    CommandRun run =
        CommandRun.of(command("--random", "100000000", "--timeout", "1s").toArray(String[]::new));

    assertThat(run.out()).contains("not complete").containsPattern("0 of [\\d,]+ fail");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptPrintsWhatIsKnown() throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(command("--format", "json"));
    File out = folder.resolve("out.json").toFile();
    File err = folder.resolve("err.txt").toFile();
    Process process = new ProcessBuilder(words).redirectOutput(out).redirectError(err).start();
    try {
      // Progress is told every five seconds: then it is in the middle of its search.
      while (Files.size(err.toPath()) == 0 && process.isAlive()) {
        Thread.sleep(100);
      }
      // SIGTERM, which Java takes as it takes Ctrl-C; where tests run in the background, that is
      // ignored.
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(Files.readString(err.toPath())).contains("schedules run");
    assertThat(Files.readString(out.toPath()))
        .contains("\"complete\": false", "\"executions\": ", "\"final\": {\"a\": 20, \"b\": 20}")
        .endsWith("}\n");
  }
}
