package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.scenario.Scenario;
import org.yaml.snakeyaml.Yaml;

/** The reference page is true: its examples are valid, and it names everything that there is. */
class ReferencePageTest {
  private static final Path PAGE = Path.of("docs/scenario-reference.md");
  private static final Pattern EXAMPLE = Pattern.compile("```ya?ml\n(.*?)```", Pattern.DOTALL);

  private final String page = read();

  private static String read() {
    try {
      return Files.readString(PAGE, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> examplesAreValidForReaderAndSchema() {
    JsonSchema schema = SchemaTest.load();
    List<String> examples = EXAMPLE.matcher(page).results().map(m -> m.group(1)).toList();
    assertThat(examples).hasSizeGreaterThan(8);
    return examples.stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text.lines().findFirst().orElse(""),
                    () -> {
                      Scenario read = Scenarios.valid(text);
                      assertThat(read.processes().size() + read.workload().size()).isPositive();
                      Object value = new Yaml().load(text);
                      assertThat(schema.problems(value)).isEmpty();
                    }));
  }

  @Test
  void everyKeyIsNamed() {
    for (Shape shape : Shapes.ALL) {
      shape.keys().forEach(key -> assertNamed(key, shape.name()));
    }
    Shapes.SCHEDULER.keys().forEach(key -> assertNamed(key, "scheduler"));
    OperationKey.entryKeys().forEach(key -> assertNamed(key, "operations"));
    MachineReader.costKeys().forEach(key -> assertNamed(key, "costs"));
    Stream.of(
            ResultReader.RUN_FIELDS,
            ResultReader.TASK_FIELDS,
            ResultReader.PROCESS_FIELDS,
            ResultReader.GROUP_FIELDS)
        .flatMap(List::stream)
        .forEach(field -> assertNamed(field.substring(field.lastIndexOf('.') + 1), "expect"));
  }

  @Test
  void everyPolicyOfTheRegistryIsNamedWithItsParameters() {
    for (PolicyDescriptor policy : Policies.all()) {
      assertNamed(policy.name(), "policies");
      for (Parameter parameter : policy.parameters()) {
        assertNamed(parameter.name(), policy.name());
      }
    }
  }

  private void assertNamed(String key, String where) {
    Pattern code = Pattern.compile("`[^`\n]*\\b" + Pattern.quote(key) + "\\b[^`\n]*`");
    assertThat(code.matcher(page).find()).as("`%s` of %s stands in %s", key, where, PAGE).isTrue();
  }
}
