package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page about races end as it says, one after the other. */
class RacesPageTest {
  private static final Path PAGE = Path.of("docs/races.md");

  @TempDir Path output;

  @Test
  void commandsEndAsThePageSays() throws IOException {
    List<PageCommand> commands = PageCommand.all(Files.readString(PAGE, StandardCharsets.UTF_8));
    assertThat(commands).hasSizeGreaterThan(10);
    for (PageCommand command : commands) {
      List<String> words = new ArrayList<>();
      for (String word : command.words()) {
        // What an exploration has written is run by a later command.
        boolean written = word.startsWith("output/");
        words.add(written ? output.resolve(word.substring("output/".length())).toString() : word);
      }
      String name = Path.of(command.scenario()).getFileName().toString().replace(".yaml", "");
      words.addAll(List.of("--no-charts", "-o", output.resolve(name).toString()));
      command.check(CommandLineRun.of(words.toArray(String[]::new)));
    }
  }
}
