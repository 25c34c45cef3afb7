package org.schedlab;

import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.trace.TraceSink;

/** One run of one scenario. */
public final class Simulation {
  private Simulation() {}

  /**
   * Runs a scenario to its end, telling the sink every fact.
   *
   * @return how it ended and what its threads' memory and registers then held
   * @throws InvalidScenarioException if the scenario can only be found invalid by running it: an
   *     endless loop that takes no time, or a limit exceeded
   */
  public static Outcome run(Scenario scenario, TraceSink sink) throws InvalidScenarioException {
    throw new IllegalStateException();
  }
}
