package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;

/**
 * Whatever is done to a scenario, reading it ends in a scenario or in diagnostics that can be
 * printed, never in another exception.
 */
class DamagedScenariosTest {
  private static final Pattern KEY = Pattern.compile("[a-z_]+(?=:)");
  private static final Pattern VALUE = Pattern.compile("(?<=: )[^,{}\\[\\]\\n]+");
  private static final String ODD = "{}[]:,&*!#|>'\"%@`-?\t\n \u0000\uFEFF\u2028é😀0x~=<";

  @Test
  void aThousandDamagedScenariosGiveDiagnosticsOnly() {
    String whole = Scenarios.resource("everything.yaml");
    int broken = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      String text = whole;
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        text = damaged(text, random);
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

  private static String damaged(String text, Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> flipped(text, random);
      case 1 -> withoutLine(text, random);
      case 2 -> renamed(text, random);
      case 3 -> swapped(text, random);
      case 4 -> text.substring(0, text.length() - random.nextInt(text.length() / 2));
      case 5 -> withOddCharacter(text, random);
      default -> reindented(text, random);
    };
  }

  private static String flipped(String text, Random random) {
    char[] characters = text.toCharArray();
    characters[random.nextInt(characters.length)] ^= (char) (1 << random.nextInt(8));
    return new String(characters);
  }

  private static String withOddCharacter(String text, Random random) {
    int at = random.nextInt(text.length());
    int[] odd = ODD.codePoints().toArray();
    return text.substring(0, at)
        + Character.toString(odd[random.nextInt(odd.length)])
        + text.substring(at);
  }

  private static String withoutLine(String text, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n")));
    lines.remove(random.nextInt(lines.size()));
    return String.join("\n", lines);
  }

  private static String reindented(String text, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n")));
    int line = random.nextInt(lines.size());
    lines.set(line, " ".repeat(random.nextInt(4)) + lines.get(line).stripLeading());
    return String.join("\n", lines);
  }

  private static String renamed(String text, Random random) {
    List<MatchResult> keys = KEY.matcher(text).results().toList();
    MatchResult key = keys.get(random.nextInt(keys.size()));
    String other = keys.get(random.nextInt(keys.size())).group();
    String name = random.nextBoolean() ? other : key.group() + "x";
    return text.substring(0, key.start()) + name + text.substring(key.end());
  }

  private static String swapped(String text, Random random) {
    List<MatchResult> values = VALUE.matcher(text).results().toList();
    MatchResult value = values.get(random.nextInt(values.size()));
    String other = values.get(random.nextInt(values.size())).group();
    return text.substring(0, value.start()) + other + text.substring(value.end());
  }
}
