package org.schedlab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Files that hold what a run is to give, to the byte. {@code mvn -Dgolden.update=true test}
 * rewrites them; look at the difference before it is committed.
 */
public final class GoldenFiles {
  private static final String HINT =
      " (if the change is meant: mvn -Dgolden.update=true test, then look at the difference)";

  private final Path folder;
  private final Set<Path> expected = new TreeSet<>();

  /** Takes the folder of golden files, relative to the project's. */
  public GoldenFiles(String folder) {
    this.folder = Path.of(folder);
  }

  /** Says whether golden files are to be rewritten and not compared. */
  public static boolean isUpdate() {
    return Boolean.getBoolean("golden.update");
  }

  /** Compares text with a golden file, or writes it. */
  public void check(String name, String actual) {
    Path file = folder.resolve(name);
    expected.add(file);
    try {
      if (isUpdate()) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual, StandardCharsets.UTF_8);
      }
      assertThat(file).as(file + " is missing" + HINT).exists();
      assertThat(actual).as(file + HINT).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails if the folder holds a file that nothing was compared with; deletes it when updating. */
  public void checkNothingElse() {
    Set<Path> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).forEach(found::add);
      found.removeAll(expected);
      if (isUpdate()) {
        for (Path superfluous : found) {
          Files.delete(superfluous);
        }
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(found).as("golden files that belong to no scenario" + HINT).isEmpty();
  }
}
