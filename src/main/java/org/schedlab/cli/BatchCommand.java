package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.experiment.BatchRun;
import org.schedlab.experiment.Workers;
import org.schedlab.report.BatchRow.Status;
import org.schedlab.report.BatchSummary;
import org.schedlab.scenario.yaml.ExperimentReader;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** {@code schedlab batch}: many scenarios side by side, a folder of results each. */
final class BatchCommand implements Command {
  @Override
  public String name() {
    return "batch";
  }

  @Override
  public String arguments() {
    return "PATH... -o DIR [-j N] [--resume] [--charts] [--policy P] [--quantum D] [--seed N]"
        + " [--set PATH=VALUE]...";
  }

  @Override
  public String summary() {
    return "Runs many scenarios: files, folders, patterns; a folder of results each, one summary.";
  }

  @Override
  public Options options() {
    return workers(RunCommand.changes(new Options()))
        .addOption(
            Main.option("o", "output", "DIR", "output folder, with a folder for each scenario"))
        .addOption(Main.option(null, "charts", null, "draw gantt.png and gantt.svg of each, too"));
  }

  /** Adds the options of commands that do many runs. */
  static Options workers(Options options) {
    return options
        .addOption(
            Main.option("j", "jobs", "N", "how many runs side by side; default: the CPUs' number"))
        .addOption(
            Main.option(
                null,
                "resume",
                null,
                "keep complete results of the same files, options and version; run what is"
                    + " missing"));
  }

  /** Returns how many runs are to be done side by side. */
  static int workers(CommandLine line) throws UsageException {
    if (!line.hasOption("jobs")) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int workers = Integer.parseInt(line.getOptionValue("jobs"));
      if (workers >= 1 && workers <= 1_024) {
        return workers;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(
        "--jobs is a whole number from 1 to 1024, not '" + line.getOptionValue("jobs") + "'");
  }

  /** Returns the folder that must be named. */
  static Path folder(CommandLine line, String what) throws UsageException, UnusableFileException {
    String folder = line.getOptionValue("output", "");
    if (folder.isEmpty()) {
      throw new UsageException(what + " needs -o DIR, the folder for the results");
    }
    return FileNames.path(folder);
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    if (line.getArgList().isEmpty()) {
      throw new UsageException("batch takes at least one file, folder or pattern");
    }
    Path folder = folder(line, "batch");
    Overrides overrides = RunCommand.overrides(line);
    if (overrides.settings().stream().anyMatch(setting -> setting.startsWith("name="))) {
      throw new UsageException("--set name would give every scenario of the batch the same name");
    }
    List<Path> files = ScenarioFiles.found(line.getArgList());
    List<BatchRun.Entry> entries = entries(files);
    if (entries.isEmpty()) {
      throw new UsageException("there are only experiments; schedlab sweep runs them");
    }
    BatchRun run =
        new BatchRun(
            folder, overrides, line.hasOption("charts"), line.hasOption("resume"), Main.version());
    BatchSummary summary = new BatchSummary();
    try (ProgressLine progress = new ProgressLine(console, entries.size())) {
      Workers.inOrder(
          entries,
          workers(line),
          run::run,
          (entry, result) -> {
            summary.add(result.row());
            result.complaints().forEach(progress::say);
            progress.done();
          });
    }
    try {
      run.finish();
      summary.writeFolder(folder);
    } catch (IOException e) {
      throw FileNames.unwritable(folder, e);
    }
    summary.printTerminal(console.out(), console.showsUnicode());
    console.out().print("\nWritten to " + folder + "\n");
    return summary.count(Status.OK) == entries.size() ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
  }

  static boolean isExperiment(Path file) throws UnusableFileException {
    try {
      return ExperimentReader.isExperiment(file);
    } catch (IOException e) {
      throw FileNames.unreadable(file, e);
    }
  }

  /** Returns the scenarios among files with their names, of which no two may be the same. */
  private static List<BatchRun.Entry> entries(List<Path> files)
      throws UsageException, UnusableFileException {
    Map<String, Path> named = new LinkedHashMap<>();
    List<BatchRun.Entry> entries = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    for (Path file : files) {
      ScenarioReader.Heading heading;
      try {
        heading = ScenarioReader.headingOf(file);
      } catch (IOException e) {
        throw FileNames.unreadable(file, e);
      }
      if (heading.experiment()) {
        continue;
      }
      String name = heading.name();
      Path other = named.putIfAbsent(name, file);
      if (other != null) {
        twice.add("'" + name + "' (" + other + " and " + file + ")");
      }
      entries.add(new BatchRun.Entry(file, name));
    }
    if (!twice.isEmpty()) {
      throw new UsageException(
          "each scenario's results get a folder of its name, and two have the same: "
              + String.join(", ", twice));
    }
    return entries;
  }
}
