package org.schedlab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the scenario files that a command line means. */
final class ScenarioFiles {
  private static final PathMatcher SCENARIOS =
      FileSystems.getDefault().getPathMatcher("glob:**.{yaml,yml}");

  private ScenarioFiles() {}

  /**
   * Returns the files that paths mean, each once: files as they are, folders searched for *.yaml
   * and *.yml, and patterns such as {@code scenarios/**}{@code /fcfs-*.yaml}; what a folder or a
   * pattern means in the order of names.
   *
   * @throws UsageException if there is none
   */
  static List<Path> found(List<String> paths)
      throws IOException, UnusableFileException, UsageException {
    Set<Path> files = new LinkedHashSet<>();
    for (String name : paths) {
      boolean pattern = isPattern(name) && !existsAs(name);
      Path path = pattern ? folderOf(name) : FileNames.path(name);
      if (pattern || Files.isDirectory(path)) {
        PathMatcher wanted = pattern ? matcher(name) : SCENARIOS;
        int before = files.size();
        files.addAll(within(path, wanted));
        if (pattern && files.size() == before && within(path, wanted).isEmpty()) {
          throw new UsageException("no file fits " + name);
        }
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        throw new NoSuchFileException(name);
      }
    }
    if (files.isEmpty()) {
      throw new UsageException("no *.yaml or *.yml in " + String.join(", ", paths));
    }
    return new ArrayList<>(files);
  }

  private static boolean isPattern(String name) {
    return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static boolean existsAs(String name) throws UnusableFileException {
    return Files.exists(FileNames.path(name));
  }

  private static PathMatcher matcher(String pattern) throws UsageException {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new UsageException("'" + pattern + "' is no pattern: " + e.getDescription());
    }
  }

  /** Returns the folder that a pattern looks in: what stands before its first special sign. */
  private static Path folderOf(String pattern) throws UnusableFileException {
    int special = 0;
    while ("*?[{".indexOf(pattern.charAt(special)) < 0) {
      special++;
    }
    int slash = pattern.lastIndexOf('/', special);
    return FileNames.path(slash < 0 ? "" : slash == 0 ? "/" : pattern.substring(0, slash));
  }

  private static List<Path> within(Path folder, PathMatcher wanted)
      throws IOException, UnusableFileException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).filter(wanted::matches).sorted().toList();
    } catch (UncheckedIOException e) {
      throw FileNames.unreadable(folder, e.getCause());
    }
  }
}
