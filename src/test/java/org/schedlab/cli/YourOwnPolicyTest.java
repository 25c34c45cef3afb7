package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.kernel.SchedulingPolicy;

/** What docs/your-own-policy.md shows is what the examples do. */
class YourOwnPolicyTest {
  private static final Path PAGE = Path.of("docs/your-own-policy.md");
  private static final Path EXAMPLES = Path.of("docs/examples");

  @TempDir private Path folder;

  private static String block(String language) throws IOException {
    Pattern pattern = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL);
    Matcher block = pattern.matcher(Files.readString(PAGE));
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  private static String call(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(out, err, Map.of("COLUMNS", "60"));
    int status = new Main(console).run(args);
    console.flush();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(status).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void sourcesOnThePageAreThoseOfTheFiles() throws IOException {
    assertThat(block("java")).isEqualTo(Files.readString(EXAMPLES.resolve("NewestFirst.java")));
    assertThat("# " + block("yaml"))
        .isEqualTo(
            Files.readString(EXAMPLES.resolve("newest-first.yaml")).replaceFirst("#.*\n", "# "));
  }

  @Test
  void chartOnThePageIsWhatItsCommandPrints() throws IOException {
    String printed =
        call(
            "run",
            EXAMPLES.resolve("newest-first.yaml").toString(),
            "--policy",
            EXAMPLES.resolve("NewestFirst.java").toString(),
            "--no-charts",
            "-o",
            folder.toString());
    assertThat(printed).contains("\n" + block("text"));
  }

  @Test
  void examplePassesItsCheck() {
    String example = EXAMPLES.resolve("NewestFirst.java").toString();
    assertThat(call("check-policy", example, "--runs", "60")).contains("60 workloads passed");
  }

  @Test
  void everyCallbackIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(Arrays.stream(SchedulingPolicy.class.getDeclaredMethods()).map(m -> m.getName()))
        .filteredOn(name -> !name.contains("$"))
        .allMatch(page::contains);
  }
}
