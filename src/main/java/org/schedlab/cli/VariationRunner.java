package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.experiment.Trial;
import org.schedlab.report.ChartFailedException;
import org.schedlab.report.Variations;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/**
 * Runs a scenario under its scheduler again and again, with another quantum, seed, policy or
 * arrival each time: which of them show the bug?
 */
final class VariationRunner {
  private static final Pattern RANGE = Pattern.compile("(-?\\d+)\\.\\.(-?\\d+)(?::(\\d+))?");
  private static final int MOST_RUNS = 100_000;

  /** What can be varied, by the option that says so. */
  private static final List<String> OPTIONS = List.of("quanta", "seeds", "policies", "arrivals");

  private final Path file;
  private final Overrides overrides;

  /** A value, and what it changes. */
  private record Change(String value, Overrides overrides) {}

  VariationRunner(Path file, Overrides overrides) {
    this.file = file;
    // What the scenario states of its own run cannot hold of others.
    this.overrides = overrides.with("expect={}");
  }

  /** Adds the options that ask for it. */
  static Options addTo(Options options) {
    return options
        .addOption(
            Main.option(
                null,
                "quanta",
                "RANGE",
                "run with each quantum of a range, such as 1..50 or 10..100:10"))
        .addOption(Main.option(null, "seeds", "RANGE", "run with each seed of a range"))
        .addOption(Main.option(null, "policies", "NAMES", "run under each of these policies"))
        .addOption(
            Main.option(
                null,
                "arrivals",
                "NAME=RANGE",
                "run with each arrival of a process from a range, such as P2=0..20"));
  }

  /** Says whether the command line asks for it. */
  static boolean isAsked(CommandLine line) {
    return OPTIONS.stream().anyMatch(line::hasOption);
  }

  /** Runs all, writes the files and prints; returns the exit status. */
  int run(CommandLine line, String format, Console console)
      throws InvalidScenarioException, IOException, UnusableFileException, UsageException {
    if (OPTIONS.stream().filter(line::hasOption).count() > 1) {
      throw new UsageException(
          "only one of --quanta, --seeds, --policies and --arrivals at a time");
    }
    Scenario scenario = read(overrides);
    String what;
    List<Change> changes;
    if (line.hasOption("quanta")) {
      what = "quantum";
      changes = range("quanta", line.getOptionValue("quanta"), n -> overrides.withQuantum("" + n));
    } else if (line.hasOption("seeds")) {
      what = "seed";
      changes = range("seeds", line.getOptionValue("seeds"), overrides::withSeed);
    } else if (line.hasOption("policies")) {
      what = "policy";
      changes = new ArrayList<>();
      for (String policy : line.getOptionValue("policies").split(",")) {
        changes.add(new Change(policy, overrides.withPolicy(policy)));
      }
    } else {
      String[] parts = line.getOptionValue("arrivals").split("=", 2);
      if (parts.length != 2 || parts[0].isEmpty()) {
        throw new UsageException("--arrivals takes a process and its arrivals, such as P2=0..20");
      }
      what = "arrival of " + parts[0];
      String path = "processes." + parts[0] + ".arrival=";
      changes = range("arrivals", parts[1], n -> overrides.with(path + n));
    }
    Variations variations = new Variations(scenario, what);
    for (Change change : changes) {
      Scenario changed = read(change.overrides());
      variations.add(change.value(), Trial.run(file, changed, Set.of()));
    }
    return show(variations, scenario, line, format, console);
  }

  private static int show(
      Variations variations, Scenario scenario, CommandLine line, String format, Console console)
      throws IOException, UnusableFileException {
    Path folder = FileNames.path(line.getOptionValue("output", "output/" + scenario.name()));
    try {
      variations.writeFolder(folder, !line.hasOption("no-charts"));
    } catch (ChartFailedException e) {
      console.err().print("schedlab: " + e.getMessage() + "\n");
    } catch (IOException e) {
      throw FileNames.unwritable(folder, e);
    }
    if (format.equals("text")) {
      variations.printTerminal(console.out(), console.showsUnicode());
      console.out().print("\nWritten to " + folder + "\n");
    } else if (format.equals("json")) {
      variations.writeJson(console.out());
    }
    console.out().flush();
    return variations.failing() == 0 ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
  }

  private Scenario read(Overrides changes)
      throws InvalidScenarioException, IOException, UnusableFileException {
    try {
      return ScenarioReader.read(file, changes);
    } catch (IOException e) {
      throw FileNames.unreadable(file, e);
    }
  }

  private static List<Change> range(String option, String text, LongFunction<Overrides> change)
      throws UsageException {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new UsageException(
          "--"
              + option
              + " takes a range such as 1..50, or 10..100:10 by tens, not '"
              + text
              + "'");
    }
    List<Change> changes = new ArrayList<>();
    try {
      long from = Long.parseLong(range.group(1));
      long to = Long.parseLong(range.group(2));
      long step = range.group(3) == null ? 1 : Long.parseLong(range.group(3));
      if (step == 0 || to < from || (to - from) / step >= MOST_RUNS) {
        throw new UsageException(
            "--"
                + option
                + " takes 1 to "
                + MOST_RUNS
                + " values, ascending; '"
                + text
                + "' has not");
      }
      for (long value = from; value <= to; value += step) {
        changes.add(new Change(Long.toString(value), change.apply(value)));
      }
    } catch (NumberFormatException e) {
      throw new UsageException("--" + option + " has a number that is too large: '" + text + "'");
    }
    return changes;
  }
}
