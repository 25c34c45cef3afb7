package org.schedlab.report;

import java.util.List;

/**
 * The names on the bars of several lanes, made short enough for each. What tells names apart is
 * often their end, so that {@code P1} and {@code P2} become {@code 1} and {@code 2}.
 */
final class BarNames {
  /** With fewer characters a name cut in its middle says nothing. */
  private static final int SHORTEST_CUT = 4;

  private final List<String> names;

  /** The length of what all names begin with. */
  private final int common;

  /** The length of the brackets that all names end with. */
  private final int ending;

  BarNames(List<String> all) {
    this.names = all.stream().filter(name -> !name.isEmpty()).distinct().toList();
    this.common = common(names);
    this.ending = common > 0 && names.stream().allMatch(name -> name.endsWith("]")) ? 1 : 0;
  }

  private static int common(List<String> names) {
    if (names.size() < 2) {
      return 0;
    }
    String first = names.get(0);
    int length = first.length() - 1;
    for (String name : names) {
      length = Math.min(length, name.length() - 1);
      int same = 0;
      while (same < length && name.charAt(same) == first.charAt(same)) {
        same++;
      }
      length = same;
    }
    // Neither a word nor a number is cut in two.
    while (length > 0 && !endsBefore(first, length, names)) {
      length--;
    }
    return length;
  }

  private static boolean endsBefore(String first, int at, List<String> names) {
    char last = first.charAt(at - 1);
    if (!Character.isLetterOrDigit(last)) {
      return true;
    }
    return !Character.isDigit(last)
        && names.stream().allMatch(name -> Character.isDigit(name.charAt(at)));
  }

  /**
   * Returns a name, or as much of it as tells most in that many characters, 0 or more; empty where
   * nothing tells it from the others.
   */
  String fit(String name, int room) {
    if (name.length() <= room) {
      return name;
    }
    String rest = rest(name);
    if (rest.length() <= room) {
      return rest;
    }
    if (room >= SHORTEST_CUT) {
      String cut = cut(name, room);
      boolean telling = names.stream().filter(n -> cut(n, room).equals(cut)).count() < 2;
      return telling ? cut : "~" + tail(name, room - 1);
    }
    String head = head(rest, room);
    return isTelling(head) ? head : "";
  }

  /** Returns what tells one of the names from the others: {@code 0} of {@code worker[0]}. */
  String rest(String name) {
    return name.substring(common, Math.max(common, name.length() - ending));
  }

  /** Says whether only one name is left that begins so, and it is no part of a number. */
  private boolean isTelling(String head) {
    long likely = names.stream().filter(name -> name.startsWith(head, common)).count();
    return likely == 1 && head.chars().noneMatch(Character::isDigit);
  }

  /** Cuts a long name in its middle: names that are alike often differ at their ends. */
  static String cut(String name, int room) {
    if (name.length() <= room) {
      return name;
    }
    int tail = (room - 1) / 2;
    return head(name, room - 1 - tail) + "~" + tail(name, tail);
  }

  private static String head(String name, int length) {
    boolean splits = length > 0 && Character.isHighSurrogate(name.charAt(length - 1));
    return name.substring(0, splits ? length - 1 : length);
  }

  private static String tail(String name, int length) {
    int from = name.length() - length;
    boolean splits = length > 0 && Character.isLowSurrogate(name.charAt(from));
    return name.substring(splits ? from + 1 : from);
  }
}
