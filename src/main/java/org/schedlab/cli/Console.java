package org.schedlab.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

  private final Sink sink;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Console(OutputStream out, OutputStream err, Map<String, String> environment) {
    this.sink = new Sink(out);
    this.out = new PrintStream(sink, false, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, false, StandardCharsets.UTF_8);
    this.environment = Map.copyOf(environment);
  }

  /** Returns the console of this process. */
  static Console system() {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    return new Console(out, err, System.getenv());
  }

  /** Keeps the first error, which a {@link PrintStream} swallows. */
  private static final class Sink extends FilterOutputStream {
    private IOException failure;

    Sink(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      if (failure == null) {
        try {
          out.write(bytes, from, length);
        } catch (IOException e) {
          failure = e;
        }
      }
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
  }

  /**
   * Writes out what is buffered and returns why a part of the results got lost, or null. A reader
   * that has read enough, such as {@code head}, loses nothing.
   */
  IOException lostOutput() {
    out.flush();
    IOException failure = sink.failure;
    boolean closed = failure != null && String.valueOf(failure.getMessage()).contains("roken pipe");
    return closed ? null : failure;
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
    err.print(diagnostic.place() + ": " + diagnostic.message() + "\n");
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

  /** Says whether messages go to a terminal; the launcher tells it in SCHEDLAB_TERMINAL. */
  boolean isTerminal() {
    return environment.containsKey("SCHEDLAB_TERMINAL");
  }

  /** Says whether the terminal shows more than ASCII: not one that calls itself dumb. */
  boolean showsUnicode() {
    return !environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT).equals("dumb");
  }
}
