package org.schedlab.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.schedlab.scenario.Diagnostic;

/**
 * The two streams of a command, in UTF-8 whatever the locale: results go to {@code out}, everything
 * else to {@code err}.
 */
final class Console {
  private static final int DEFAULT_WIDTH = 100;
  private static final int MIN_WIDTH = 40;
  private static final int MAX_WIDTH = 400;

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Console(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
  }

  /** Returns the console of this process. */
  static Console system() {
    return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), System.getenv());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  void flush() {
    out.flush();
    err.flush();
  }

  /** Prints what is wrong with a scenario: {@code FILE:LINE:COLUMN: message}, line and caret. */
  void print(Diagnostic diagnostic) {
    StringBuilder place = new StringBuilder(diagnostic.file());
    if (diagnostic.line() > 0) {
      place.append(':').append(diagnostic.line()).append(':').append(diagnostic.column());
    }
    err.print(place + ": " + diagnostic.message() + "\n");
    if (!diagnostic.snippet().isEmpty()) {
      err.print(diagnostic.snippet() + "\n");
    }
  }

  /** Returns the width of the window in characters; the launcher tells it in COLUMNS. */
  int width() {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
      return Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, columns));
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }

  /** Says whether the terminal shows more than ASCII: not one that calls itself dumb. */
  boolean showsUnicode() {
    return !environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT).equals("dumb");
  }
}
