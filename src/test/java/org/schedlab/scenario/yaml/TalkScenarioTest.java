package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.schedlab.scenario.Scenario;

/** What processes talk through, and the operations that do, become. */
class TalkScenarioTest {
  private final Scenario scenario = Scenarios.valid(Scenarios.resource("talk.yaml"));

  @Test
  void theBankerIsAskedFor() {
    assertThat(scenario.avoidance()).isTrue();
  }
}
