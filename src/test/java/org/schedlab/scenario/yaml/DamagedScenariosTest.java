package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.testing.Damage;

/**
 * Whatever is done to a scenario, reading it ends in a scenario or in diagnostics that can be
 * printed, never in another exception.
 */
class DamagedScenariosTest {
  @Test
  void aThousandDamagedScenariosGiveDiagnosticsOnly() {
    damage(Scenarios.resource("everything.yaml"));
  }

  @Test
  void soDoAThousandWithMemoryAndProcesses() {
    damage(Scenarios.resource("memory.yaml"));
  }

  @Test
  void soDoAThousandWithObjects() {
    damage(Scenarios.resource("sync.yaml"));
  }

  @Test
  void soDoAThousandWithTalk() {
    damage(Scenarios.resource("talk.yaml"));
  }

  private static void damage(String whole) {
    int broken = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      String text = whole;
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        text = Damage.once(text, random);
      }
      broken += check(text, seed) ? 0 : 1;
    }
    assertThat(broken).as("most damage is found").isGreaterThan(600);
  }

  private static boolean check(String text, int seed) {
    try {
      ScenarioReader.read(text, "damaged.yaml", Overrides.NONE);
      return true;
    } catch (InvalidScenarioException e) {
      assertThat(e.diagnostics()).as("seed %d", seed).isNotEmpty();
      int lines = text.split("\\R|\u0085", -1).length;
      for (Diagnostic d : e.diagnostics()) {
        assertThat(d.message()).as("seed %d", seed).isNotBlank();
        assertThat(d.line()).as("seed %d: %s", seed, d).isBetween(1, lines);
        assertThat(d.column()).as("seed %d: %s", seed, d).isPositive();
        assertThat(d.snippet().lines().count()).as("seed %d: %s", seed, d).isIn(0L, 2L);
      }
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + "\n" + text, e);
    }
  }
}
