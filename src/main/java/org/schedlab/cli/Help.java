package org.schedlab.cli;

import java.io.PrintStream;
import java.util.List;
import org.apache.commons.cli.Option;

/** Prints what the commands are and what each understands. */
final class Help {
  private Help() {}

  static void print(List<Command> commands, PrintStream out) {
    out.print("schedlab: a deterministic simulator of operating-system scheduling\n\n");
    for (Command command : commands) {
      out.print("  schedlab " + command.name() + " " + command.arguments() + "\n");
      out.print("      " + command.summary() + "\n");
    }
    out.print(
        "\nschedlab help COMMAND tells more. Exit status: 0 all right; 1 something that the\n");
    out.print(
        "scenario checks failed, or threads are stuck; 2 bad usage or bad input; 3 an internal error.\n");
  }

  static void print(Command command, PrintStream out) {
    out.print("usage: schedlab " + command.name() + " " + command.arguments() + "\n\n");
    out.print(command.summary() + "\n");
    for (Option option : command.options().getOptions()) {
      String names =
          option.getOpt() == null
              ? "--" + option.getLongOpt()
              : "-" + option.getOpt() + ", --" + option.getLongOpt();
      String argument = option.hasArg() ? " " + option.getArgName() : "";
      out.print("\n  " + names + argument + "\n      " + option.getDescription() + "\n");
    }
  }
}
