package org.schedlab.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files into a folder, so that a killed run leaves no half file under a final name. In a
 * folder that people look at, each file is written under a temporary name and renamed when it is
 * complete. A folder that is hidden until all its files are complete needs none of that.
 */
public final class CompleteFiles {
  private final Path folder;
  private final boolean hidden;

  /**
   * Writes into a folder that may be looked at meanwhile, and may hold older files.
   *
   * @param folder which must exist when a file is written
   */
  public CompleteFiles(Path folder) {
    this(folder, false);
  }

  private CompleteFiles(Path folder, boolean hidden) {
    this.folder = folder;
    this.hidden = hidden;
  }

  /**
   * Writes into a new folder that nobody takes for a result until its owner gives it its final
   * name.
   *
   * @param folder which must exist when a file is written
   */
  public static CompleteFiles hidden(Path folder) {
    return new CompleteFiles(folder, true);
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Says whether the folder may hold files of an earlier run. */
  boolean isUsed() {
    return !hidden && Files.isDirectory(folder);
  }

  /** Writes the bytes of a file. */
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Writes the text of a file. */
  public interface Text {
    void write(Appendable out) throws IOException;
  }

  /** Writes a file of that name. */
  public void file(String name, Content content) throws IOException {
    write(
        name,
        stream -> {
          OutputStream out = new BufferedOutputStream(stream);
          content.write(out);
          out.flush();
        });
  }

  /** Writes a file of that name in UTF-8. */
  public void text(String name, Text text) throws IOException {
    write(
        name,
        stream -> {
          Utf8Text out = new Utf8Text(stream);
          text.write(out);
          out.flush();
        });
  }

  private void write(String name, Content content) throws IOException {
    Path target = folder.resolve(name);
    if (hidden) {
      try (OutputStream out = Files.newOutputStream(target)) {
        content.write(out);
      }
      return;
    }
    Path temporary = folder.resolve(name + ".part");
    try (OutputStream out = Files.newOutputStream(temporary)) {
      content.write(out);
    }
    try {
      // Takes the place of an older file in one step: at no moment is there none.
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
