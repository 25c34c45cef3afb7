package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Recognises the usual slips in text that is not valid YAML. The parser says what it did not
 * expect, often lines after the mistake; the text around says what was probably meant.
 */
final class YamlSlips {
  /** What to say, and where. */
  record Slip(Mark mark, String message) {}

  private static final int LINES_BACK = 1_000;
  private static final Pattern KEY = Pattern.compile("[^\\s\\[\\]{},:\"']+ *");
  private static final Pattern WORD = Pattern.compile("[^\\s:,\\[\\]{}\"']+");
  private static final Pattern GLUED = Pattern.compile("[A-Za-z_][\\w-]*(:)\\S.*");
  private static final Pattern DASHED = Pattern.compile(" *(-)[A-Za-z_].*");
  private static final Pattern COLON = Pattern.compile(":(?: |$)");

  private final Source source;
  private final MarkedYAMLException error;
  private final int line;
  private final int index;
  private final String text;

  private YamlSlips(MarkedYAMLException error, Source source) {
    this.source = source;
    this.error = error;
    line = error.getProblemMark().getLine() + 1;
    text = source.line(line);
    index = Math.min(text.length(), source.indexOf(line, error.getProblemMark().getColumn() + 1));
  }

  /** Returns the slip that an error of the parser comes from, or null for an unusual one. */
  static Slip find(MarkedYAMLException error, Source source) {
    return source.isOption() ? null : new YamlSlips(error, source).find();
  }

  private Slip find() {
    String problem = String.valueOf(error.getProblem());
    String context = String.valueOf(error.getContext());
    if (problem.contains("TAB") && text.substring(0, index).isBlank()) {
      return slip(line, index, "this line is indented with a tab; indent with blanks");
    }
    OpenedText opened = OpenedText.of(source);
    OpenedText.Place quote = opened.quoteEndingIn(line);
    if (context.contains("quoted scalar") && problem.contains("end of stream")) {
      return new Slip(context(), "this quote is never closed");
    }
    if (quote != null) {
      return slip(quote.line(), quote.index(), "this quote is not closed in its line");
    }
    if (context.startsWith("while parsing a flow")
        || problem.contains("found ']'")
        || problem.contains("found '}'")) {
      return bracket(opened, problem);
    }
    if (problem.contains("could not find expected ':'")) {
      Mark key = context();
      return colon(key.line(), source.indexOf(key.line(), key.column()));
    }
    if (problem.contains("mapping values are not allowed")) {
      return value();
    }
    String before = text.substring(0, index).stripTrailing();
    if (problem.contains("found '<scalar>'") && (before.endsWith("\"") || before.endsWith("'"))) {
      return slip(
          line,
          index,
          "a quoted value ends with its quote; put all of the value inside the quotes");
    }
    boolean first = before.isEmpty();
    return first && problem.startsWith("expected") ? indentation(problem) : null;
  }

  private Slip bracket(OpenedText opened, String problem) {
    if (opened.stray() != null) {
      OpenedText.Place stray = opened.stray();
      return slip(stray.line(), stray.index(), "this `" + stray.character() + "` closes nothing");
    }
    Mark start = error.getContextMark() == null ? source.within(line, 1) : context();
    OpenedText.Place unclosed =
        opened.unclosed(start.line(), source.indexOf(start.line(), start.column()));
    if (unclosed != null) {
      char closing = unclosed.character() == '[' ? ']' : '}';
      return slip(
          unclosed.line(),
          unclosed.index(),
          "this `" + unclosed.character() + "` is never closed by `" + closing + "`");
    }
    if (problem.endsWith("got {") || problem.endsWith("got <scalar>")) {
      return slip(line, index, "a comma is missing before this");
    }
    int word = text.lastIndexOf(' ', index - 1) + 1;
    String before = text.substring(0, word).stripTrailing();
    boolean pair = problem.endsWith("got :") && !before.isEmpty() && word < index;
    return pair && ",:[{".indexOf(before.charAt(before.length() - 1)) < 0
        ? slip(line, word, "a comma is missing before `" + text.substring(word, index) + "`")
        : null;
  }

  /** Explains a line that begins with a word where a key must stand. */
  private Slip colon(int at, int from) {
    String rest = source.line(at).substring(from);
    Matcher glued = GLUED.matcher(rest);
    if (glued.matches()) {
      return slip(at, from + glued.start(1), "put a blank after the colon");
    }
    Matcher word = WORD.matcher(rest);
    return word.lookingAt()
        ? slip(at, from + word.end(), "a colon is missing after `" + word.group() + "`")
        : null;
  }

  /** Explains a colon where no key can be. */
  private Slip value() {
    int start = content(text);
    if (start > index || !KEY.matcher(text.substring(start, index)).matches()) {
      Matcher first = COLON.matcher(text);
      return first.find() && first.start() < index
          ? slip(line, index, "put quotes around a text that has a colon and a blank in it")
          : null;
    }
    int before = before(line);
    Matcher dashed = DASHED.matcher(source.line(before));
    if (dashed.matches()) {
      return slip(before, dashed.start(1), "put a blank after the dash");
    }
    int from = content(source.line(before));
    return COLON.matcher(source.line(before).substring(from)).find()
        ? indentation("")
        : colon(before, from);
  }

  private Slip indentation(String problem) {
    int indent = indent(text);
    boolean entry = text.startsWith("-", indent);
    int nearest = -1;
    for (int column : columns(entry)) {
      int distance = Math.abs(column - indent) - Math.abs(nearest - indent);
      if (nearest < 0 || distance < 0 || distance == 0 && column > nearest) {
        nearest = column;
      }
    }
    if (nearest >= 0 && nearest != indent) {
      return slip(
          line, indent, "this line is indented by " + indent + ", its neighbours by " + nearest);
    }
    return entry && problem.contains("but found")
        ? slip(line, indent, "an entry of a list cannot stand among the keys of a map")
        : null;
  }

  /** Returns the indentation of the keys, or entries of lists, that this line can continue. */
  private List<Integer> columns(boolean entries) {
    List<Integer> columns = new ArrayList<>();
    int limit = Integer.MAX_VALUE;
    for (int at = before(line); at > Math.max(0, line - LINES_BACK); at = before(at)) {
      String above = source.line(at);
      int indent = indent(above);
      if (indent < limit) {
        limit = indent;
        boolean dash = above.startsWith("- ", indent);
        if (entries && dash) {
          columns.add(indent);
        } else if (!entries) {
          columns.add(content(above));
        }
      }
    }
    return columns;
  }

  /** Returns the line before that is neither blank nor a comment; 0 if there is none. */
  private int before(int from) {
    int at = from - 1;
    while (at > 0 && (source.line(at).isBlank() || source.line(at).strip().startsWith("#"))) {
      at--;
    }
    return at;
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  /** Returns the index of what stands behind the dashes of a line, if it has any. */
  private static int content(String line) {
    int at = indent(line);
    while (line.startsWith("- ", at)) {
      at++;
      while (at < line.length() && line.charAt(at) == ' ') {
        at++;
      }
    }
    return at;
  }

  private Mark context() {
    return source.within(
        error.getContextMark().getLine() + 1, error.getContextMark().getColumn() + 1);
  }

  private Slip slip(int at, int index, String message) {
    return new Slip(source.within(at, source.line(at).codePointCount(0, index) + 1), message);
  }
}
