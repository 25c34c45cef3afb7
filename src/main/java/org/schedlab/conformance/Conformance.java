package org.schedlab.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.LongConsumer;
import org.schedlab.experiment.Trial;
import org.schedlab.plugin.UserPolicy;
import org.schedlab.report.RunReport;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/**
 * Runs a policy over random workloads. Of each must hold: the policy keeps its contract, the run
 * ends and every thread with it, all books balance, and a second run gives the same bytes.
 */
public final class Conformance {
  /** What a shrunk scenario is called in messages until it is written. */
  private static final String FILE = "check-policy-failure.yaml";

  /** Lines of scenarios that stand in no file are not shown. */
  private static final Path NO_FILE = Path.of("");

  /** Enough for every workload that is drawn, under slices of a microsecond. */
  private static final String MOST_EVENTS = "limits.events=2000000";

  private static final int SHRINK_TRIES = 2_000;

  private final UserPolicy policy;
  private final Overrides overrides;

  /**
   * A failure.
   *
   * @param kind what stays the same while it is shrunk
   * @param message what happened, for people
   */
  public record Failure(Object kind, String message) {}

  /**
   * The first failure.
   *
   * @param workload its number, from 1
   * @param scenario the smallest that was found to fail in the same way
   */
  public record Finding(long workload, Draft scenario, Failure failure) {}

  /**
   * @param overrides the policy's name as it was loaded, and its parameters
   */
  public Conformance(UserPolicy policy, Overrides overrides) {
    this.policy = policy;
    this.overrides = overrides.with(MOST_EVENTS);
  }

  /**
   * Runs until something fails.
   *
   * @param begun is told the number of each workload before it is run
   * @return the first failure, shrunk; null where all is well
   */
  public Finding check(long seed, long workloads, LongConsumer begun) {
    for (long number = 1; number <= workloads; number++) {
      begun.accept(number);
      Draft draft = RandomScenarios.draw(seed, number);
      Failure failure = failure(draft);
      if (failure != null) {
        Draft shrunk = shrunk(draft, failure.kind());
        Failure last = failure(shrunk);
        // A policy that decides by chance need not fail twice.
        return last == null
            ? new Finding(number, draft, failure)
            : new Finding(number, shrunk, last);
      }
    }
    return null;
  }

  private Draft shrunk(Draft draft, Object kind) {
    return new Shrinker(
            smaller -> {
              Failure failure = failure(smaller);
              return failure != null && failure.kind().equals(kind);
            },
            SHRINK_TRIES)
        .shrink(draft);
  }

  /** Returns what goes wrong with a scenario, or null. */
  private Failure failure(Draft draft) {
    Scenario scenario;
    try {
      scenario = ScenarioReader.read(draft.yaml(), FILE, overrides);
    } catch (InvalidScenarioException e) {
      // One that was made smaller says no longer what a scenario must.
      return null;
    }
    policy.forgetFault();
    try {
      RunReport report = Trial.run(NO_FILE, scenario, Set.of());
      if (report.exit().equals("stuck")) {
        return new Failure("stuck", "threads never end: " + String.join("; ", report.complaints()));
      }
      byte[] again = json(Trial.run(NO_FILE, scenario, Set.of()));
      return Arrays.equals(json(report), again)
          ? null
          : new Failure("repeatable", "two runs of the same scenario with the same seed differ");
    } catch (InvalidScenarioException e) {
      UserPolicy.Fault fault = policy.lastFault();
      Diagnostic first = e.diagnostics().get(0);
      return new Failure(fault == null ? "stopped" : fault, first.place() + ": " + first.message());
    } catch (IOException | IllegalStateException e) {
      return new Failure(e.getClass(), "the simulator's books do not balance: " + e.getMessage());
    }
  }

  private static byte[] json(RunReport report) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      report.writeJson(out);
    }
    return bytes.toByteArray();
  }
}
