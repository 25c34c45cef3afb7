package org.schedlab.report;

/** Text that is shown in Markdown as it is. */
final class Markdown {
  private Markdown() {}

  static String escaped(String text) {
    int plain = 0;
    while (plain < text.length() && !isSpecial(text.charAt(plain))) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean blank = c == '\n' || c == '\r';
      if (isSpecial(c) && !blank) {
        out.append('\\');
      }
      out.append(blank ? ' ' : c);
    }
    return out.toString();
  }

  private static boolean isSpecial(char c) {
    return switch (c) {
      case '\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '#', '|', '\n', '\r' -> true;
      default -> false;
    };
  }
}
