package org.schedlab.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.schedlab.cli.Translation.Step;
import org.schedlab.machine.PageGeometry;

/** Prints translations step by step, each step in words and numbers. */
final class TranslationText {
  private static final String INDEX = " index";
  private static final String LONGEST_OTHER_LABEL = "physical address";

  private final Translator translator;
  private final PageGeometry geometry;
  private final List<String> tables;
  private final PrintStream out;
  private final int labelWidth;

  TranslationText(Translator translator, PrintStream out) {
    this.translator = translator;
    this.geometry = translator.geometry();
    this.out = out;
    this.tables = Translator.tableNames(geometry);
    int longest = LONGEST_OTHER_LABEL.length();
    for (String table : tables) {
      longest = Math.max(longest, table.length() + INDEX.length());
    }
    this.labelWidth = longest + 2;
  }

  void print(List<Translation> translations) {
    translator.description().forEach(sentence -> out.print(sentence + "\n"));
    translations.forEach(this::print);
  }

  private void print(Translation translation) {
    out.print(
        String.format(
            Locale.ROOT,
            "\nVirtual address %s = 0x%x\n",
            Long.toUnsignedString(translation.address()),
            translation.address()));
    line("in binary", binary(translation));
    line("page number", decimalAndHex(translation.page()));
    if (geometry.levels() > 1) {
      printIndices(translation.page());
    }
    line("offset", decimalAndHex(translation.offset()) + bitRange(geometry.offsetBits() - 1, 0));
    for (Step step : translation.steps()) {
      line(step.table(), entry(step));
    }
    if (translation.result().isFault()) {
      line("page fault", fault(translation));
    } else if (translation.result() == Translation.Result.OK) {
      printPhysical(translation);
    }
  }

  private static String fault(Translation translation) {
    String reason =
        translation.result() == Translation.Result.DIRECTORY_FAULT
            ? "the %s has no page table for it"
            : "its entry in the %s is not valid";
    return String.format(Locale.ROOT, "page %d is not mapped: ", translation.page())
        + String.format(Locale.ROOT, reason, translation.lastStep().table());
  }

  private void printIndices(long page) {
    for (int level = 0; level < geometry.levels(); level++) {
      int low = geometry.shift(level) + geometry.offsetBits();
      line(
          tables.get(level) + INDEX,
          decimalAndHex(geometry.index(level, page))
              + bitRange(low + geometry.levelBits().get(level) - 1, low));
    }
  }

  private void printPhysical(Translation translation) {
    line(
        "physical address",
        String.format(
            Locale.ROOT,
            "%d * %d + %d = %d = 0x%x",
            translation.lastStep().frame(),
            geometry.pageSize(),
            translation.offset(),
            translation.physical(),
            translation.physical()));
    if (translation.value() >= 0) {
      line("value there", decimalAndHex(translation.value()));
    }
  }

  private String entry(Step step) {
    String place =
        step.place().isKnown()
            ? String.format(
                Locale.ROOT,
                " at %d * %d + %d = %d",
                step.place().frame(),
                geometry.pageSize(),
                step.index(),
                step.place().address())
            : "";
    return String.format(
        Locale.ROOT,
        "entry %d%s is %s %s = 0x%x: %s",
        step.index(),
        place,
        bits(step.entry() >>> step.frameBits(), 1),
        bits(step.frame(), step.frameBits()),
        step.entry(),
        step.isValid() ? "valid, frame " + step.frame() : "not valid");
  }

  /** Returns the bits of an address with a space between its parts. */
  private String binary(Translation translation) {
    List<String> parts = new ArrayList<>();
    for (int level = 0; level < geometry.levels(); level++) {
      parts.add(bits(geometry.index(level, translation.page()), geometry.levelBits().get(level)));
    }
    parts.add(bits(translation.offset(), geometry.offsetBits()));
    return String.join(" ", parts);
  }

  private static String bits(long value, int width) {
    String digits = Long.toBinaryString(value);
    return "0".repeat(width - digits.length()) + digits;
  }

  private static String decimalAndHex(long value) {
    return String.format(Locale.ROOT, "%d = 0x%x", value, value);
  }

  private static String bitRange(int high, int low) {
    return high == low ? " (bit " + low + ")" : " (bits " + high + " to " + low + ")";
  }

  private void line(String label, String text) {
    out.print("  " + label + " ".repeat(labelWidth - label.length()) + text + "\n");
  }
}
