package org.schedlab.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.schedlab.experiment.Trial;
import org.schedlab.report.ChartFailedException;
import org.schedlab.report.ChartPreparation;
import org.schedlab.report.Detail;
import org.schedlab.report.RunReport;
import org.schedlab.report.Window;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Durations;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** {@code schedlab run}: one scenario, from the file to charts and tables. */
final class RunCommand implements Command {
  private static final List<String> FORMATS = List.of("text", "json", "none");

  private static final Map<String, Detail> DETAILS =
      Map.of(
          "memory", Detail.MEMORY,
          "references", Detail.REFERENCES,
          "wakeups", Detail.WAKEUPS);

  /** Memory with every default: what a scenario that does not speak of memory gets to show it. */
  private static final String PLAIN_MEMORY = "machine.memory={}";

  // Narrower, and there is no room beside the lanes' names; wider, and a PNG takes too much memory.
  private static final int NARROWEST = 500;
  private static final int WIDEST = 10_000;

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String arguments() {
    return "SCENARIO.yaml [-o DIR] [--format text|json|none] [--policy P] [--quantum D] [--seed N]"
        + " [--set PATH=VALUE]... [--show memory,references,wakeups] [--explain] [--from D] [--to D] [--width PIXELS]"
        + " [--no-charts]";
  }

  @Override
  public String summary() {
    return "Runs a scenario: Gantt chart and tables on the terminal, files in the output folder.";
  }

  @Override
  public Options options() {
    return changes(new Options())
        .addOption(
            Main.option("o", "output", "DIR", "output folder; default output/<scenario name>"))
        .addOption(
            Main.option(null, "format", "FORMAT", "what to print: text (default), json or none"))
        .addOption(
            Main.option(
                null,
                "show",
                "WHAT",
                "show more: memory (a map of each process), references (every one, hit or fault),"
                    + " wakeups (who woke whom, with arrows in the chart), or several with commas;"
                    + " for the first two memory is simulated, as by --set machine.memory={}, where"
                    + " the scenario does not speak of it"))
        .addOption(
            Main.option(
                null,
                "explain",
                null,
                "tell of every decision who was ready, with which key, and by which rule one was"
                    + " chosen: a table, and `decisions` in result.json"))
        .addOption(Main.option(null, "from", "DURATION", "draw the chart from here on"))
        .addOption(Main.option(null, "to", "DURATION", "draw the chart up to here"))
        .addOption(
            Main.option(
                null,
                "width",
                "PIXELS",
                "width of gantt.png and gantt.svg; default " + RunReport.CHART_WIDTH))
        .addOption(Main.option(null, "no-charts", null, "write no gantt.png and gantt.svg"));
  }

  /** Adds the options that change the scenario before it is run. */
  static Options changes(Options options) {
    Option set = Main.option(null, "set", "PATH=VALUE", "change one value, such as machine.cpus=2");
    return PolicyLimits.addTo(options)
        .addOption(
            Main.option(
                null,
                "policy",
                "NAME",
                "schedule by this policy, or by your own: a .java file, a folder of them with a"
                    + " slash, or a .jar"))
        .addOption(
            Main.option(null, "quantum", "DURATION", "the policy's quantum, such as 4 or 2ms"))
        .addOption(Main.option(null, "seed", "N", "the seed of all random numbers"))
        .addOption(set);
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    if (line.getArgList().size() != 1) {
      throw new UsageException("run takes one scenario file");
    }
    String format = format(line);
    int width = width(line);
    Path file = FileNames.path(line.getArgList().get(0));
    Set<Detail> details = details(line);
    if (!line.hasOption("no-charts")) {
      ChartPreparation.begin();
    }
    Scenario scenario = read(file, overrides(line), needsMemory(details));
    if (scenario.comparison() != null) {
      refuseWhatIsOfOneRun(line);
      return new ModelRunner(file, overrides(line), scenario, scenario.comparison())
          .run(line, format, console);
    }
    Path folder = FileNames.path(line.getOptionValue("output", "output/" + scenario.name()));
    if (scenario.scheduler().policy().isIdeal()) {
      return new IdealRunner(file, scenario).run(line, format, folder, console);
    }
    Window asked = window(line, scenario);
    boolean drawn = format.equals("text") || !line.hasOption("no-charts");
    RunReport report = Trial.run(file, scenario, details, drawn);
    Window window = withinRun(asked, report.metrics().makespan(), console);
    Charts charts = line.hasOption("no-charts") ? null : new Charts(window, width);
    write(report, folder, charts, console);
    switch (format) {
      case "text" -> {
        report.printTerminal(console.out(), console.width(), console.showsUnicode(), window);
        console.out().print("\nWritten to " + folder + "\n");
      }
      case "json" -> report.writeJson(console.out());
      default -> {}
    }
    console.out().flush();
    if (!format.equals("text")) {
      report.complaints().forEach(complaint -> console.err().print(complaint + "\n"));
    }
    return report.failures().isEmpty() ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
  }

  /**
   * Returns what to print.
   *
   * @throws UsageException if that, or the output folder, is none
   */
  static String format(CommandLine line) throws UsageException {
    String format = line.getOptionValue("format", "text");
    if (!FORMATS.contains(format)) {
      throw new UsageException("--format is text, json or none, not '" + format + "'");
    }
    if (line.getOptionValue("output", "default").isEmpty()) {
      throw new UsageException("--output takes the name of a folder");
    }
    return format;
  }

  private static void refuseWhatIsOfOneRun(CommandLine line) throws UsageException {
    for (String option : List.of("show", "explain", "from", "to", "width")) {
      if (line.hasOption(option)) {
        throw new UsageException(
            "--" + option + " is for one run, and this scenario has `models` to compare");
      }
    }
  }

  private static boolean needsMemory(Set<Detail> details) {
    return details.contains(Detail.MEMORY) || details.contains(Detail.REFERENCES);
  }

  private static Scenario read(Path file, Overrides overrides, boolean withMemory)
      throws InvalidScenarioException, UnusableFileException {
    try {
      Scenario scenario = ScenarioReader.read(file, overrides);
      boolean lacks = withMemory && scenario.machine().memory() == null;
      return lacks ? ScenarioReader.read(file, overrides.with(PLAIN_MEMORY)) : scenario;
    } catch (IOException e) {
      throw FileNames.unreadable(file, e);
    }
  }

  /** Returns the window, or the whole run where it lies behind the end of the run. */
  private static Window withinRun(Window window, long makespan, Console console) {
    if (window.from() == 0 || window.from() < makespan) {
      return window;
    }
    console.err().print("schedlab: the run ended before --from; the chart shows all of it\n");
    return Window.ALL;
  }

  /** Which part of the run the charts show, and how wide they are in pixels. */
  private record Charts(Window window, int width) {}

  /** Writes the output folder, without charts where those are null. */
  private static void write(RunReport report, Path folder, Charts charts, Console console)
      throws UnusableFileException {
    try {
      if (charts == null) {
        report.writeFolder(folder);
      } else {
        report.writeFolder(folder, charts.window(), charts.width());
      }
    } catch (ChartFailedException e) {
      console.err().print("schedlab: " + e.getMessage() + "\n");
    } catch (IOException e) {
      throw FileNames.unwritable(folder, e);
    }
  }

  static Overrides overrides(CommandLine line) throws UsageException {
    Overrides overrides = Overrides.NONE;
    if (line.hasOption("policy")) {
      overrides = overrides.withPolicy(line.getOptionValue("policy"));
    }
    if (line.hasOption("quantum")) {
      overrides = overrides.withQuantum(line.getOptionValue("quantum"));
    }
    if (line.hasOption("seed")) {
      overrides = overrides.withSeed(seed(line.getOptionValue("seed")));
    }
    if (line.hasOption("set")) {
      for (String setting : line.getOptionValues("set")) {
        overrides = overrides.with(setting);
      }
    }
    return overrides;
  }

  /**
   * Returns what {@code --show} asks for: words with commas between, the option given once or more.
   */
  private static Set<Detail> details(CommandLine line) throws UsageException {
    Set<Detail> details = EnumSet.noneOf(Detail.class);
    if (line.hasOption("explain")) {
      details.add(Detail.DECISIONS);
    }
    if (!line.hasOption("show")) {
      return details;
    }
    for (String value : line.getOptionValues("show")) {
      for (String word : value.split(",", -1)) {
        Detail detail = DETAILS.get(word.strip());
        if (detail == null) {
          throw new UsageException("--show is memory, references or wakeups, not '" + word + "'");
        }
        details.add(detail);
      }
    }
    return details;
  }

  private static long seed(String text) throws UsageException {
    try {
      return new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new UsageException("--seed is a whole number of 64 bits, not '" + text + "'");
    }
  }

  private static int width(CommandLine line) throws UsageException {
    String text = line.getOptionValue("width", Integer.toString(RunReport.CHART_WIDTH));
    try {
      int width = new BigDecimal(text).intValueExact();
      if (width >= NARROWEST && width <= WIDEST) {
        return width;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(
        "--width is a whole number of pixels from "
            + NARROWEST
            + " to "
            + WIDEST
            + ", not '"
            + text
            + "'");
  }

  private static Window window(CommandLine line, Scenario scenario) throws UsageException {
    long from = line.hasOption("from") ? time(line, "from", scenario) : 0;
    long to = line.hasOption("to") ? time(line, "to", scenario) : Long.MAX_VALUE;
    if (to <= from) {
      throw new UsageException("--to must be later than --from");
    }
    return new Window(from, to);
  }

  private static long time(CommandLine line, String option, Scenario scenario)
      throws UsageException {
    try {
      return Durations.parse(line.getOptionValue(option), scenario.timeUnit());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + option + ": " + e.getMessage());
    }
  }
}
