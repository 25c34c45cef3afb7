package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;

/** Where values come from: a scenario file, or an option of the command line. */
final class Source {
  /** Longest piece of a source line that a diagnostic shows, in UTF-16 units. */
  private static final int WIDEST_SNIPPET = 160;

  private static final String CUT = "…";

  private final String name;
  private final List<String> lines;
  private final boolean onlyBasicPlane;

  private int walkedLine;
  private int walkedColumn;
  private int walkedIndex;

  private Source(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
    this.onlyBasicPlane =
        lines.stream()
            .allMatch(line -> line.chars().noneMatch(c -> Character.isSurrogate((char) c)));
  }

  static Source file(String name, String text) {
    return new Source(name, split(text));
  }

  /** Returns the source of a value that was given as {@code --set machine.cpus=2}. */
  static Source option(String option) {
    return new Source(option, List.of());
  }

  String name() {
    return name;
  }

  /** Says whether values stem from the command line and so have no line. */
  boolean isOption() {
    return lines.isEmpty();
  }

  int lineCount() {
    return lines.size();
  }

  /** Returns a line, from 1, or the empty text for a line that there is not. */
  String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  /** Returns the index in the line's text of a column, which counts code points from 1. */
  int indexOf(int line, int column) {
    walkTo(line, column);
    return walkedIndex;
  }

  /**
   * Returns a place inside the file that is as near as possible: YAML reports what is missing at
   * the end of a file on a line after the last one.
   */
  Mark within(int line, int column) {
    if (isOption()) {
      return new Mark(this, 0, 0);
    }
    int last = lines.size();
    while (last > 1 && lines.get(last - 1).isEmpty()) {
      last--;
    }
    int nearest = Math.max(1, Math.min(line, last));
    walkTo(nearest, line > last ? Integer.MAX_VALUE : Math.max(1, column));
    return new Mark(this, nearest, walkedColumn);
  }

  /**
   * Walks to a column, or to the end of a line that has fewer. Values are asked for in the order of
   * the file, so it goes on from where it was: a line can have millions of values.
   */
  private void walkTo(int line, int column) {
    String text = line(line);
    if (line != walkedLine || column < walkedColumn) {
      walkedLine = line;
      walkedColumn = 1;
      walkedIndex = 0;
    }
    if (onlyBasicPlane) {
      walkedIndex = Math.min(column - 1, text.length());
      walkedColumn = walkedIndex + 1;
    }
    while (walkedColumn < column && walkedIndex < text.length()) {
      walkedIndex += Character.charCount(text.codePointAt(walkedIndex));
      walkedColumn++;
    }
  }

  /** Returns the line and below it a caret under the column, or the empty text. */
  String snippet(int line, int column) {
    String text = line(line);
    if (text.isEmpty()) {
      return "";
    }
    int at = indexOf(line, column);
    int from = text.length() <= WIDEST_SNIPPET ? 0 : Math.max(0, at - WIDEST_SNIPPET / 2);
    int to = Math.min(text.length(), from + WIDEST_SNIPPET);
    String before = (from > 0 ? CUT : "") + text.substring(from, at);
    String after = text.substring(at, Math.max(at, to)) + (to < text.length() ? CUT : "");
    StringBuilder caret = new StringBuilder();
    // A tab stays a tab, so that the caret is under its column whatever the terminal's tab stops.
    before.codePoints().forEach(c -> caret.append(c == '\t' ? '\t' : ' '));
    return printable(before + after) + "\n" + caret + "^";
  }

  /** Replaces control characters, which could move a terminal's cursor. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> out.appendCodePoint(c != '\t' && Character.isISOControl(c) ? 0xFFFD : c));
    return out.toString();
  }

  /** Splits where YAML 1.1 breaks lines. */
  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
        lines.add(text.substring(start, i));
        if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          i++;
        }
        start = i + 1;
      }
    }
    lines.add(text.substring(start));
    return List.copyOf(lines);
  }
}
