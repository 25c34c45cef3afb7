package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.experiment.AlternativeTrials;
import org.schedlab.experiment.AlternativeTrials.Alternative;
import org.schedlab.report.ChartFailedException;
import org.schedlab.report.RunComparison;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** {@code schedlab compare}: one workload under several policies or values, one table and chart. */
final class CompareCommand implements Command {
  private static final int MOST_REPLICATIONS = 100_000;

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String arguments() {
    return "SCENARIO.yaml --policies A,B:quantum=2,C | --values PATH=V1,V2 [--replications N]"
        + " [--confidence P] [-o DIR] [-j N] [--format text|json|none] [--quantum D] [--seed N]"
        + " [--set PATH=VALUE]... [--no-charts]";
  }

  @Override
  public String summary() {
    return "Runs a scenario under several policies or values and compares, with intervals.";
  }

  @Override
  public Options options() {
    Options options = new Options();
    RunCommand.changes(new Options()).getOptions().stream()
        .filter(option -> !"policy".equals(option.getLongOpt()))
        .forEach(options::addOption);
    return options
        .addOption(
            Main.option(
                null,
                "policies",
                "NAMES",
                "policies to compare, with parameters behind a colon: fcfs,round-robin:quantum=2"))
        .addOption(
            Main.option(
                null,
                "values",
                "PATH=V1,V2",
                "values of one setting to compare, such as scheduler.quantum=1,2,4"))
        .addOption(
            Main.option(
                null,
                "replications",
                "N",
                "runs of each, with the seeds that follow each other; default 1"))
        .addOption(Main.option(null, "confidence", "P", "of intervals and tests; default 0.95"))
        .addOption(
            Main.option("o", "output", "DIR", "output folder; default output/<scenario name>"))
        .addOption(Main.option("j", "jobs", "N", "how many runs side by side; default: the CPUs"))
        .addOption(
            Main.option(null, "format", "FORMAT", "what to print: text (default), json or none"))
        .addOption(Main.option(null, "no-charts", null, "write no charts"));
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    if (line.getArgList().size() != 1) {
      throw new UsageException("compare takes one scenario file");
    }
    String format = RunCommand.format(line);
    Path file = FileNames.path(line.getArgList().get(0));
    // What the scenario states of its own run cannot hold of others.
    Overrides overrides = RunCommand.overrides(line).with("expect={}");
    Scenario scenario = read(file, overrides);
    if (scenario.comparison() != null) {
      throw new UsageException(
          "the scenario has `models` to compare; that is done by schedlab compare-models " + file);
    }
    List<Alternative> alternatives = alternatives(line, overrides);
    int replications = (int) number(line, "replications", 1, MOST_REPLICATIONS);
    double confidence = confidence(line);
    RunComparison comparison =
        new RunComparison(
            scenario,
            alternatives.stream().map(Alternative::label).toList(),
            scenario.seed(),
            replications,
            confidence);
    try (ProgressLine progress = new ProgressLine(console, replications * alternatives.size())) {
      new AlternativeTrials(file, alternatives, scenario.seed(), replications)
          .run(BatchCommand.workers(line), comparison, progress::done);
    } catch (AlternativeTrials.Refused e) {
      throw e.cause();
    }
    return show(comparison, line, scenario, format, console);
  }

  private static int show(
      RunComparison comparison, CommandLine line, Scenario scenario, String format, Console console)
      throws IOException, UnusableFileException {
    Path folder = FileNames.path(line.getOptionValue("output", "output/" + scenario.name()));
    try {
      comparison.writeFolder(folder, !line.hasOption("no-charts"));
    } catch (ChartFailedException e) {
      console.err().print("schedlab: " + e.getMessage() + "\n");
    } catch (IOException e) {
      throw FileNames.unwritable(folder, e);
    }
    comparison
        .failures()
        .forEach(failure -> console.err().print(scenario.file() + ": FAILED  " + failure + "\n"));
    switch (format) {
      case "text" -> {
        comparison.printTerminal(console.out(), console.showsUnicode());
        console.out().print("\nWritten to " + folder + "\n");
      }
      case "json" -> comparison.writeJson(console.out());
      default -> {}
    }
    return comparison.failures().isEmpty() ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
  }

  private static Scenario read(Path file, Overrides overrides)
      throws InvalidScenarioException, UnusableFileException {
    try {
      return ScenarioReader.read(file, overrides);
    } catch (IOException e) {
      throw FileNames.unreadable(file, e);
    }
  }

  private static List<Alternative> alternatives(CommandLine line, Overrides overrides)
      throws UsageException {
    if (line.hasOption("policies") == line.hasOption("values")) {
      throw new UsageException("compare takes --policies or --values");
    }
    List<Alternative> alternatives = new ArrayList<>();
    if (line.hasOption("policies")) {
      for (String policy : split(line.getOptionValue("policies"), ',')) {
        List<String> parts = split(policy, ':');
        Overrides changed = overrides.withPolicy(parts.get(0).strip());
        for (String parameter : parts.subList(1, parts.size())) {
          changed = changed.with("scheduler." + parameter.strip());
        }
        alternatives.add(new Alternative(policy.strip(), changed));
      }
    } else {
      String text = line.getOptionValue("values");
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw new UsageException("--values takes PATH=V1,V2, such as scheduler.quantum=1,2,4");
      }
      String path = text.substring(0, equals).strip();
      for (String value : split(text.substring(equals + 1), ',')) {
        String setting = path + "=" + value.strip();
        alternatives.add(new Alternative(setting, overrides.with(setting)));
      }
    }
    if (alternatives.size() < 2) {
      throw new UsageException("a comparison needs two alternatives, with a comma between them");
    }
    long different = alternatives.stream().map(Alternative::label).distinct().count();
    if (different < alternatives.size()) {
      throw new UsageException("an alternative stands there twice");
    }
    return alternatives;
  }

  /** Splits at a sign that does not stand within brackets or braces. */
  static List<String> split(String text, char at) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += "[{(".indexOf(c) >= 0 ? 1 : "]})".indexOf(c) >= 0 ? -1 : 0;
      if (c == at && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static long number(CommandLine line, String option, long otherwise, long most)
      throws UsageException {
    String text = line.getOptionValue(option, Long.toString(otherwise));
    try {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(
        "--" + option + " is a whole number from 1 to " + most + ", not '" + text + "'");
  }

  private static double confidence(CommandLine line) throws UsageException {
    String text = line.getOptionValue("confidence", "0.95");
    try {
      double confidence = Double.parseDouble(text);
      if (confidence > 0 && confidence < 1) {
        return confidence;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException("--confidence lies between 0 and 1, such as 0.95; not '" + text + "'");
  }
}
