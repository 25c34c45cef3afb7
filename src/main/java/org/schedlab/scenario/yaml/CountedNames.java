package org.schedlab.scenario.yaml;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that stand for one or several: {@code w} for all of that name, {@code w[0]} for one of
 * several.
 *
 * @param kind what they name, for messages
 * @param counts by name, how many there are
 */
record CountedNames(String kind, Map<String, Integer> counts) {
  private static final Pattern NUMBERED = Pattern.compile("(.+)\\[(\\d{1,9})\\]");

  /**
   * Returns what is wrong with a name, or null.
   *
   * @param none what to say of a name that is none of these
   */
  String problem(String name, String none) {
    if (counts.containsKey(name)) {
      return null;
    }
    Matcher numbered = NUMBERED.matcher(name);
    Integer count = numbered.matches() ? counts.get(numbered.group(1)) : null;
    if (count == null) {
      return none;
    }
    String base = numbered.group(1);
    if (count > 1 && Integer.parseInt(numbered.group(2)) < count) {
      return null;
    }
    return "there is no "
        + kind
        + " `"
        + name
        + "`; "
        + (count == 1
            ? "the only one of that name is `" + base + "`"
            : "the last one is `" + base + "[" + (count - 1) + "]`");
  }
}
