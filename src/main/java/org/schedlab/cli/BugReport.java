package org.schedlab.cli;

import java.io.PrintStream;

/** What an internal error prints: a request to report it, and all that is needed to replay it. */
final class BugReport {
  private BugReport() {}

  static void print(
      Throwable bug, Command command, String[] args, String version, PrintStream err) {
    err.print("schedlab: an internal error; please report it with the scenario and these lines:\n");
    err.print("  schedlab " + version + ", Java " + System.getProperty("java.version") + "\n");
    err.print("  schedlab " + command.name() + " " + String.join(" ", args) + "\n");
    for (Throwable cause = bug; cause != null; cause = cause.getCause()) {
      err.print("  " + cause + "\n");
      StackTraceElement[] frames = cause.getStackTrace();
      for (int i = 0; i < Math.min(8, frames.length); i++) {
        err.print("    at " + frames[i] + "\n");
      }
    }
  }
}
