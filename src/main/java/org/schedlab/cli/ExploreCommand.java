package org.schedlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.schedlab.Exploration;
import org.schedlab.engine.RandomStreams;
import org.schedlab.experiment.Snippets;
import org.schedlab.explore.Budget;
import org.schedlab.explore.Explorer;
import org.schedlab.explore.FailureSearch;
import org.schedlab.explore.Judge;
import org.schedlab.explore.Machine;
import org.schedlab.explore.Outcome;
import org.schedlab.explore.Progress;
import org.schedlab.explore.Sampler;
import org.schedlab.report.ExploreJson;
import org.schedlab.report.ExploreText;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Durations;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** {@code schedlab explore}: all schedules of a scenario's threads instead of one. */
final class ExploreCommand implements Command {
  private static final int PROGRESS_SECONDS = 5;

  /** After an interrupt, so long may it take to print what is known. */
  private static final int FAREWELL_SECONDS = 20;

  /** So many orderings a failure is taken to need, unless told otherwise. */
  private static final int DEPTH = 3;

  @Override
  public String name() {
    return "explore";
  }

  @Override
  public String arguments() {
    return "SCENARIO.yaml [--exhaustive] [--preemptions K] [--delays K] [--random N | --pct N"
        + " [--depth D]] [--max-executions N] [--timeout D] [--quanta RANGE | --seeds RANGE |"
        + " --policies A,B | --arrivals NAME=RANGE] [-o DIR] [--no-charts] [--format text|json]"
        + " [--seed N] [--set PATH=VALUE]...";
  }

  @Override
  public String summary() {
    return "Looks at all schedules of a scenario's threads: outcomes, failures, deadlocks, races.";
  }

  @Override
  public Options options() {
    Option set = Main.option(null, "set", "PATH=VALUE", "change one value, such as final=true");
    Options options =
        VariationRunner.addTo(new Options())
            .addOption(
                Main.option(
                    "o",
                    "output",
                    "DIR",
                    "folder for schedules that fail, and the files of --quanta and its like;"
                        + " default output/<scenario name>"))
            .addOption(Main.option(null, "no-charts", null, "draw no charts"));
    return options
        .addOption(
            Main.option(null, "exhaustive", null, "count every order of steps, not only traces"))
        .addOption(
            Main.option(null, "preemptions", "K", "count the schedules with up to K preemptions"))
        .addOption(Main.option(null, "delays", "K", "count the schedules with up to K delays"))
        .addOption(
            Main.option(
                null, "random", "N", "run N schedules instead, each choice as likely as another"))
        .addOption(
            Main.option(null, "pct", "N", "run N schedules instead, by priorities that change"))
        .addOption(
            Main.option(
                null, "depth", "D", "with --pct: how many orderings a failure needs; default 3"))
        .addOption(
            Main.option(null, "max-executions", "N", "run up to N schedules; default 1000000"))
        .addOption(Main.option(null, "timeout", "DURATION", "stop after so long, such as 30s"))
        .addOption(Main.option(null, "format", "FORMAT", "what to print: text (default) or json"))
        .addOption(Main.option(null, "seed", "N", "the seed of all random numbers"))
        .addOption(set);
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    if (line.getArgList().size() != 1) {
      throw new UsageException("explore takes one scenario file");
    }
    String format = line.getOptionValue("format", "text");
    if (!List.of("text", "json").contains(format)) {
      throw new UsageException("--format is text or json, not '" + format + "'");
    }
    if (line.hasOption("random") && line.hasOption("pct")) {
      throw new UsageException("--random and --pct exclude each other");
    }
    if (line.getOptionValue("output", "default").isEmpty()) {
      throw new UsageException("--output takes the name of a folder");
    }
    Path file = FileNames.path(line.getArgList().get(0));
    if (VariationRunner.isAsked(line)) {
      return new VariationRunner(file, overrides(line)).run(line, format, console);
    }
    Scenario scenario = read(file, overrides(line));
    Path folder = FileNames.path(line.getOptionValue("output", "output/" + scenario.name()));
    boolean charts = !line.hasOption("no-charts");
    WitnessWriter witnesses = new WitnessWriter(file, overrides(line), scenario, folder, charts);
    Watch watch = new Watch(console, timeout(line, scenario));
    try {
      return line.hasOption("random") || line.hasOption("pct")
          ? sample(line, scenario, budget(line, watch), witnesses, console)
          : explore(line, scenario, budget(line, watch), witnesses, console);
    } catch (InvalidScenarioException e) {
      throw Snippets.shown(file, e);
    } finally {
      console.flush();
      watch.end();
    }
  }

  private static Scenario read(Path file, Overrides overrides)
      throws InvalidScenarioException, UnusableFileException {
    try {
      return ScenarioReader.read(file, overrides);
    } catch (IOException e) {
      throw FileNames.unreadable(file, e);
    }
  }

  private static Overrides overrides(CommandLine line) throws UsageException {
    Overrides overrides = Overrides.NONE;
    if (line.hasOption("seed")) {
      overrides = overrides.withSeed(number(line, "seed", Long.MIN_VALUE, 0));
    }
    if (line.hasOption("set")) {
      for (String setting : line.getOptionValues("set")) {
        overrides = overrides.with(setting);
      }
    }
    return overrides;
  }

  private static long number(CommandLine line, String option, long least, long otherwise)
      throws UsageException {
    if (!line.hasOption(option)) {
      return otherwise;
    }
    String text = line.getOptionValue(option);
    try {
      long value = Long.parseLong(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    String range = least == Long.MIN_VALUE ? "" : " of at least " + least;
    throw new UsageException("--" + option + " is a whole number" + range + ", not '" + text + "'");
  }

  private static int bound(CommandLine line, String option) throws UsageException {
    return (int) Math.min(1_000, number(line, option, 0, -1));
  }

  /** Returns the time that it may take in nanoseconds, or 0 for any. */
  private static long timeout(CommandLine line, Scenario scenario) throws UsageException {
    if (!line.hasOption("timeout")) {
      return 0;
    }
    try {
      return Durations.parse(line.getOptionValue("timeout"), scenario.timeUnit());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--timeout: " + e.getMessage());
    }
  }

  private static Budget budget(CommandLine line, Watch watch) throws UsageException {
    return Budget.DEFAULT
        .withExecutions(number(line, "max-executions", 1, Budget.EXECUTIONS))
        .until(watch::isOver, watch.progress);
  }

  private static int explore(
      CommandLine line, Scenario scenario, Budget budget, WitnessWriter witnesses, Console console)
      throws InvalidScenarioException, IOException, UsageException, UnusableFileException {
    Explorer.Questions questions =
        new Explorer.Questions(
            line.hasOption("exhaustive"),
            bound(line, "preemptions"),
            bound(line, "delays"),
            budget);
    Explorer explorer = Exploration.of(scenario, questions);
    if (line.getOptionValue("format", "text").equals("json")) {
      ExploreJson.write(explorer, scenario, witnesses.folder(), console.out());
    } else {
      ExploreText.print(explorer, scenario, console.out(), console.width(), console.showsUnicode());
    }
    write(witnesses, explorer.machine(), explorer.failures(), line, console);
    return status(explorer.outcomes());
  }

  private static void write(
      WitnessWriter witnesses,
      Machine machine,
      Map<FailureSearch.Kind, int[]> failures,
      CommandLine line,
      Console console)
      throws InvalidScenarioException, UnusableFileException {
    if (failures.isEmpty()) {
      witnesses.clear();
      return;
    }
    List<Path> written = witnesses.write(machine, failures, console);
    if (line.getOptionValue("format", "text").equals("text")) {
      console.out().print("\n");
      for (Path path : written) {
        console.out().print("Written to " + path + "; see it again: schedlab run " + path + "\n");
      }
    }
  }

  private static int sample(
      CommandLine line, Scenario scenario, Budget budget, WitnessWriter witnesses, Console console)
      throws InvalidScenarioException, IOException, UsageException, UnusableFileException {
    boolean uniform = line.hasOption("random");
    long runs = number(line, uniform ? "random" : "pct", 1, 1);
    int depth = (int) Math.min(1_000, number(line, "depth", 1, DEPTH));
    RandomStreams random = new RandomStreams(scenario.seed());
    Exploration.Search<Sampler> search =
        (Machine machine, Judge judge) ->
            uniform
                ? Sampler.ofRandom(
                    machine, judge, runs, random.stream("explore", "schedules"), budget)
                : Sampler.ofPriorities(
                    machine, judge, runs, depth, random.stream("explore", "schedules"), budget);
    Sampler sampler = Exploration.follow(scenario, search);
    if (line.getOptionValue("format", "text").equals("json")) {
      ExploreJson.write(sampler, scenario, witnesses.folder(), console.out());
    } else {
      ExploreText.print(sampler, scenario, console.out(), console.width(), console.showsUnicode());
    }
    write(witnesses, sampler.machine(), sampler.failures(), line, console);
    return status(sampler.outcomes());
  }

  private static int status(Map<Outcome, ?> outcomes) {
    return outcomes.keySet().stream().anyMatch(Outcome::isFailure)
        ? ExitStatus.CHECK_FAILED
        : ExitStatus.OK;
  }

  /** Watches the time, tells how far the search has come, and hears of interrupts. */
  private static final class Watch {
    private final Progress progress = new Progress();
    private final ScheduledExecutorService timer;
    private final CountDownLatch printed = new CountDownLatch(1);
    private final Thread farewell = new Thread(this::sayFarewell);
    private volatile boolean over;

    Watch(Console console, long timeout) {
      timer =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "watch");
                thread.setDaemon(true);
                return thread;
              });
      if (timeout > 0) {
        timer.schedule(() -> over = true, timeout, TimeUnit.NANOSECONDS);
      }
      Runnable tell =
          () -> {
            console.err().print("schedlab: " + progress.text() + "\n");
            console.err().flush();
          };
      timer.scheduleAtFixedRate(tell, PROGRESS_SECONDS, PROGRESS_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().addShutdownHook(farewell);
    }

    boolean isOver() {
      return over;
    }

    /** Somebody wants it to stop: what is known is printed before the end. */
    private void sayFarewell() {
      over = true;
      try {
        printed.await(FAREWELL_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void end() {
      timer.shutdownNow();
      printed.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(farewell);
      } catch (IllegalStateException e) {
        // The end has begun; it waits no longer.
      }
    }
  }
}
