package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.cli.DefaultParser;
import org.junit.jupiter.api.Test;
import org.schedlab.cost.Cost;
import org.schedlab.cost.Section;
import org.schedlab.cost.Source;

class CostsCommandTest {
  private static String costs(int columns, String... arguments) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    Console console = new Console(out, out, Map.of("COLUMNS", Integer.toString(columns)));
    CostsCommand command = new CostsCommand();
    int status = command.run(new DefaultParser().parse(command.options(), arguments), console);
    console.flush();
    assertThat(status).isEqualTo(ExitStatus.OK);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void listHasEverySectionParameterAndSourceOnATerminalOfAHundredColumns() throws Exception {
    String list = costs(100);
    assertThat(list.lines()).allMatch(line -> line.length() <= 100 && !line.endsWith(" "));
    for (Section section : Section.values()) {
      assertThat(list).contains("\n" + section.label() + "\n");
    }
    for (Cost cost : Cost.values()) {
      assertThat(list).contains("\n  " + cost.key() + " ");
    }
    for (Source source : Source.values()) {
      assertThat(list).contains("\n  " + source.name() + " ");
    }
  }

  @Test
  void aLineHasTheValuesOfAllProfilesAndBelowItWhatTheyRestOn() throws Exception {
    assertThat(costs(100))
        .contains(
            """
              address_space_switch      0             100 ns        0             8.05 us
                  changing to another process whose translations are still in the TLB
                  charged by a switch to another thread
                  linux-x86_64: seen from 40 ns to 200 ns
            """)
        .contains("  fork                      0             60 us         1.85 ms       -\n")
        .contains("not charged by this version: load balancing between CPUs");
  }

  @Test
  void oneProfileIsShownAlone() throws Exception {
    assertThat(costs(100, "pentium-1996"))
        .contains("  thread_switch             14.5 us\n")
        .contains("\n      cited LMB: two processes without data")
        .doesNotContain("linux-x86_64");
  }

  @Test
  void unknownProfileIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> costs(100, "linux"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("textbook, linux-x86_64, pentium-1996, cortex-m4");
  }
}
