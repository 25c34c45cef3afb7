package org.schedlab.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** The policy that users begin with: the example of the documentation under another name. */
final class PolicyTemplate {
  private static final String EXAMPLE = "TurnTaking";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  private PolicyTemplate() {}

  /** Writes it to a file that is not there yet, under the file's name. */
  static int write(Path file, Console console)
      throws IOException, UsageException, UnusableFileException {
    String fileName = file.getFileName().toString();
    String name = fileName.replaceFirst("\\.java$", "");
    if (name.equals(fileName) || !NAME.matcher(name).matches()) {
      throw new UsageException("a template is written to a file such as MyPolicy.java");
    }
    String text;
    try (InputStream in =
        PolicyTemplate.class.getResourceAsStream("/docs/examples/" + EXAMPLE + ".java")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace(EXAMPLE, name);
    }
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new UnusableFileException(file + " is there already");
    } catch (IOException e) {
      throw FileNames.unwritable(file.toAbsolutePath().getParent(), e);
    }
    console.out().print("Written to " + file + "; run it with --policy " + file + "\n");
    return ExitStatus.OK;
  }
}
