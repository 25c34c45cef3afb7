package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.schedlab.policy.UserPolicies;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.yaml.Spelling;

/** The command line's entry point: finds the command and turns what goes wrong into a status. */
public final class Main {
  private static final List<Command> BUILT_IN =
      List.of(
          new RunCommand(),
          new BatchCommand(),
          new CompareCommand(),
          new SweepCommand(),
          new CompareModelsCommand(),
          new ValidateCommand(),
          new PoliciesCommand(),
          new CheckPolicyCommand(),
          new CostsCommand(),
          new TranslateCommand(),
          new ExploreCommand());

  private final Console console;
  private final List<Command> commands;

  Main(Console console) {
    this.console = console;
    this.commands = BUILT_IN;
  }

  /** Makes one in which a command takes the place of that of the same name. */
  Main(Console console, Command other) {
    this.console = console;
    this.commands =
        BUILT_IN.stream()
            .map(command -> command.name().equals(other.name()) ? other : command)
            .toList();
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
    int status = dispatch(args);
    IOException lost = console.lostOutput();
    if (lost == null || status == ExitStatus.INTERNAL_ERROR) {
      return status;
    }
    complain("the output could not be written: " + lost.getMessage());
    return ExitStatus.BAD_INPUT;
  }

  private int dispatch(String... args) {
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
      complain(unknown(args[0]));
      return ExitStatus.BAD_INPUT;
    }
    return run(command, List.of(args).subList(1, args.length).toArray(String[]::new));
  }

  private int run(Command command, String[] args) {
    if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
      Help.print(command, console.out());
      return ExitStatus.OK;
    }
    try {
      CommandLine line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .get()
              .parse(command.options(), args);
      boolean names = line.hasOption("policy") || line.hasOption("policies");
      List<String> policies = names ? PolicyProcess.files(line) : List.of();
      if (!policies.isEmpty()) {
        List<String> all = new ArrayList<>(List.of(command.name()));
        all.addAll(List.of(args));
        return new PolicyProcess(console, PolicyLimits.of(line), policies).run(all);
      }
      return command.run(line, console);
    } catch (ParseException | UsageException e) {
      complain(e.getMessage() + meantOption(command, e));
      console.err().print("usage: schedlab " + command.name() + " " + command.arguments() + "\n");
      return ExitStatus.BAD_INPUT;
    } catch (InvalidScenarioException e) {
      for (Diagnostic diagnostic : e.diagnostics()) {
        console.print(diagnostic);
      }
      return ExitStatus.BAD_INPUT;
    } catch (UnusableFileException e) {
      complain(e.getMessage());
      return ExitStatus.BAD_INPUT;
    } catch (NoSuchFileException e) {
      complain("there is no file " + e.getFile());
      return ExitStatus.BAD_INPUT;
    } catch (IOException e) {
      complain("cannot read or write: " + e.getMessage());
      return ExitStatus.BAD_INPUT;
    } catch (OutOfMemoryError e) {
      if (UserPolicies.areLoaded()) {
        complain("out of memory, which your policy may hold; give more: --policy-memory MB");
        return ExitStatus.BAD_INPUT;
      }
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
      complain(unknown(args[1]));
      return ExitStatus.BAD_INPUT;
    }
    if (command == null) {
      Help.print(commands, console.out());
    } else {
      Help.print(command, console.out());
    }
    return ExitStatus.OK;
  }

  private void printUsage() {
    Help.print(commands, console.err());
  }

  private void complain(String message) {
    console.err().print("schedlab: " + message + "\n");
  }

  private Command find(String name) {
    return commands.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  private String unknown(String name) {
    List<String> names = new ArrayList<>(commands.stream().map(Command::name).toList());
    names.addAll(List.of("help", "version"));
    return "there is no command '" + name + "'" + Spelling.suggestion(name, names, "commands");
  }

  private static String meantOption(Command command, Exception problem) {
    if (!(problem instanceof UnrecognizedOptionException unrecognized)) {
      return "";
    }
    List<String> words = new ArrayList<>(List.of("--help"));
    command.options().getOptions().forEach(option -> words.add("--" + option.getLongOpt()));
    return Spelling.suggestion(unrecognized.getOption(), words);
  }

  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }

  /** Makes an option; {@code argument} is null for one that takes none. */
  static Option option(String letter, String word, String argument, String meaning) {
    Option.Builder builder = Option.builder(letter).longOpt(word).desc(meaning);
    return argument == null ? builder.get() : builder.hasArg().argName(argument).get();
  }
}
