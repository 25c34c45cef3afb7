package org.schedlab.scenario.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;

/** Reads scenarios for tests. */
final class Scenarios {
  static final Path RESOURCES = Path.of("src/test/resources/org/schedlab/scenario/yaml");

  private Scenarios() {}

  /** Returns a scenario that must be valid. */
  static Scenario valid(String text, Overrides overrides) {
    try {
      return ScenarioReader.read(text, "test.yaml", overrides);
    } catch (InvalidScenarioException e) {
      throw new AssertionError(rendered(e.diagnostics()), e);
    }
  }

  static Scenario valid(String text) {
    return valid(text, Overrides.NONE);
  }

  /** Returns what is wrong with a scenario; nothing if it is valid. */
  static List<Diagnostic> problems(String text, Overrides overrides) {
    try {
      ScenarioReader.read(text, "test.yaml", overrides);
      return List.of();
    } catch (InvalidScenarioException e) {
      return e.diagnostics();
    }
  }

  static List<Diagnostic> problems(String text) {
    return problems(text, Overrides.NONE);
  }

  /** Returns the diagnostics as the command line prints them. */
  static String rendered(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic d : diagnostics) {
      out.append(d.file()).append(':');
      if (d.line() > 0) {
        out.append(d.line()).append(':').append(d.column()).append(':');
      }
      out.append(' ').append(d.message()).append('\n');
      if (!d.snippet().isEmpty()) {
        out.append(d.snippet()).append('\n');
      }
    }
    return out.toString();
  }

  static String resource(String name) {
    try {
      return Files.readString(RESOURCES.resolve(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
