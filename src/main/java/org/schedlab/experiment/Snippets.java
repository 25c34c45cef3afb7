package org.schedlab.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.yaml.ScenarioReader;

/** Shows the lines of which diagnostics speak that were made after a file was read. */
public final class Snippets {
  private Snippets() {}

  /** Returns the same diagnostics with the lines of the file. */
  public static InvalidScenarioException shown(Path file, InvalidScenarioException problem)
      throws IOException {
    List<Diagnostic> shown = new ArrayList<>();
    for (Diagnostic diagnostic : problem.diagnostics()) {
      shown.add(ScenarioReader.withSnippet(file, diagnostic));
    }
    return new InvalidScenarioException(shown);
  }
}
