package org.schedlab.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table for people.
 *
 * @param columns the headers; the first column is set left, the others as {@code left} says
 * @param left which columns hold words
 * @param footRows how many of the last rows sum the others up
 * @param note sentences under the table, on lines as they are; or empty
 */
record Table(
    String title,
    List<String> columns,
    List<Boolean> left,
    List<List<String>> rows,
    int footRows,
    String note) {

  /** Returns the table as aligned text, a line a row. */
  String toText(Glyphs glyphs) {
    int[] widths = new int[columns.size()];
    fit(widths, columns);
    rows.forEach(row -> fit(widths, row));
    StringBuilder text = new StringBuilder(title).append('\n');
    line(text, widths, columns);
    rule(text, widths);
    for (int row = 0; row < rows.size(); row++) {
      if (footRows > 0 && row == rows.size() - footRows) {
        rule(text, widths);
      }
      line(text, widths, rows.get(row));
    }
    if (!note.isEmpty()) {
      text.append("  ").append(note.replace("\n", "\n  ")).append('\n');
    }
    return glyphs.plain(text.toString());
  }

  private static void fit(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], length(cells.get(i)));
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private void line(StringBuilder text, int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String space = " ".repeat(widths[i] - length(cell));
      line.append("  ").append(left.get(i) ? cell + space : space + cell);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static void rule(StringBuilder text, int[] widths) {
    for (int width : widths) {
      text.append("  ").append("─".repeat(width));
    }
    text.append('\n');
  }

  /** Returns the table in Markdown, with its title as a heading. */
  String toMarkdown() {
    StringBuilder text = new StringBuilder("## ").append(title).append("\n\n");
    markdownRow(text, columns);
    for (boolean words : left) {
      text.append(words ? "| --- " : "| ---: ");
    }
    text.append("|\n");
    rows.forEach(row -> markdownRow(text, row));
    if (!note.isEmpty()) {
      text.append('\n').append(note).append('\n');
    }
    return text.append('\n').toString();
  }

  private static void markdownRow(StringBuilder text, List<String> cells) {
    for (String cell : cells) {
      text.append("| ").append(Markdown.escaped(cell)).append(' ');
    }
    text.append("|\n");
  }

  /** Collects the rows of a table. */
  static final class Builder {
    private final String title;
    private final List<String> columns = new ArrayList<>();
    private final List<Boolean> left = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private int footRows;
    private String note = "";

    Builder(String title) {
      this.title = title;
    }

    Builder words(String header) {
      columns.add(header);
      left.add(true);
      return this;
    }

    Builder number(String header) {
      columns.add(header);
      left.add(false);
      return this;
    }

    Builder row(List<String> cells) {
      rows.add(List.copyOf(cells));
      return this;
    }

    Builder foot(List<String> cells) {
      footRows++;
      return row(cells);
    }

    Builder note(String sentence) {
      note = sentence;
      return this;
    }

    Table build() {
      return new Table(
          title,
          List.copyOf(columns),
          List.copyOf(left),
          Collections.unmodifiableList(rows),
          footRows,
          note);
    }
  }
}
