package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command on the page is executed and prints what stands below it. With {@code
 * -Dgolden.update=true} the page is written anew instead, to be read and committed.
 */
class TranslatePageTest {
  private static final Path PAGE = Path.of("docs/translate.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```console\n\\$ schedlab ([^\n]*)\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> everyCommandPrintsWhatStandsBelowIt() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, withOutputs(Files.readString(PAGE)));
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (MatchResult example : EXAMPLE.matcher(Files.readString(PAGE)).results().toList()) {
      String command = example.group(1);
      tests.add(
          DynamicTest.dynamicTest(
              command, () -> assertThat(printed(command)).isEqualTo(example.group(2))));
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(9);
    return tests.stream();
  }

  private static String withOutputs(String page) {
    return EXAMPLE
        .matcher(page)
        .replaceAll(
            example ->
                Matcher.quoteReplacement(
                    "```console\n$ schedlab %s\n%s```"
                        .formatted(example.group(1), printed(example.group(1)))));
  }

  /** Returns what a terminal shows: results, then errors. */
  private static String printed(String command) {
    CommandRun run = CommandRun.of(command.split(" "));
    assertThat(run.status()).isEqualTo(run.err().isEmpty() ? ExitStatus.OK : ExitStatus.BAD_INPUT);
    return run.out() + run.err();
  }
}
