package org.schedlab.report;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files into a folder. Each is written under a temporary name and renamed when it is
 * complete, so that a killed run leaves no half file under a final name.
 */
public final class CompleteFiles {
  private final Path folder;

  /**
   * @param folder which must exist
   */
  public CompleteFiles(Path folder) {
    this.folder = folder;
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
    Path target = folder.resolve(name);
    Path temporary = folder.resolve(name + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
      content.write(out);
    }
    try {
      // Takes the place of an older file in one step: at no moment is there none.
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Writes a file of that name in UTF-8. */
  public void text(String name, Text text) throws IOException {
    file(
        name,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          text.write(writer);
          writer.flush();
        });
  }
}
