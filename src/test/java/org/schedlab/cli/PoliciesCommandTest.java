package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;

class PoliciesCommandTest {
  @Test
  void listHasEveryPolicyWithItsParametersAndDefaults() {
    CommandLineRun run = CommandLineRun.of("policies");
    assertThat(run.status()).isZero();
    for (PolicyDescriptor policy : Policies.all()) {
      assertThat(run.out()).contains(policy.name() + ": " + policy.summary());
      policy
          .parameters()
          .forEach(parameter -> assertThat(run.out()).contains("    " + parameter.name() + ": "));
    }
    assertThat(run.out())
        .contains("a duration; default 4 time units", "a duration; default 1 time unit\n");
  }

  @Test
  void nameGivesThatPolicysPageWithItsChart() {
    for (PolicyDescriptor policy : Policies.all()) {
      CommandLineRun run = CommandLineRun.of("policies", policy.name());
      assertThat(run.status()).isZero();
      assertThat(run.out())
          .startsWith(policy.name() + "\n──")
          .contains("\nExample\n───────\n", "\n    processes:\n", "Cost of a decision")
          .contains(policy.isIdeal() ? "Threads under the ideal" : "\n  CPU 0 ")
          .doesNotContain("```", "](", "| ---", "**");
      assertThat(run.out().lines().mapToInt(String::length).max().orElseThrow())
          .as("width of %s", policy.name())
          .isLessThanOrEqualTo(100);
    }
  }

  @Test
  void unknownNameIsRefusedBeforeAnythingIsPrinted() {
    CommandLineRun run = CommandLineRun.of("policies", "fcfs", "lifo");
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("there is no policy 'lifo'; policies: fcfs, sjf");
  }

  @Test
  void pageIsFilledAndAligned() {
    String page =
        """
        # name

        A [link](other.md) and `code` in a line that is
        filled.

        - One *entry* of a list that goes on and on
          and on.
        - Another.

        | a | b |
        | --- | --- |
        | `long` | 1 |

        ```yaml
        x: 1
        ```

        ```text
          A ██░
        ```
        """;
    assertThat(new PageText(30, true).of(page))
        .isEqualTo(
            """
            name
            ────

            A link and code in a line that
            is filled.

            - One entry of a list that
              goes on and on and on.
            - Another.

              a     b
              long  1

                x: 1

              A ██░
            """);
    assertThat(new PageText(30, false).of(page)).contains("name\n----", "  A ##.\n");
  }
}
