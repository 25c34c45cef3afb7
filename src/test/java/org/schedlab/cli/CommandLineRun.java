package org.schedlab.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command line gives, run in this JVM on a terminal 100 characters wide.
 *
 * @param status the exit status
 * @param out what it printed
 * @param err its complaints
 */
record CommandLineRun(int status, String out, String err) {
  static CommandLineRun of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            Map.of("COLUMNS", "100", "TERM", "xterm"));
    int status = new Main(console).run(args);
    console.flush();
    return new CommandLineRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
