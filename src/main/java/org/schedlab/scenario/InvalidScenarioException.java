package org.schedlab.scenario;

import java.util.List;

/** A scenario cannot be run as it is written. Carries every error of the file, in its order. */
public final class InvalidScenarioException extends Exception {
  private final transient List<Diagnostic> diagnostics;

  public InvalidScenarioException(List<Diagnostic> diagnostics) {
    super(diagnostics.isEmpty() ? "invalid scenario" : diagnostics.get(0).message());
    this.diagnostics = List.copyOf(diagnostics);
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
