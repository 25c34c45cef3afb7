package org.schedlab.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.schedlab.cost.Basis;
import org.schedlab.cost.Cost;
import org.schedlab.cost.Evidence;
import org.schedlab.cost.Figure;
import org.schedlab.cost.Profile;
import org.schedlab.cost.Section;
import org.schedlab.cost.Source;

/**
 * Prints the list of costs: by section, a line for each parameter with its values, and below what
 * it is, who charges it and what each value rests on.
 */
final class CostTable {
  private static final int WIDEST = 100;
  private static final int INDENT = 6;
  private static final int VALUE_WIDTH = 14;
  private static final int KEY_WIDTH = 4 + widest(Arrays.stream(Cost.values()).map(Cost::key));

  private final List<Profile> profiles;
  private final PrintStream out;
  private final int width;

  /**
   * Makes a printer.
   *
   * @param profiles the columns
   * @param width of the window in characters
   */
  CostTable(List<Profile> profiles, PrintStream out, int width) {
    this.profiles = profiles;
    this.out = out;
    this.width = Math.min(WIDEST, width);
  }

  void print() {
    entries(profiles.stream().map(p -> new String[] {p.key(), p.meaning()}).toList());
    out.print("\n");
    paragraph(
        0,
        "A - is a 0: the machine has no such thing, or no source gives a figure for it. Scenarios write"
            + " durations and sizes as they stand here.");
    for (Section section : Section.values()) {
      printHeader(section);
      Stream.of(Cost.values()).filter(cost -> cost.section() == section).forEach(this::print);
    }
    printLegend();
  }

  private void printHeader(Section section) {
    out.print("\n" + section.label() + "\n");
    StringBuilder columns = new StringBuilder(" ".repeat(KEY_WIDTH));
    profiles.forEach(profile -> columns.append(padded(profile.key(), VALUE_WIDTH)));
    out.print(columns.toString().stripTrailing() + "\n");
  }

  private void print(Cost cost) {
    StringBuilder row = new StringBuilder(padded("  " + cost.key(), KEY_WIDTH));
    for (Profile profile : profiles) {
      row.append(padded(cost.text(profile), VALUE_WIDTH));
    }
    out.print(row.toString().stripTrailing() + "\n");
    paragraph(INDENT, cost.meaning());
    paragraph(INDENT, cost.mechanism().sentence());
    profiles.forEach(profile -> printEvidence(cost.figure(profile)));
  }

  private void printEvidence(Figure figure) {
    String start = profiles.size() == 1 ? "" : figure.profile().key() + ": ";
    if (figure.hasRange()) {
      paragraph(INDENT, start + "seen from " + figure.low() + " to " + figure.high());
    }
    for (Evidence evidence : figure.evidence()) {
      paragraph(INDENT, start + evidence.line());
    }
  }

  private void printLegend() {
    out.print("\nbases\n");
    entries(Stream.of(Basis.values()).map(b -> new String[] {b.label(), b.meaning()}).toList());
    out.print("\nsources\n");
    entries(Stream.of(Source.values()).map(s -> new String[] {s.name(), s.citation()}).toList());
  }

  /** Prints names with a text each, the texts below one another. */
  private void entries(List<String[]> entries) {
    int indent = 4 + widest(entries.stream().map(entry -> entry[0]));
    for (String[] entry : entries) {
      out.print(padded("  " + entry[0], indent));
      wrapped(indent, indent, entry[1]);
    }
  }

  private void paragraph(int indent, String text) {
    out.print(" ".repeat(indent));
    wrapped(indent, indent + (indent > 0 ? 2 : 0), text);
  }

  /** Prints words, beginning in a column and going on at an indent on further lines. */
  private void wrapped(int column, int indent, String text) {
    StringBuilder line = new StringBuilder();
    int room = width - column;
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > room) {
        out.print(line + "\n" + " ".repeat(indent));
        line.setLength(0);
        room = width - indent;
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    out.print(line + "\n");
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static int widest(Stream<String> texts) {
    return texts.mapToInt(String::length).max().orElse(0);
  }
}
