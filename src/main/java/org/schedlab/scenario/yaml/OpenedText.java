package org.schedlab.scenario.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Finds brackets and quotes that are opened and never closed, in text that is not valid YAML. */
final class OpenedText {
  /** A place by line and by index in the line, both as {@link Source} counts lines. */
  record Place(int line, int index, char character) {}

  private final Source source;
  private final Deque<Place> open = new ArrayDeque<>();
  private Place unclosed;
  private Place stray;
  private Place longQuote;
  private int longQuoteEnd;
  private Place quote;

  private OpenedText(Source source) {
    this.source = source;
  }

  static OpenedText of(Source source) {
    OpenedText text = new OpenedText(source);
    for (int line = 1; line <= source.lineCount(); line++) {
      text.scan(line, source.line(line));
    }
    return text;
  }

  /**
   * Returns the bracket that is never closed, or null.
   *
   * @param line where the parser says that the broken list or map begins, with {@code index}
   */
  Place unclosed(int line, int index) {
    if (unclosed != null || open.isEmpty()) {
      return unclosed;
    }
    return open.stream()
        .filter(place -> place.line() == line && place.index() == index)
        .findFirst()
        .orElse(open.peekLast());
  }

  /** Returns the closing bracket that closes nothing, or null. */
  Place stray() {
    return stray;
  }

  /** Returns the opening quote of a text of several lines that ends in a line, or null. */
  Place quoteEndingIn(int line) {
    return longQuote != null && longQuoteEnd == line ? longQuote : null;
  }

  private void scan(int number, String line) {
    char before = '\n';
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != null) {
        i += endsQuote(line, i, number) ? 0 : skipped(line, i);
        before = c;
        continue;
      }
      if (c == '#' && (i == 0 || line.charAt(i - 1) <= ' ')) {
        return;
      }
      boolean start = "\n-:,[{".indexOf(before) >= 0;
      if (start && (c == '"' || c == '\'')) {
        quote = new Place(number, i, c);
      } else if ("[{".indexOf(c) >= 0 && (start || !open.isEmpty())) {
        open.push(new Place(number, i, c));
      } else if ("]}".indexOf(c) >= 0 && (!open.isEmpty() || before == ']' || before == '}')) {
        close(new Place(number, i, c));
      }
      before = c > ' ' ? c : before;
    }
  }

  private boolean endsQuote(String line, int i, int number) {
    char c = line.charAt(i);
    if (c != quote.character() || skipped(line, i) > 0) {
      return false;
    }
    if (quote.line() < number && longQuoteEnd < number) {
      longQuote = quote;
      longQuoteEnd = number;
    }
    quote = null;
    return true;
  }

  /** Returns 1 where two characters inside quotes stand for one. */
  private int skipped(String line, int i) {
    boolean pair = quote.character() == '"' ? line.charAt(i) == '\\' : line.startsWith("''", i);
    return pair ? 1 : 0;
  }

  private void close(Place place) {
    if (unclosed != null || stray != null) {
      return;
    }
    char wanted = place.character() == ']' ? '[' : '{';
    if (!open.isEmpty() && open.peek().character() == wanted) {
      open.pop();
      return;
    }
    Iterator<Place> outer = open.iterator();
    while (outer.hasNext()) {
      if (outer.next().character() == wanted) {
        unclosed = open.peek();
        return;
      }
    }
    stray = place;
  }
}
