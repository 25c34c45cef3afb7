package org.schedlab.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages scenario texts: bits flipped, lines cut, keys renamed, values swapped, and more. */
public final class Damage {
  private static final Pattern KEY = Pattern.compile("[a-z_]+(?=:)");
  private static final Pattern VALUE = Pattern.compile("(?<=: )[^,{}\\[\\]\\n]+");
  private static final String ODD = "{}[]:,&*!#|>'\"%@`-?\t\n \u0000\uFEFF\u2028é😀0x~=<";

  private Damage() {}

  /** Returns the text with one thing wrong that typing or copying could do to it. */
  public static String once(String text, Random random) {
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
