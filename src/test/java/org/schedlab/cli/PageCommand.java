package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A command as it stands on a page of the documentation: {@code ./schedlab run x.yaml --seed 1}. A
 * comment behind it that begins with {@code # fails:} says that a check of the scenario must fail;
 * of an exploration, in some schedule.
 *
 * @param line without {@code ./schedlab} and the comment
 * @param fails whether the exit status is to be 1, with {@code FAILED} or, of an exploration, how
 *     many schedules fail in what is printed
 */
record PageCommand(String line, boolean fails) {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?mi)^\\./schedlab ((?:run|compare-models|explore) \\S+\\.yaml.*?)( +# (fails|failed): .+)?$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** Returns the commands of a text, one to a line. */
  static List<PageCommand> all(String text) {
    return COMMAND
        .matcher(text)
        .results()
        .map(match -> new PageCommand(match.group(1), match.group(2) != null))
        .toList();
  }

  /** Returns the words, without the quotes that a shell takes away. */
  List<String> words() {
    return WORD.matcher(line)
        .results()
        .map(word -> word.group(word.group(1) == null ? 2 : 1))
        .toList();
  }

  /** Returns the scenario's file as the command names it. */
  String scenario() {
    return words().get(1);
  }

  /** Fails unless the run ended as the page says. */
  void check(CommandLineRun run) {
    String all = line + "\n" + run.err() + run.out();
    int expected = fails ? ExitStatus.CHECK_FAILED : ExitStatus.OK;
    assertThat(run.status()).as(all).isEqualTo(expected);
    String sign = line.startsWith("explore") ? " fail: " : "FAILED";
    assertThat(run.out().contains(sign)).as(all).isEqualTo(fails);
  }
}
