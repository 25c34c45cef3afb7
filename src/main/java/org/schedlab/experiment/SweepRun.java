package org.schedlab.experiment;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.schedlab.report.RunMeasure;
import org.schedlab.report.RunReport;
import org.schedlab.report.SweepResults;
import org.schedlab.scenario.Experiment;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/**
 * The runs of a factorial experiment. What each gave is put down in a journal, a line a run, in
 * their order: a sweep that was killed goes on behind the last complete line.
 */
public final class SweepRun {
  private static final String JOURNAL = "journal.jsonl";

  private final Experiment experiment;
  private final Path scenarioFile;
  private final Path folder;
  private final String version;
  private final long firstSeed;

  /**
   * @param scenarioFile the scenario, as seen from here
   * @param firstSeed of the first replication
   */
  public SweepRun(
      Experiment experiment, Path scenarioFile, Path folder, String version, long firstSeed) {
    this.experiment = experiment;
    this.scenarioFile = scenarioFile;
    this.folder = folder;
    this.version = version;
    this.firstSeed = firstSeed;
  }

  private record Run(int number, Overrides overrides) {}

  /** Returns what a combination changes in the scenario, in the order of the factors. */
  private Overrides overrides(int combination) {
    // What the scenario states of its own run cannot hold of others.
    Overrides overrides = Overrides.NONE.with("expect={}");
    int[] levels = SweepResults.levels(experiment, combination);
    for (int factor = 0; factor < levels.length; factor++) {
      for (String setting :
          experiment.factors().get(factor).levels().get(levels[factor]).settings()) {
        overrides = overrides.with(setting);
      }
    }
    return overrides;
  }

  /** Hears how far it is. */
  public interface Listener {
    /**
     * One more run is done, or was there already.
     *
     * @param problem what the scenario checks and did not hold, or null
     */
    void done(String problem);
  }

  /**
   * Reads every combination and runs none.
   *
   * @throws InvalidScenarioException if one is no valid scenario
   * @throws IOException if the scenario cannot be read
   */
  public void check() throws InvalidScenarioException, IOException {
    for (int combination = 0; combination < experiment.combinations(); combination++) {
      ScenarioReader.read(scenarioFile, overrides(combination).withSeed(firstSeed));
    }
  }

  /**
   * Does all runs that the journal does not have.
   *
   * @param resume whether to go on behind the journal's end; else it begins anew
   * @param results is told what each run gave, in their order
   * @throws InvalidScenarioException if a combination is no valid scenario; before any is run where
   *     that can be known
   */
  public void run(int workers, boolean resume, SweepResults results, Listener listener)
      throws InvalidScenarioException, IOException {
    int combinations = (int) experiment.combinations();
    check();
    Files.createDirectories(folder);
    Path journal = folder.resolve(JOURNAL);
    String heading = heading();
    List<String> done = resume ? completeLines(journal, heading) : List.of();
    for (String line : done) {
      tell(Manifest.parse(line), results, listener);
    }
    List<Run> missing = new ArrayList<>();
    IntStream.range(done.size(), combinations * experiment.replications())
        .forEach(number -> missing.add(run(number)));
    rewrite(journal, heading, done);
    try (BufferedWriter out =
        Files.newBufferedWriter(journal, StandardCharsets.UTF_8, StandardOpenOption.APPEND)) {
      Workers.inOrder(
          missing,
          workers,
          this::measure,
          (run, manifest) -> {
            write(out, manifest.line());
            tell(manifest, results, listener);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (AlternativeTrials.Refused e) {
      if (e.cause() instanceof InvalidScenarioException invalid) {
        throw invalid;
      }
      throw new IOException(e.cause());
    }
  }

  private static void tell(Manifest run, SweepResults results, Listener listener) {
    results.add(values(run));
    String problem = run.get("problem");
    listener.done(problem == null ? null : "run " + run.get("run") + ": " + problem);
  }

  private Run run(int number) {
    int combination = number / experiment.replications();
    int replication = number % experiment.replications();
    return new Run(number, overrides(combination).withSeed(firstSeed + replication));
  }

  private String heading() throws IOException {
    Manifest heading = new Manifest();
    heading.put("schedlab", version);
    heading.put("experiment", experiment.name());
    heading.put("sha256", Manifest.sha256(Files.readAllBytes(scenarioFile)));
    StringBuilder factors = new StringBuilder();
    for (int combination = 0; combination < experiment.combinations(); combination++) {
      factors.append(Manifest.options(overrides(combination))).append('\n');
    }
    heading.put(
        "combinations", Manifest.sha256(factors.toString().getBytes(StandardCharsets.UTF_8)));
    heading.put("replications", Integer.toString(experiment.replications()));
    heading.put("first_seed", Long.toString(firstSeed));
    return heading.line();
  }

  /** Returns the lines of runs behind the heading; none where that is another one. */
  private static List<String> completeLines(Path journal, String heading) throws IOException {
    if (!Files.isRegularFile(journal)) {
      return List.of();
    }
    String text = Files.readString(journal, StandardCharsets.UTF_8);
    // What stands behind the last end of a line was cut off.
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(heading)) {
      return List.of();
    }
    int complete = 1;
    while (complete < lines.size()) {
      Manifest run = Manifest.parse(lines.get(complete));
      if (run == null || !Integer.toString(complete - 1).equals(run.get("run"))) {
        break;
      }
      complete++;
    }
    return lines.subList(1, complete);
  }

  private static void rewrite(Path journal, String heading, List<String> lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(heading));
    all.addAll(lines);
    Files.writeString(journal, String.join("\n", all) + "\n", StandardCharsets.UTF_8);
  }

  private static void write(BufferedWriter out, String line) {
    try {
      out.write(line + "\n");
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Manifest measure(Run run) {
    try {
      Scenario scenario = ScenarioReader.read(scenarioFile, run.overrides());
      RunReport report = Trial.run(scenarioFile, scenario, Set.of());
      Manifest manifest = new Manifest();
      manifest.put("run", Integer.toString(run.number()));
      manifest.put("seed", Long.toString(scenario.seed()));
      for (Map.Entry<RunMeasure, BigDecimal> value : report.measures().entrySet()) {
        manifest.put(value.getKey().key(), value.getValue().toPlainString());
      }
      List<String> failures = report.failures();
      if (!failures.isEmpty()) {
        manifest.put("problem", failures.get(0));
      }
      return manifest;
    } catch (InvalidScenarioException | IOException e) {
      throw new AlternativeTrials.Refused(e);
    }
  }

  private static Map<RunMeasure, BigDecimal> values(Manifest manifest) {
    Map<RunMeasure, BigDecimal> values = new EnumMap<>(RunMeasure.class);
    for (RunMeasure measure : RunMeasure.values()) {
      String value = manifest.get(measure.key());
      if (value != null) {
        values.put(measure, new BigDecimal(value));
      }
    }
    return values;
  }
}
