package org.schedlab.report;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files into a folder. Each is written under a temporary name and renamed when it is
 * complete, so that a killed run leaves no half file under a final name.
 */
final class CompleteFiles {
  private final Path folder;

  CompleteFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the bytes of a file. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Writes the text of a file. */
  interface Text {
    void write(Appendable out) throws IOException;
  }

  void file(String name, Content content) throws IOException {
    Path target = folder.resolve(name);
    Path temporary = folder.resolve(name + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
      content.write(out);
    }
    Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
  }

  void text(String name, Text text) throws IOException {
    file(
        name,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          text.write(writer);
          writer.flush();
        });
  }
}
