package org.schedlab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.scenario.yaml.Sizes;

/** {@code schedlab translate}: virtual addresses through a page table, step by step. */
final class TranslateCommand implements Command {
  private static final String DEFAULT_PAGE_SIZE = "4KiB";

  @Override
  public String name() {
    return "translate";
  }

  @Override
  public String arguments() {
    return "(--table FRAME,... [--page-size SIZE] [--physical SIZE] | --memory FILE --pdbr N"
        + " | --geometry MACHINE) [--format text|json] ADDRESS...";
  }

  @Override
  public String summary() {
    return "Translates virtual addresses through a page table, step by step.";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            Main.option(
                null,
                "table",
                "FRAME,...",
                "a linear page table: the frame of each page, - for an invalid entry"))
        .addOption(Main.option(null, "page-size", "SIZE", "the size of its pages; default 4KiB"))
        .addOption(
            Main.option(
                null,
                "physical",
                "SIZE",
                "the size of physical memory; default as much as the table needs"))
        .addOption(
            Main.option(
                null,
                "memory",
                "FILE",
                "a memory with a two-level page table in it: a line of hexadecimal bytes a frame"))
        .addOption(Main.option(null, "pdbr", "N", "the frame of the page directory"))
        .addOption(
            Main.option(
                null,
                "geometry",
                "MACHINE",
                "only take addresses apart: x86-64, 32-bit, or the bits of each index and of the"
                    + " offset, such as 5,5,5"))
        .addOption(Main.option(null, "format", "FORMAT", "what to print: text (default) or json"));
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    String format = line.getOptionValue("format", "text");
    if (!List.of("text", "json").contains(format)) {
      throw new UsageException("--format is text or json, not '" + format + "'");
    }
    Translator translator = translator(line);
    if (line.getArgList().isEmpty()) {
      throw new UsageException("translate takes at least one virtual address");
    }
    List<Translation> translations = new ArrayList<>();
    for (String address : line.getArgList()) {
      translations.add(translator.translate(number("an address", address)));
    }
    if (format.equals("json")) {
      TranslationJson.write(translator, translations, console.out());
    } else {
      new TranslationText(translator, console.out()).print(translations);
    }
    return ExitStatus.OK;
  }

  private static Translator translator(CommandLine line) throws Exception {
    if (Stream.of("table", "memory", "geometry").filter(line::hasOption).count() != 1) {
      throw new UsageException("translate takes one of --table, --memory and --geometry");
    }
    checkCompanions(line, "table", "page-size", "physical");
    checkCompanions(line, "memory", "pdbr");
    if (line.hasOption("table")) {
      return LinearTranslator.of(
          size(line, "page-size", DEFAULT_PAGE_SIZE),
          line.getOptionValue("table"),
          line.hasOption("physical") ? size(line, "physical", "") : 0);
    }
    if (line.hasOption("geometry")) {
      return AddressSplitter.of(line.getOptionValue("geometry"));
    }
    if (!line.hasOption("pdbr")) {
      throw new UsageException("--memory needs --pdbr N: the frame of the page directory");
    }
    long directory = number("--pdbr", line.getOptionValue("pdbr"));
    return new TwoLevelTranslator(
        MemoryImage.read(Path.of(line.getOptionValue("memory"))), directory);
  }

  /** Refuses options that would be ignored. */
  private static void checkCompanions(CommandLine line, String option, String... companions)
      throws UsageException {
    for (String companion : companions) {
      if (line.hasOption(companion) && !line.hasOption(option)) {
        throw new UsageException("--" + companion + " goes with --" + option);
      }
    }
  }

  private static long size(CommandLine line, String option, String otherwise)
      throws UsageException {
    try {
      long size = Sizes.parse(line.getOptionValue(option, otherwise));
      if (Long.bitCount(size) != 1) {
        throw new IllegalArgumentException("a power of two is needed, not " + size + " bytes");
      }
      return size;
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + option + ": " + e.getMessage());
    }
  }

  private static long number(String what, String text) throws UsageException {
    try {
      return Numbers.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(what + ": " + e.getMessage());
    }
  }
}
