package org.schedlab.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.schedlab.report.IdealReport;
import org.schedlab.report.RunComparison;
import org.schedlab.report.RunReport;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/**
 * The runs of several alternatives, each as often as the others: the i-th run of all has the same
 * seed, and so the same random numbers, whatever they change.
 */
public final class AlternativeTrials {
  private final Path file;
  private final List<Alternative> alternatives;
  private final long firstSeed;
  private final int replications;

  /** What is changed in the scenario, and what that is called. */
  public record Alternative(String label, Overrides overrides) {}

  /** An alternative that is no valid scenario, or a file that can no longer be read. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(Exception cause) {
      super(cause.getMessage(), cause);
    }

    /** Returns what went wrong. */
    public Exception cause() {
      return (Exception) getCause();
    }
  }

  private record Run(int alternative, long seed) {}

  public AlternativeTrials(
      Path file, List<Alternative> alternatives, long firstSeed, int replications) {
    this.file = file;
    this.alternatives = List.copyOf(alternatives);
    this.firstSeed = firstSeed;
    this.replications = replications;
  }

  /**
   * Does all runs.
   *
   * @param comparison is told each run, replication by replication
   * @param done is called after each
   * @throws Refused if an alternative cannot be run; before anything runs where that can be known
   */
  public void run(int workers, RunComparison comparison, Runnable done) {
    // All are read before one is run: what is wrong with the last is said at once.
    alternatives.forEach(alternative -> read(alternative, firstSeed));
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < replications; i++) {
      for (int alternative = 0; alternative < alternatives.size(); alternative++) {
        runs.add(new Run(alternative, firstSeed + i));
      }
    }
    Workers.inOrder(
        runs,
        workers,
        this::run,
        (run, told) -> {
          told.accept(comparison);
          done.run();
        });
  }

  /** Returns what is to be told of a run. */
  private Consumer<RunComparison> run(Run run) {
    Scenario scenario = read(alternatives.get(run.alternative()), run.seed());
    try {
      if (IdealTrial.isAsked(scenario)) {
        IdealReport ideal = IdealTrial.of(file, scenario);
        return comparison -> comparison.add(run.alternative(), ideal);
      }
      RunReport report = Trial.run(file, scenario, Set.of());
      return comparison -> comparison.add(run.alternative(), report);
    } catch (InvalidScenarioException | IOException e) {
      throw new Refused(e);
    }
  }

  private Scenario read(Alternative alternative, long seed) {
    try {
      return ScenarioReader.read(file, alternative.overrides().withSeed(seed));
    } catch (InvalidScenarioException | IOException e) {
      throw new Refused(e);
    }
  }
}
