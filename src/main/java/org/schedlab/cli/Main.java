package org.schedlab.cli;

import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;

/** The command line's entry point: finds the command and turns what goes wrong into a status. */
public final class Main {
  private static final List<Command> COMMANDS =
      List.of(
          new RunCommand(),
          new ValidateCommand(),
          new PoliciesCommand(),
          new CostsCommand(),
          new TranslateCommand());

  private final Console console;

  Main(Console console) {
    this.console = console;
  }

  public static void main(String[] args) {
    // Charts are drawn into files; no display is ever needed.
    System.setProperty("java.awt.headless", "true");
    Console console = Console.system();
    int status = new Main(console).run(args);
    console.flush();
    System.exit(status);
  }

  /** Runs a command line; returns the exit status. */
  int run(String... args) {
    if (args.length == 0) {
      printUsage();
      return ExitStatus.BAD_INPUT;
    }
    switch (args[0]) {
      case "help", "--help", "-h" -> {
        return help(args);
      }
      case "version", "--version" -> {
        console.out().print("schedlab " + version() + "\n");
        return ExitStatus.OK;
      }
      default -> {}
    }
    Command command = find(args[0]);
    if (command == null) {
      complain("there is no command '" + args[0] + "'" + didYouMean(args[0]) + "; " + known());
      return ExitStatus.BAD_INPUT;
    }
    return run(command, List.of(args).subList(1, args.length).toArray(String[]::new));
  }

  private int run(Command command, String[] args) {
    if (List.of(args).contains("--help")) {
      Help.print(command, console.out());
      return ExitStatus.OK;
    }
    try {
      CommandLine line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .get()
              .parse(command.options(), args);
      return command.run(line, console);
    } catch (ParseException | UsageException e) {
      complain(e.getMessage());
      console.err().print("usage: schedlab " + command.name() + " " + command.arguments() + "\n");
      return ExitStatus.BAD_INPUT;
    } catch (InvalidScenarioException e) {
      for (Diagnostic diagnostic : e.diagnostics()) {
        console.print(diagnostic);
      }
      return ExitStatus.BAD_INPUT;
    } catch (NoSuchFileException e) {
      complain("there is no file " + e.getFile());
      return ExitStatus.BAD_INPUT;
    } catch (java.io.IOException e) {
      complain(e.getClass().getSimpleName() + ": " + e.getMessage());
      return ExitStatus.BAD_INPUT;
    } catch (OutOfMemoryError e) {
      complain("out of memory; give it more: SCHEDLAB_OPTS=-Xmx8g schedlab " + command.name());
      return ExitStatus.INTERNAL_ERROR;
    } catch (Exception | StackOverflowError e) {
      BugReport.print(e, command, args, version(), console.err());
      return ExitStatus.INTERNAL_ERROR;
    }
  }

  private int help(String[] args) {
    Command command = args.length > 1 ? find(args[1]) : null;
    if (args.length > 1 && command == null) {
      complain("there is no command '" + args[1] + "'" + didYouMean(args[1]) + "; " + known());
      return ExitStatus.BAD_INPUT;
    }
    if (command == null) {
      Help.print(COMMANDS, console.out());
    } else {
      Help.print(command, console.out());
    }
    return ExitStatus.OK;
  }

  private void printUsage() {
    Help.print(COMMANDS, console.err());
  }

  private void complain(String message) {
    console.err().print("schedlab: " + message + "\n");
  }

  private static Command find(String name) {
    return COMMANDS.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  private static String known() {
    return "the commands are "
        + String.join(", ", COMMANDS.stream().map(Command::name).toList())
        + " and help";
  }

  private static String didYouMean(String word) {
    return COMMANDS.stream()
        .map(Command::name)
        .filter(name -> name.startsWith(word) || word.startsWith(name))
        .findFirst()
        .map(name -> " (did you mean '" + name + "'?)")
        .orElse("");
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }

  /** Makes an option; {@code argument} is null for one that takes none. */
  static Option option(String letter, String word, String argument, String meaning) {
    Option.Builder builder = Option.builder(letter).longOpt(word).desc(meaning);
    return argument == null ? builder.get() : builder.hasArg().argName(argument).get();
  }
}
