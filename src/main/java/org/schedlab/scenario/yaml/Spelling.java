package org.schedlab.scenario.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds the name that someone probably meant. */
public final class Spelling {
  private static final int LONGEST_NAME = 60;
  private static final int MOST_LISTED = 40;

  private Spelling() {}

  /** Returns {@code "; did you mean `x`?"} when a candidate is close, else the empty text. */
  public static String suggestion(String name, Collection<String> candidates) {
    String best = nearest(name, candidates);
    return best == null ? "" : "; did you mean `" + best + "`?";
  }

  /** Returns the same, and after it everything that there is: {@code "; allowed: a, b"}. */
  public static String suggestion(String name, Collection<String> candidates, String label) {
    String suggestion = suggestion(name, candidates);
    return (suggestion.isEmpty() ? ";" : suggestion) + " " + label + ": " + list(candidates);
  }

  /** Returns the closest candidate, the first of equally close ones, or null if none is close. */
  static String nearest(String name, Collection<String> candidates) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return null;
    }
    String wanted = normal(name);
    String best = null;
    int bestDistance = Math.max(1, name.length() / 3) + 1;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - name.length()) < bestDistance) {
        int distance = distance(wanted, normal(candidate));
        if (distance < bestDistance) {
          best = candidate;
          bestDistance = distance;
        }
      }
    }
    return best;
  }

  /**
   * Returns the closest of {@code keys} when no other one, and none of {@code others}, is as close,
   * else null: then what someone meant can be taken for granted.
   */
  static String clear(String name, Collection<String> keys, Collection<String> others) {
    String best = nearest(name, keys);
    if (best == null) {
      return null;
    }
    String wanted = normal(name);
    int distance = distance(wanted, normal(best));
    boolean rival =
        Stream.concat(keys.stream(), others.stream())
            .anyMatch(k -> !k.equals(best) && distance(wanted, normal(k)) <= distance);
    return rival ? null : best;
  }

  /** Returns the names for a message, separated by commas; a long list is cut. */
  static String list(Collection<String> names) {
    StringBuilder text = new StringBuilder();
    int listed = 0;
    for (String name : names) {
      if (listed == MOST_LISTED) {
        return text + ", … (" + names.size() + " in all)";
      }
      text.append(listed++ == 0 ? "" : ", ").append(name);
    }
    return text.toString();
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Edit distance, where swapping two neighbours counts once (optimal string alignment). */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] now = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        now[j] = Math.min(last[j - 1] + change, Math.min(last[j], now[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          now[j] = Math.min(now[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = now;
      now = spare;
    }
    return last[b.length()];
  }
}
