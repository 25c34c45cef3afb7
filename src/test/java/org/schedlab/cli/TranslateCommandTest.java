package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The command {@code translate}: worked cases, what it prints, and what it refuses. */
class TranslateCommandTest {
  @TempDir private static Path folder;

  private static CommandRun translate(String... args) {
    List<String> all = new ArrayList<>(List.of("translate"));
    all.addAll(List.of(args));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static String refused(String... args) {
    CommandRun run = translate(args);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).doesNotContain("Exception", "\tat ");
    return run.err();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }

  @TestFactory
  Stream<DynamicTest> workedCases() throws IOException {
    try (InputStream in =
        TranslateCommandTest.class.getResourceAsStream("/reference/translate.json")) {
      Map<String, Object> file =
          map(new Yaml().load(new InputStreamReader(in, StandardCharsets.UTF_8)));
      List<?> cases = list(file.get("cases"));
      assertThat(cases).hasSize(15);
      return cases.stream()
          .map(c -> DynamicTest.dynamicTest((String) map(c).get("id"), () -> check(map(c))));
    }
  }

  private static void check(Map<String, Object> worked) throws IOException {
    List<String> args = new ArrayList<>();
    if (worked.get("kind").equals("linear")) {
      String table =
          list(worked.get("page_table")).stream()
              .map(frame -> frame == null ? "-" : frame.toString())
              .collect(Collectors.joining(","));
      args.addAll(List.of("--table", table, "--page-size", worked.get("page_size").toString()));
      args.addAll(List.of("--physical", worked.get("physical").toString()));
    } else {
      List<String> lines = list(worked.get("memory")).stream().map(Object::toString).toList();
      Path memory = Files.write(folder.resolve(worked.get("id") + ".txt"), lines);
      args.addAll(List.of("--memory", memory.toString()));
      args.addAll(List.of("--pdbr", worked.get("pdbr").toString()));
    }
    List<?> accesses = list(worked.get("accesses"));
    accesses.forEach(access -> args.add(map(access).get("va").toString()));
    CommandRun text = translate(args.toArray(String[]::new));
    args.addAll(List.of("--format", "json"));
    CommandRun json = translate(args.toArray(String[]::new));
    assertThat(json.err()).isEmpty();
    List<?> translations = list(map(new Yaml().load(json.out())).get("translations"));
    assertThat(translations).hasSameSizeAs(accesses);
    String[] printed = text.out().split("Virtual address ");
    for (int i = 0; i < accesses.size(); i++) {
      checkJson(map(accesses.get(i)), map(translations.get(i)));
      checkText(map(accesses.get(i)), printed[i + 1]);
    }
  }

  private static void checkJson(Map<String, Object> expected, Map<String, Object> actual) {
    for (String key : List.of("va", "vpn", "result", "pa", "value")) {
      if (expected.containsKey(key)) {
        assertThat(actual).containsEntry(key, expected.get(key));
      }
    }
    List<?> steps = list(actual.get("steps"));
    List<String> levels = List.of("pde", "pte");
    for (int level = 0; level < levels.size() && expected.containsKey(levels.get(level)); level++) {
      assertThat(map(steps.get(level)))
          .containsEntry("index", expected.get(levels.get(level) + "_index"))
          .containsEntry("entry", expected.get(levels.get(level)));
    }
    assertThat(actual.containsKey("pa")).isEqualTo(expected.containsKey("pa"));
  }

  private static void checkText(Map<String, Object> expected, String printed) {
    assertThat(printed).startsWith(expected.get("va") + " = 0x");
    if (expected.containsKey("pa")) {
      int address = (int) expected.get("pa");
      assertThat(printed).contains(" = %d = 0x%x\n".formatted(address, address));
    } else {
      assertThat(printed)
          .contains("page fault", "not valid")
          .doesNotContain("physical address")
          .matches(
              text -> text.contains("no page table") == expected.get("result").equals("pde_fault"));
    }
  }

  @Test
  void tableMayBeginWithAnInvalidEntry() {
    assertThat(translate("--table", "-,5", "0x1001").out()).contains("5 * 4096 + 1 = 20481");
    assertThat(translate("--table", "-", "0").out()).contains("page fault");
  }

  @Test
  void highAddressesOfX86AreShownUnsigned() {
    assertThat(translate("--geometry", "x86-64", "0xffffffff81000000").out())
        .contains("18446744071578845184 = 0xffffffff81000000", "510 = 0x1fe (bits 38 to 30)");
    assertThat(translate("--geometry", "x86-64", "--format", "json", "0xffffffffffffffff").out())
        .contains("\"va\": 18446744073709551615", "\"vpn\": 68719476735");
  }

  @Test
  void digitsAreTheSameInEveryLocale() {
    String[] args = {"--memory", "docs/translate-memory.txt", "--pdbr", "4", "395", "448"};
    String split = translate("--geometry", "x86-64", "123456789").out();
    String text = translate(args).out();
    String error = refused("--table", "1", "20000");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(translate(args).out()).isEqualTo(text);
      assertThat(translate("--geometry", "x86-64", "123456789").out()).isEqualTo(split);
      assertThat(refused("--table", "1", "20000")).isEqualTo(error);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void everyNumberOfLevelsHasItsNames() {
    for (String bits : List.of("3,4", "3,3,4", "3,3,3,4", "2,2,2,2,4", "1,1,1,1,1,1,1,4")) {
      CommandRun run = translate("--geometry", bits, "7");
      int levels = bits.split(",").length - 1;
      assertThat(run.status()).isEqualTo(levels <= 6 ? ExitStatus.OK : ExitStatus.BAD_INPUT);
    }
    assertThat(translate("--geometry", "2,2,2,2,2,4", "7").out())
        .contains("level 5 table index", "level 1 table index");
  }

  @Test
  void badUsageSaysWhatIsAllowed() {
    assertThat(refused("1")).contains("one of --table, --memory and --geometry", "usage:");
    assertThat(refused("--table", "1", "--geometry", "x86-64", "1")).contains("one of");
    assertThat(refused("--table", "1")).contains("at least one virtual address");
    assertThat(refused("--table", "1", "--pdbr", "1", "1")).contains("goes with --memory");
    assertThat(refused("--geometry", "5,5,5", "--page-size", "8", "1")).contains("with --table");
    assertThat(refused("--memory", "nowhere", "1")).contains("needs --pdbr");
    assertThat(refused("--memory", "nowhere", "--pdbr", "1", "1")).contains("no file nowhere");
    assertThat(refused("--table", "1", "--format", "xml", "1")).contains("text or json");
  }

  @Test
  void badNumbersSayHowToWriteThem() {
    assertThat(refused("--table", "1", "12z")).contains("'12z' is not a number", "0x hexadecimal");
    assertThat(refused("--table", "1", "0x1_0")).contains("not a number");
    assertThat(refused("--table", "1", "99999999999999999999")).contains("more than 64 bits");
    assertThat(refused("--table", "1", "-5")).contains("-5");
    assertThat(refused("--table", "1,,2", "0")).contains("an entry is missing", "12,-,-,6");
    assertThat(refused("--table", "1,x", "0")).contains("'x'", "12,-,-,6");
    assertThat(refused("--table", "4294967296", "0")).contains("2^30 - 1");
    assertThat(refused("--table", "1", "--page-size", "3000", "0")).contains("power of two");
    assertThat(refused("--table", "1", "--page-size", "1", "0")).contains("2 bytes to 1 GiB");
    assertThat(refused("--table", "1", "--page-size", "4kb", "0")).contains("unit");
    assertThat(refused("--table", "9", "--physical", "32KiB", "0"))
        .contains("frame 9", "frames 0 to 7");
    assertThat(refused("--table", "0", "--physical", "64", "0")).contains("smaller than a page");
    assertThat(refused("--geometry", "arm", "0")).contains("32-bit, x86-64", "'arm'");
    assertThat(refused("--geometry", "5,25,5", "0")).contains("1 to 20 bits of index, not 25");
    assertThat(refused("--geometry", "12", "0")).contains("1 to 6 levels");
  }

  @Test
  void addressesOutsideOfTheAddressSpaceAreRefused() {
    assertThat(refused("--table", "1,2,3", "12288")).contains("ends at 12287 (0x2fff)");
    assertThat(refused("--table", "1,2,3,4", "0x4000")).contains("ends at 16383 (0x3fff)");
    assertThat(refused("--geometry", "32-bit", "0x100000000")).contains("(0xffffffff)");
    assertThat(refused("--geometry", "x86-64", "0x800000000000")).contains("not canonical");
  }

  @Test
  void mistakesInAMemoryAreReportedAllAtOnceWithTheirPlaces() throws IOException {
    Path memory = folder.resolve("bad.txt");
    Files.writeString(memory, "80 81 82 8g\n80 81\npage 7: 80 81\n\n8\n80 80 80\n");
    assertThat(refused("--memory", memory.toString(), "--pdbr", "0", "1"))
        .contains("bad.txt:1:11: 'g' is not a hexadecimal digit", "          ^")
        .contains("bad.txt:3:6: this is frame 2")
        .contains("bad.txt:5:1: 1 hexadecimal digits are no whole number of bytes")
        .contains("bad.txt:6:1:");
    Files.writeString(memory, "\n\n");
    assertThat(refused("--memory", memory.toString(), "--pdbr", "0", "1")).contains("no frame");
    Files.writeString(memory, "00 8f\n80 81\n");
    assertThat(refused("--memory", memory.toString(), "--pdbr", "2", "1")).contains("0 to 1");
    assertThat(refused("--memory", memory.toString(), "--pdbr", "0", "4"))
        .contains("entry 1 of the page directory names frame 15", "frames 0 to 1");
    Files.writeString(memory, "00\n".repeat(5));
    assertThat(refused("--memory", memory.toString(), "--pdbr", "0", "1")).contains("2 to 1024");
    Files.writeString(memory, "0000\n".repeat(129));
    assertThat(refused("--memory", memory.toString(), "--pdbr", "0", "1")).contains("128 frames");
    assertThat(refused("--memory", folder.toString(), "--pdbr", "0", "1")).contains("folder");
  }

  @Test
  void damagedMemoriesNeverEndInAnInternalError() throws IOException {
    String good = Files.readString(Path.of("docs/translate-memory.txt"));
    Path memory = folder.resolve("damaged.txt");
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      Files.writeString(memory, damaged(good, random));
      CommandRun run = translate("--memory", memory.toString(), "--pdbr", "4", "395", "19");
      assertThat(run.status()).as(run.err()).isIn(ExitStatus.OK, ExitStatus.BAD_INPUT);
      assertThat(run.out().isEmpty()).isEqualTo(run.status() != ExitStatus.OK);
    }
  }

  /** Replaces, inserts or removes a few characters. */
  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(damaged.length());
      char odd = " \n0f:gp#é".charAt(random.nextInt(9));
      switch (random.nextInt(3)) {
        case 0 -> damaged.setCharAt(at, odd);
        case 1 -> damaged.insert(at, odd);
        default -> damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(30)));
      }
    }
    return damaged.toString();
  }
}
