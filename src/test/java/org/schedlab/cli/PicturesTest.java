package org.schedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.schedlab.testing.GoldenFiles;

/**
 * Every picture of the documentation is made by a scenario of the repository. A page shows it with
 * the command as its title: {@code ![what it shows](images/x.svg "schedlab run ...")}, and the same
 * command gives the same bytes. {@code mvn -Dgolden.update=true test} draws them anew.
 */
class PicturesTest {
  private static final Path DOCS = Path.of("docs");
  private static final Path IMAGES = DOCS.resolve("images");
  private static final long LARGEST = 150_000;

  /** Which of a command's charts a page shows. */
  private static final Map<String, String> CHARTS =
      Map.of(
          "compare-models", "models.svg",
          "compare", "comparison.svg",
          "sweep", "main-effects.svg");

  private static final Pattern IMAGE = Pattern.compile("!\\[[^]]*]\\(([^) ]+)( \"([^\"]*)\")?\\)");

  @TempDir private Path output;

  /** A picture as a page shows it; the command is null where none is given. */
  private record Shown(Path page, Path file, String command) {}

  private static List<Shown> shown() throws IOException {
    List<Path> pages =
        new ArrayList<>(List.of(Path.of("README.md"), Path.of("scenarios/README.md")));
    try (Stream<Path> docs = Files.walk(DOCS)) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<Shown> shown = new ArrayList<>();
    for (Path page : pages) {
      String text = Files.readString(page, StandardCharsets.UTF_8);
      for (MatchResult image : IMAGE.matcher(text).results().toList()) {
        Path file = page.resolveSibling(image.group(1)).normalize();
        shown.add(new Shown(page, file, image.group(3)));
      }
    }
    return shown;
  }

  /** Where lines of words end depends on the fonts; the pictures were drawn with DejaVu Sans. */
  private static boolean hasTheFontOfThePictures() {
    FontRenderContext context = new FontRenderContext(null, true, true);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 100);
    double width = font.getStringBounds("SchedLab 0123", context).getWidth();
    return Math.abs(width - 773.6) < 0.5;
  }

  @TestFactory
  Stream<DynamicTest> scenariosGiveThePicturesOfThePages() throws IOException {
    return shown().stream()
        .map(
            picture ->
                DynamicTest.dynamicTest(
                    picture.page() + " " + picture.file(), () -> compare(picture)));
  }

  private void compare(Shown picture) throws IOException {
    assertThat(picture.command()).as("its command, as its title").isNotNull();
    assumeTrue(hasTheFontOfThePictures(), "the fonts are not those of the pictures");
    List<String> words = new ArrayList<>(List.of(picture.command().split(" ")));
    assertThat(words.remove(0)).isEqualTo("schedlab");
    Collections.addAll(words, "-o", output.toString());
    if (!words.get(0).equals("sweep")) {
      Collections.addAll(words, "--format", "none");
    }
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertThat(run.status()).as(picture.command() + "\n" + run.err()).isZero();
    String chart = CHARTS.getOrDefault(words.get(0), "gantt.svg");
    String drawn = Files.readString(output.resolve(chart), StandardCharsets.UTF_8);
    if (GoldenFiles.isUpdate()) {
      Files.writeString(picture.file(), drawn, StandardCharsets.UTF_8);
    }
    boolean same = drawn.equals(Files.readString(picture.file(), StandardCharsets.UTF_8));
    assertThat(same)
        .as("%s is what `%s` draws (-Dgolden.update=true)", picture.file(), picture.command())
        .isTrue();
  }

  @Test
  void everyPictureIsShownAndSmall() throws IOException {
    Set<Path> files = new TreeSet<>();
    try (Stream<Path> images = Files.list(IMAGES)) {
      images.forEach(files::add);
    }
    Set<Path> used = new TreeSet<>();
    shown().forEach(picture -> used.add(picture.file()));
    assertThat(files).isEqualTo(used);
    for (Path file : files) {
      assertThat(Files.size(file)).as(file.toString()).isLessThan(LARGEST);
    }
  }
}
