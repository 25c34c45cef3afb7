package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.testing.GoldenFiles;

/** The policies' pages are true: parameters, defaults and sources, and what the examples give. */
class PolicyPagesTest {
  private static final Path FOLDER = Path.of("docs/policies");
  private static final Pattern EXAMPLE =
      Pattern.compile("(```yaml\n(.*?)```\n\n```text\n)(.*?)(```)", Pattern.DOTALL);
  private static final Pattern PARAMETER =
      Pattern.compile("^\\| `([a-z_]+)` \\| (.*?) \\| (.*?) \\|$", Pattern.MULTILINE);

  private static String page(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".md"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<DynamicTest> forEachPolicy(
      java.util.function.Consumer<PolicyDescriptor> test) {
    return Policies.all().stream()
        .map(policy -> DynamicTest.dynamicTest(policy.name(), () -> test.accept(policy)));
  }

  @Test
  void everyPolicyHasAPageAndEveryPageAPolicy() throws IOException {
    Set<String> pages = new TreeSet<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      files.forEach(file -> pages.add(file.getFileName().toString()));
    }
    Set<String> expected =
        Policies.all().stream()
            .map(policy -> policy.name() + ".md")
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("README.md");
    assertThat(pages).isEqualTo(expected);
  }

  @TestFactory
  Stream<DynamicTest> pageHasTheRegistrysSourceAndParameters() {
    return forEachPolicy(
        policy -> {
          String page = page(policy.name());
          assertThat(page).startsWith("# " + policy.name() + "\n");
          assertThat(page).contains("\nSource: " + policy.source() + "\n");
          List<String> rows = PARAMETER.matcher(page).results().map(MatchResult::group).toList();
          assertThat(rows)
              .isEqualTo(policy.parameters().stream().map(PolicyPagesTest::row).toList());
          if (rows.isEmpty()) {
            assertThat(page).contains("## Parameters\n\nNone.");
          }
        });
  }

  private static String row(Parameter parameter) {
    String value = parameter.defaultValue() == null ? "none" : parameter.defaultValue().toString();
    boolean units = parameter.kind().isDuration() && parameter.defaultValue() != null;
    return "| `"
        + parameter.name()
        + "` | "
        + value
        + (units ? value.equals("1") ? " time unit" : " time units" : "")
        + " | "
        + parameter.meaning()
        + " |";
  }

  @Test
  void overviewListsPoliciesAndParameters() {
    Map<String, List<String>> listed = new LinkedHashMap<>();
    Matcher rows =
        Pattern.compile("^\\| \\[([a-z-]+)]\\(\\1\\.md\\) \\|[^|]*\\|([^|]*)\\|", Pattern.MULTILINE)
            .matcher(page("README"));
    while (rows.find()) {
      List<String> parameters = new ArrayList<>(List.of(rows.group(2).trim().split(" ")));
      parameters.removeIf(String::isEmpty);
      listed.put(rows.group(1), parameters);
    }
    Map<String, List<String>> registered = new LinkedHashMap<>();
    for (PolicyDescriptor policy : Policies.all()) {
      registered.put(
          policy.name(), policy.parameters().stream().map(p -> "`" + p.name() + "`").toList());
    }
    assertThat(listed).containsExactlyEntriesOf(registered);
  }

  @TestFactory
  Stream<DynamicTest> examplesGiveTheChartsOnThePage(@TempDir Path folder) {
    return forEachPolicy(
        policy -> {
          String page = page(policy.name());
          assertThat(EXAMPLE.matcher(page).find()).as("an example with its chart").isTrue();
          String rerun =
              EXAMPLE
                  .matcher(page)
                  .replaceAll(
                      example ->
                          Matcher.quoteReplacement(
                              example.group(1)
                                  + chart(policy, example.group(2), folder)
                                  + example.group(4)));
          new GoldenFiles(FOLDER.toString()).check(policy.name() + ".md", rerun);
        });
  }

  /** Returns what stands between title and tables: chart, axis and legend. */
  private static String chart(PolicyDescriptor policy, String scenario, Path folder) {
    assertThat(scenario).contains("policy: " + policy.name()).contains("expect:");
    Path file = folder.resolve(policy.name() + ".yaml");
    try {
      Files.writeString(file, scenario, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), "--no-charts", "-o", folder.resolve("output").toString());
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    return run.out().split("\n\n", 3)[1] + "\n";
  }
}
