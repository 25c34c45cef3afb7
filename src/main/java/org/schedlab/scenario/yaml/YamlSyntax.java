package org.schedlab.scenario.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Explains what the YAML parser refused, and which quotes someone probably forgot. */
final class YamlSyntax {
  private static final int NEAR = 500;
  private static final Pattern SPECIAL_VALUE = Pattern.compile(":\\s+([!&*\\[@`%])");
  private static final Pattern BRACKETED_NAME = Pattern.compile("[\\w.-]++\\[[^\\]\\[,{}\"']*\\]");

  private YamlSyntax() {}

  static void report(YAMLException e, String text, Source source, Problems problems) {
    if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Matcher bracketed = BRACKETED_NAME.matcher(lineAt(text, marked.getProblemMark().getIndex()));
      boolean named = String.valueOf(marked.getProblem()).endsWith("got [") && bracketed.find();
      YamlSlips.Slip slip = named ? null : YamlSlips.find(marked, source);
      if (slip != null) {
        problems.add(slip.mark(), slip.message());
        return;
      }
      org.schedlab.scenario.yaml.Mark place = place(marked.getProblemMark(), source);
      String context = marked.getContext() == null ? "" : marked.getContext() + ", ";
      problems.add(
          place, "this is not valid YAML: " + context + marked.getProblem() + hint(marked, text));
    } else if (e instanceof ReaderException reader) {
      problems.add(
          place(text, reader.getPosition(), source),
          String.format("the character U+%04X is not allowed in YAML", reader.getCodePoint()));
    } else {
      problems.add(source.within(1, 1), "this YAML cannot be read: " + limit(e));
    }
  }

  private static org.schedlab.scenario.yaml.Mark place(Mark mark, Source source) {
    return source.within(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** A reader's position counts the code points before the bad one. */
  static org.schedlab.scenario.yaml.Mark place(String text, int position, Source source) {
    int codePoints = text.codePointCount(0, text.length());
    int end = text.offsetByCodePoints(0, Math.min(Math.max(0, position), codePoints));
    Source before = Source.file(source.name(), text.substring(0, end));
    int line = before.lineCount();
    String last = before.line(line);
    return source.within(line, last.codePointCount(0, last.length()) + 1);
  }

  private static String limit(YAMLException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("code points")
        ? "it is longer than " + YamlTree.MOST_CHARACTERS + " characters"
        : message;
  }

  /** Looks for forgotten quotes in the line that the parser stopped at. */
  private static String hint(MarkedYAMLException e, String text) {
    String problem = String.valueOf(e.getProblem());
    String line = lineAt(text, e.getProblemMark().getIndex());
    Matcher special = SPECIAL_VALUE.matcher(line);
    Matcher bracketed = BRACKETED_NAME.matcher(line);
    if (problem.contains("expected ',' or") && bracketed.find()) {
      return "; a name with brackets needs quotes inside [] and {}: \"" + bracketed.group() + "\"";
    }
    boolean list = String.valueOf(e.getContext()).startsWith("while parsing a flow");
    if (special.find() && !(list && special.group(1).equals("["))) {
      return "; put quotes around an expression that begins with `" + special.group(1) + "`";
    }
    return problem.contains("TAB") ? "; indent with spaces" : "";
  }

  private static String lineAt(String text, int index) {
    int at = Math.max(0, Math.min(index, text.length()));
    int from = text.lastIndexOf('\n', at - 1) + 1;
    int to = text.indexOf('\n', at);
    // Errors in flow style are found late: the line before is where the quotes are missing.
    if (text.substring(from, at).isBlank() && from > 1) {
      from = text.lastIndexOf('\n', from - 2) + 1;
    }
    int end = to < 0 ? text.length() : to;
    // What is looked for stands near; a line of a million characters is not searched.
    return text.substring(Math.max(from, at - NEAR), Math.min(end, at + NEAR));
  }
}
