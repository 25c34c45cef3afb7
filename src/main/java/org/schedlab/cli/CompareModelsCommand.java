package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.program.RuntimeKind;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** {@code schedlab compare-models}: the same work as processes, threads and coroutines. */
final class CompareModelsCommand implements Command {
  private static final int MOST_TASKS = 1_000_000;

  @Override
  public String name() {
    return "compare-models";
  }

  @Override
  public String arguments() {
    return "SCENARIO.yaml [-o DIR] [--format text|json|none] [--models M,...] [--sweep NAME=N,...]"
        + " [--runtime R] [--policy P] [--quantum D] [--seed N] [--set PATH=VALUE]... [--no-charts]";
  }

  @Override
  public String summary() {
    return "Does the same work by processes, threads and coroutines: one table and one chart.";
  }

  @Override
  public Options options() {
    return RunCommand.changes(new Options())
        .addOption(
            Main.option("o", "output", "DIR", "output folder; default output/<scenario name>"))
        .addOption(
            Main.option(null, "format", "FORMAT", "what to print: text (default), json or none"))
        .addOption(
            Main.option(
                null, "models", "MODELS", "which models: process,thread,coroutine (default: all)"))
        .addOption(
            Main.option(
                null,
                "sweep",
                "NAME=COUNTS",
                "run with different counts of one process, thread or coroutine, such as"
                    + " connection=1,10,100"))
        .addOption(
            Main.option(null, "runtime", "RUNTIME", "what schedules the coroutines: " + runtimes()))
        .addOption(Main.option(null, "no-charts", null, "draw no charts"));
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    if (line.getArgList().size() != 1) {
      throw new UsageException("compare-models takes one scenario file");
    }
    String format = RunCommand.format(line);
    Path file = FileNames.path(line.getArgList().get(0));
    Overrides overrides = RunCommand.overrides(line);
    Scenario scenario = read(file, overrides);
    Comparison comparison =
        scenario.comparison() == null ? Comparison.OF_ALL : scenario.comparison();
    return new ModelRunner(file, overrides, scenario, asked(line, comparison))
        .run(line, format, console);
  }

  private static String runtimes() {
    return String.join(", ", Arrays.stream(RuntimeKind.values()).map(RuntimeKind::key).toList());
  }

  private static Scenario read(Path file, Overrides overrides)
      throws InvalidScenarioException, UnusableFileException {
    try {
      return ScenarioReader.read(file, overrides);
    } catch (IOException e) {
      throw FileNames.unreadable(file, e);
    }
  }

  /** Returns the comparison that the options ask for; what they leave out is the scenario's. */
  private static Comparison asked(CommandLine line, Comparison comparison) throws UsageException {
    Comparison asked = comparison;
    if (line.hasOption("models")) {
      asked = asked.withModels(models(line.getOptionValue("models")));
    }
    if (line.hasOption("sweep")) {
      if (line.getOptionValues("sweep").length > 1) {
        throw new UsageException("--sweep is given more than once; a comparison varies one count");
      }
      asked = withSweep(asked, line.getOptionValue("sweep"));
    }
    if (line.hasOption("runtime")) {
      String key = line.getOptionValue("runtime");
      asked =
          asked.withRuntime(
              RuntimeKind.named(key)
                  .orElseThrow(
                      () ->
                          new UsageException(
                              "there is no runtime '" + key + "'; there are: " + runtimes())));
    }
    return asked;
  }

  private static List<ExecutionModel> models(String text) throws UsageException {
    List<ExecutionModel> models = new ArrayList<>();
    for (String key : text.split(",", -1)) {
      models.add(
          ExecutionModel.named(key.strip())
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--models is process, thread or coroutine, or several with commas, not '"
                              + text
                              + "'")));
    }
    return models;
  }

  private static Comparison withSweep(Comparison comparison, String text) throws UsageException {
    int equals = text.lastIndexOf('=');
    String usage =
        "--sweep has the form NAME=COUNTS, such as connection=1,10,100, not '" + text + "'";
    if (equals <= 0) {
      throw new UsageException(usage);
    }
    List<Integer> counts = new ArrayList<>();
    for (String number : text.substring(equals + 1).split(",", -1)) {
      try {
        int count = Integer.parseInt(number.strip());
        if (count < 1 || count > MOST_TASKS) {
          throw new UsageException("--sweep counts from 1 to " + MOST_TASKS + ", not " + count);
        }
        counts.add(count);
      } catch (NumberFormatException e) {
        throw new UsageException(usage);
      }
    }
    return comparison.withSweep(text.substring(0, equals).strip(), counts);
  }
}
