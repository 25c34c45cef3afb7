package org.schedlab.experiment;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.schedlab.report.CompleteFiles;

/**
 * Where the files of one result of a batch go. A new result is written into a folder below {@link
 * #STAGING}, manifest and all, and gets its name in one step when it is complete: a file of its own
 * to rename for each file of the result took longer than the run of a small scenario. Where there
 * is a folder of that name already, files are replaced in it one by one, for others may stand
 * beside them; its manifest goes first and comes last.
 */
final class ResultFolder {
  /** Holds what is not complete; no scenario can have this name. */
  static final String STAGING = ".part";

  private final Path result;
  private final Path staged;
  private final boolean exists;
  private boolean begun;

  /**
   * @param folder of the batch
   * @param name of the result's folder
   */
  ResultFolder(Path folder, String name) {
    this.result = folder.resolve(name);
    this.staged = folder.resolve(STAGING).resolve(name);
    this.exists = Files.isDirectory(result);
  }

  /** Returns the folder in which the complete result stands. */
  Path result() {
    return result;
  }

  /** Returns the manifest of what was there before, or null where there is no complete result. */
  Manifest manifest() {
    return exists ? Manifest.read(result.resolve(Manifest.FILE)) : null;
  }

  /** Removes what says that an older result is complete, and what a killed run has left behind. */
  void clear() throws IOException {
    if (!exists) {
      return;
    }
    Files.deleteIfExists(result.resolve(Manifest.FILE));
    Files.deleteIfExists(result.resolve("error.txt"));
    for (Path within : List.of(result, result.resolve("tables"))) {
      if (Files.isDirectory(within)) {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(within, "*.part")) {
          for (Path part : parts) {
            Files.delete(part);
          }
        }
      }
    }
  }

  /** Returns where files are to be written, now that there is something to write. */
  CompleteFiles begin() throws IOException {
    if (exists) {
      return new CompleteFiles(result);
    }
    begun = true;
    try {
      Files.createDirectory(staged);
    } catch (NoSuchFileException e) {
      Files.createDirectories(staged);
    } catch (FileAlreadyExistsException e) {
      // A run that was killed has left it behind.
      delete(staged);
      Files.createDirectory(staged);
    }
    return CompleteFiles.hidden(staged);
  }

  /** Everything is written. */
  void complete() throws IOException {
    if (begun) {
      Files.move(staged, result, StandardCopyOption.ATOMIC_MOVE);
      begun = false;
    }
  }

  /** Removes what was begun and cannot be completed. */
  void abandon() throws IOException {
    if (begun) {
      delete(staged);
      begun = false;
    }
  }

  /** Removes the place of incomplete results from a folder, unless there are some left in it. */
  static void tidy(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder.resolve(STAGING));
    } catch (DirectoryNotEmptyException e) {
      // Another batch that writes into the same folder is at work, or was killed there.
    }
  }

  private static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
