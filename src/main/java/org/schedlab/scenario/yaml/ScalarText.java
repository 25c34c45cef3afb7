package org.schedlab.scenario.yaml;

import org.schedlab.scenario.yaml.Value.Scalar;

/** Finds where in the file a character of a scalar's text stands. */
final class ScalarText {
  private ScalarText() {}

  /** Returns the place of the character at an index; the scalar's own where it cannot be told. */
  static Mark markAt(Scalar scalar, int index) {
    Mark start = scalar.mark();
    Source source = start.source();
    if (source.isOption()) {
      return start;
    }
    String line = source.line(start.line());
    int from = source.indexOf(start.line(), start.column());
    int first = scalar.anchored() ? afterAnchor(line, from) : from;
    int at = first < line.length() ? walk(scalar.text(), index, line, first) : -1;
    return at < 0
        ? start
        : new Mark(source, start.line(), start.column() + line.codePointCount(from, at));
  }

  private static int afterAnchor(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) != ' ') {
      at++;
    }
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** Returns the index in the line, or -1 if the text is not written there as it reads. */
  private static int walk(String text, int index, String line, int first) {
    char quote = line.charAt(first);
    if (quote != '"' && quote != '\'') {
      return line.startsWith(text.substring(0, index), first) ? first + index : -1;
    }
    int at = first + 1;
    for (int done = 0; done < index; done++) {
      if (at >= line.length()) {
        return -1;
      }
      at += quote == '"' ? escapedLength(line, at) : line.startsWith("''", at) ? 2 : 1;
    }
    return at <= line.length() ? at : -1;
  }

  private static int escapedLength(String line, int at) {
    if (line.charAt(at) != '\\' || at + 1 >= line.length()) {
      return 1;
    }
    return switch (line.charAt(at + 1)) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }
}
