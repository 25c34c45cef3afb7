package org.schedlab.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.conformance.Conformance;
import org.schedlab.conformance.Draft;
import org.schedlab.conformance.RandomScenarios;
import org.schedlab.conformance.Shrinker;
import org.schedlab.plugin.FlightRecorder;
import org.schedlab.plugin.UserPolicy;
import org.schedlab.scenario.yaml.Overrides;

/**
 * {@code schedlab check-policy}: runs a policy of the user's own over random workloads, and shrinks
 * the first failure. A process of its own does it; this one takes over where that does not survive.
 */
final class CheckPolicyCommand implements Command {
  private static final long MOST_RUNS = 10_000_000;
  private static final String DEFAULT_FILE = "check-policy-failure.yaml";

  /** Each takes a process of its own and, where it fails, the whole time that a call may last. */
  private static final int TRIES_IN_PROCESSES = 24;

  private static final long LONGEST_TRY_MILLIS = 1_000;

  private final Map<String, UserPolicy> loaded;
  private final FlightRecorder recorder;

  CheckPolicyCommand() {
    this(Map.of(), null);
  }

  /**
   * @param loaded the policies of this process, by the names of their files
   * @param recorder is told which workload is run
   */
  CheckPolicyCommand(Map<String, UserPolicy> loaded, FlightRecorder recorder) {
    this.loaded = loaded;
    this.recorder = recorder;
  }

  @Override
  public String name() {
    return "check-policy";
  }

  @Override
  public String arguments() {
    return "POLICY.java [--runs N] [--seed N] [--set scheduler.PARAMETER=VALUE]... [-o FILE.yaml]"
        + " | --template POLICY.java";
  }

  @Override
  public String summary() {
    return "Checks a policy of your own over random workloads, and shrinks the first failure.";
  }

  @Override
  public Options options() {
    return PolicyLimits.addTo(new Options())
        .addOption(Main.option(null, "template", null, "write a policy to begin with to that file"))
        .addOption(Main.option(null, "runs", "N", "how many workloads are run; default 200"))
        .addOption(Main.option(null, "seed", "N", "other workloads; default 1"))
        .addOption(
            Main.option(
                null, "set", "PATH=VALUE", "a parameter of the policy: scheduler.quantum=2"))
        .addOption(
            Main.option(
                "o", "output", "FILE", "where a failing scenario goes; default " + DEFAULT_FILE));
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    if (line.getArgList().size() != 1) {
      throw new UsageException("check-policy takes one policy: a .java file, a folder or a .jar");
    }
    String file = line.getArgList().get(0);
    if (line.hasOption("template")) {
      return PolicyTemplate.write(FileNames.path(file), console);
    }
    Path output = FileNames.path(line.getOptionValue("output", DEFAULT_FILE));
    long runs = number(line, "runs", 200, 1);
    long seed = number(line, "seed", 1, 0);
    UserPolicy policy = loaded.get(file);
    if (policy == null) {
      return inProcess(line, file, seed, output, console);
    }
    Conformance.Finding finding =
        new Conformance(policy, overrides(line, file)).check(seed, runs, recorder::workload);
    if (finding == null) {
      console.out().print(file + ": " + runs + " workloads passed (seed " + seed + ")\n");
      return ExitStatus.OK;
    }
    console
        .out()
        .print(
            finding.failure().message()
                + "\nThat was workload "
                + finding.workload()
                + " of seed "
                + seed
                + ".");
    return tell(finding.scenario(), line, file, output, console);
  }

  private static Overrides overrides(CommandLine line, String file) {
    Overrides overrides = Overrides.NONE.withPolicy(file);
    if (line.hasOption("set")) {
      for (String setting : line.getOptionValues("set")) {
        overrides = overrides.with(setting);
      }
    }
    return overrides;
  }

  /** Writes the scenario and says how to run it. */
  private static int tell(
      Draft scenario, CommandLine line, String file, Path output, Console console)
      throws UnusableFileException {
    try {
      Files.writeString(output, scenario.yaml());
    } catch (IOException e) {
      throw FileNames.unwritable(output, e);
    }
    StringBuilder replay = new StringBuilder("schedlab run " + output + " --policy " + file);
    if (line.hasOption("set")) {
      for (String setting : line.getOptionValues("set")) {
        replay.append(" --set ").append(setting);
      }
    }
    int count = scenario.processes();
    console
        .out()
        .print(
            " The smallest scenario found that shows it has "
                + count
                + (count == 1 ? " process:\n\n" : " processes:\n\n")
                + scenario.yaml().indent(2)
                + "\nWritten to "
                + output
                + "; replay it with:\n\n  "
                + replay
                + "\n");
    return ExitStatus.CHECK_FAILED;
  }

  // --- what happens outside of the process that runs the policy

  private int inProcess(CommandLine line, String file, long seed, Path output, Console console)
      throws Exception {
    PolicyLimits limits = PolicyLimits.of(line);
    PolicyProcess.Result result =
        new PolicyProcess(console, limits, List.of(file))
            .run(arguments(line, file), console.out(), console.err());
    if (!result.wasStopped() || result.workload() == 0) {
      return result.status();
    }
    console.out().print("That was workload " + result.workload() + " of seed " + seed + ".");
    console.out().flush();
    console.err().print("schedlab: shrinking it, a process for each try ...\n");
    console.err().flush();
    Draft failing = RandomScenarios.draw(seed, result.workload());
    return tell(shrunk(failing, line, file, limits), line, file, output, console);
  }

  private static List<String> arguments(CommandLine line, String file) {
    List<String> arguments = new ArrayList<>(List.of("check-policy", file));
    for (String option : List.of("runs", "seed", "output")) {
      if (line.hasOption(option)) {
        arguments.addAll(List.of("--" + option, line.getOptionValue(option)));
      }
    }
    arguments.addAll(settings(line));
    return arguments;
  }

  private static List<String> settings(CommandLine line) {
    List<String> settings = new ArrayList<>();
    if (line.hasOption("set")) {
      for (String setting : line.getOptionValues("set")) {
        settings.addAll(List.of("--set", setting));
      }
    }
    return settings;
  }

  /** Shrinks by running each candidate in a process that may end in any way. */
  private static Draft shrunk(Draft failing, CommandLine line, String file, PolicyLimits limits)
      throws IOException {
    Path folder = Files.createTempDirectory("schedlab");
    Path candidate = folder.resolve("candidate.yaml");
    PolicyLimits shorter =
        new PolicyLimits(
            Math.min(limits.callMillis(), LONGEST_TRY_MILLIS), limits.memoryMegabytes());
    List<String> command = new ArrayList<>();
    command.addAll(List.of("run", candidate.toString(), "--policy", file, "--no-charts"));
    command.addAll(List.of("--format", "none", "-o", folder.resolve("out").toString()));
    command.addAll(settings(line));
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      PolicyProcess process = new PolicyProcess(null, shorter, List.of(file));
      Predicate<Draft> fails =
          draft -> {
            try {
              Files.writeString(candidate, draft.yaml());
              return process.run(command, nowhere, nowhere).wasStopped();
            } catch (IOException e) {
              return false;
            }
          };
      // Most such policies fail soon, whatever there is to schedule.
      for (int processes = 1; processes <= 2; processes++) {
        if (fails.test(Draft.plain(processes))) {
          return Draft.plain(processes);
        }
      }
      return new Shrinker(fails, TRIES_IN_PROCESSES).shrink(failing);
    } finally {
      deleteAll(folder);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static long number(CommandLine line, String option, long otherwise, long least)
      throws UsageException {
    String text = line.getOptionValue(option, Long.toString(otherwise));
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= MOST_RUNS) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(
        "--"
            + option
            + " is a whole number from "
            + least
            + " to "
            + MOST_RUNS
            + ", not '"
            + text
            + "'");
  }
}
