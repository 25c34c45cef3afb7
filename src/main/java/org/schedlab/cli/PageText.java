package org.schedlab.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of the documentation as text for a terminal: paragraphs and lists filled to its width,
 * tables aligned, examples as they are. Knows as much Markdown as the policies' pages use.
 */
final class PageText {
  private static final String INDENT = "    ";

  private final int width;
  private final boolean unicode;
  private final StringBuilder out = new StringBuilder();
  private final List<String> paragraph = new ArrayList<>();
  private final List<List<String>> table = new ArrayList<>();

  /**
   * @param width of the terminal, in characters
   * @param unicode whether it shows more than ASCII
   */
  PageText(int width, boolean unicode) {
    this.width = width;
    this.unicode = unicode;
  }

  /** Returns the page as text. */
  String of(String page) {
    String fence = null;
    for (String line : page.split("\n")) {
      if (line.startsWith("```")) {
        endBlock();
        fence = fence == null ? line.substring(3) : null;
      } else if (fence != null) {
        // Charts bring their own indent, and are as wide as a terminal.
        out.append(fence.equals("text") ? "" : INDENT).append(line).append('\n');
      } else {
        prose(line);
      }
    }
    endBlock();
    return unicode ? out.toString() : ascii(out.toString());
  }

  private void prose(String line) {
    if (line.startsWith("|")) {
      row(line);
      return;
    }
    if (line.isBlank() || line.startsWith("#") || line.startsWith("- ")) {
      endBlock();
    }
    if (line.isBlank()) {
      out.append('\n');
    } else if (line.startsWith("#")) {
      String title = line.replaceFirst("^#+ ", "");
      out.append(title).append('\n').append("─".repeat(title.length())).append('\n');
    } else {
      paragraph.add(line.strip());
    }
  }

  private void row(String line) {
    if (line.startsWith("| ---")) {
      return;
    }
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1, line.length() - 1).split("\\|")) {
      cells.add(plain(cell.strip()));
    }
    table.add(cells);
  }

  private void endBlock() {
    fill();
    align();
  }

  /** Prints the lines gathered as one paragraph or entry of a list. */
  private void fill() {
    if (paragraph.isEmpty()) {
      return;
    }
    String text = plain(String.join(" ", paragraph));
    paragraph.clear();
    String hang = text.startsWith("- ") ? "  " : "";
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0 && column + 1 + word.length() > width) {
        out.append('\n').append(hang);
        column = hang.length();
      } else if (column > 0) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    out.append('\n');
  }

  /** Prints the rows gathered; the last column may be as wide as it likes. */
  private void align() {
    int[] widths = new int[table.isEmpty() ? 0 : table.get(0).size()];
    for (List<String> cells : table) {
      for (int i = 0; i < cells.size(); i++) {
        widths[i] = Math.max(widths[i], cells.get(i).length());
      }
    }
    for (List<String> cells : table) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        line.append("  ").append(cells.get(i));
        line.append(" ".repeat(widths[i] - cells.get(i).length()));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    table.clear();
  }

  /** Returns words without their marks: of a link its text, of code what it says. */
  private static String plain(String text) {
    return text.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .replace("**", "")
        .replaceAll("\\*([^*]+)\\*", "$1")
        .replace("`", "");
  }

  /** Returns the text in the characters that charts use on terminals that know ASCII only. */
  private static String ascii(String text) {
    return text.replace('█', '#')
        .replace('░', '.')
        .replace('▒', '~')
        .replace('▚', '%')
        .replace('─', '-')
        .replace('┬', '+')
        .replace('−', '-')
        .replace('–', '-')
        .replace('µ', 'u')
        .replace('·', '*')
        .replace('×', 'x')
        .replaceAll("[^\\x00-\\x7f]", "?");
  }
}
