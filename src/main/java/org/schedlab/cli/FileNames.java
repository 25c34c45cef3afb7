package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Files as the user names them, and in plain words what is wrong with them. */
final class FileNames {
  private FileNames() {}

  /**
   * Returns the path of that name.
   *
   * @throws UnusableFileException if this system has no file of such a name
   */
  static Path path(String name) throws UnusableFileException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      boolean ascii = name.chars().allMatch(c -> c < 128);
      String hint =
          ascii
              ? "no file can have such a name"
              : "this locale cannot write the name; set LC_ALL=C.UTF-8";
      throw new UnusableFileException("cannot use '" + printable(name) + "': " + hint);
    }
  }

  private static String printable(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints().forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return text.toString();
  }

  /** Says why a file was not read. */
  static UnusableFileException unreadable(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new UnusableFileException("there is no file " + file);
    }
    String why = Files.isDirectory(file) ? "it is a folder" : reason(cause);
    return new UnusableFileException("cannot read " + file + ": " + why);
  }

  /** Says why the files of a run were not written. */
  static UnusableFileException unwritable(Path folder, IOException cause) {
    String start = "cannot write to folder " + folder + ": ";
    for (Path above = folder; above != null; above = above.getParent()) {
      if (Files.isRegularFile(above)) {
        String which = above.equals(folder) ? "it" : above.toString();
        return new UnusableFileException(start + which + " is a file");
      }
    }
    String why = reason(cause);
    if (cause instanceof FileSystemException at && at.getFile() != null) {
      Path file = Path.of(at.getFile());
      if (!file.equals(folder)) {
        why = file + ": " + why;
      }
    }
    return new UnusableFileException(start + why);
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
      return "it is a file";
    }
    if (cause instanceof NoSuchFileException) {
      return "it cannot be made there";
    }
    String reason =
        cause instanceof FileSystemException failed ? failed.getReason() : cause.getMessage();
    return reason == null ? "the system does not say why" : reason;
  }
}
