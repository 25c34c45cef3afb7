package org.schedlab.report;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.schedlab.explore.Census;
import org.schedlab.explore.Explorer;
import org.schedlab.explore.FailureSearch;
import org.schedlab.explore.Findings;
import org.schedlab.explore.Judge;
import org.schedlab.explore.Machine;
import org.schedlab.explore.Outcome;
import org.schedlab.explore.Sampler;
import org.schedlab.explore.SharedUse;
import org.schedlab.explore.Walk;
import org.schedlab.scenario.Scenario;

/** Prints what an exploration found. */
public final class ExploreText {
  /** So many outcomes and races are listed. */
  private static final int LISTED = 20;

  private final Scenario scenario;
  private final Machine machine;
  private final List<String> names;
  private final PrintStream out;
  private final int width;
  private final Glyphs glyphs;

  private ExploreText(
      Scenario scenario,
      Machine machine,
      List<String> names,
      PrintStream out,
      int width,
      boolean unicode) {
    this.scenario = scenario;
    this.machine = machine;
    this.names = names;
    this.out = out;
    this.width = width;
    this.glyphs = unicode ? Glyphs.UNICODE : Glyphs.ASCII;
  }

  /**
   * Prints what was found of all schedules.
   *
   * @param width of the terminal, in characters
   * @param unicode false for terminals that know ASCII only
   */
  public static void print(
      Explorer explorer, Scenario scenario, PrintStream out, int width, boolean unicode) {
    new ExploreText(scenario, explorer.machine(), explorer.judge().names(), out, width, unicode)
        .print(explorer);
  }

  /** Prints what schedules drawn at random came to. */
  public static void print(
      Sampler sampler, Scenario scenario, PrintStream out, int width, boolean unicode) {
    new ExploreText(scenario, sampler.machine(), sampler.judge().names(), out, width, unicode)
        .print(sampler);
  }

  /** Returns the schedule that shows best what goes wrong, if anything does. */
  static Optional<int[]> witness(Explorer explorer) {
    Optional<int[]> cheapest = explorer.fewestPreemptions().map(FailureSearch.Witness::schedule);
    return cheapest.isPresent()
        ? cheapest
        : explorer.outcomes().keySet().stream()
            .filter(Outcome::isFailure)
            .map(explorer::schedule)
            .filter(Objects::nonNull)
            .findFirst();
  }

  /** Returns which part of the schedules drawn went wrong. */
  static BigDecimal share(Sampler sampler) {
    return sampler.runs() == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(sampler.failing())
            .divide(BigDecimal.valueOf(sampler.runs()), 9, RoundingMode.HALF_EVEN)
            .stripTrailingZeros();
  }

  private static String plural(String count, String what) {
    return count + " " + what + (count.equals("1") ? "" : "s");
  }

  private static String grouped(BigInteger number) {
    StringBuilder digits = new StringBuilder(number.toString());
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
  }

  private static String grouped(long number) {
    return grouped(BigInteger.valueOf(number));
  }

  private void line(String text) {
    out.print(text + "\n");
  }

  // --- all schedules

  private void print(Explorer explorer) {
    Findings findings = explorer.findings();
    Map<Outcome, BigInteger> outcomes = explorer.outcomes();
    line(scenario.name() + ": " + plural(grouped(findings.executions()), "schedule") + " run");
    explorer
        .traces()
        .ifPresent(
            traces ->
                line(
                    plural(grouped(traces), "trace")
                        + " (schedules that differ only in the order of independent steps are one)"));
    explorer.interleavings().ifPresent(orders -> line(plural(grouped(orders), "interleaving")));
    if (!explorer.isComplete()) {
      line(
          findings.isEndless()
              ? "not complete: a loop can go round without end, so schedules cannot be counted"
                  + (explorer.knowsOutcomes() ? "; every state was seen" : "")
              : "not complete: the search ended before it had seen everything");
    }
    verdict(explorer, outcomes);
    outcomes(outcomes, findings.isEndless() ? "" : "traces");
    for (Table table : new ExploreTables(explorer).all()) {
      out.print("\n" + table.toText(glyphs));
    }
    bounds("preemptions", explorer.byPreemptions(), explorer.questions().preemptions());
    bounds("delays", explorer.byDelays(), explorer.questions().delays());
    explorer.failures().forEach((kind, schedule) -> tell(kind, schedule, explorer.judge()));
    summary(explorer, outcomes);
  }

  /** Says all in a line, as race detectors do. */
  private void summary(Explorer explorer, Map<Outcome, BigInteger> outcomes) {
    List<String> parts = new ArrayList<>();
    String racy =
        explorer.findings().sharedVariables().stream()
            .filter(use -> use.verdict() == SharedUse.Verdict.RACE)
            .map(use -> ExploreTables.cellName(use.cell(), machine, names))
            .collect(Collectors.joining(", "));
    if (!racy.isEmpty()) {
      parts.add("data race over " + racy);
    }
    for (FailureSearch.Kind kind : explorer.failures().keySet()) {
      parts.add(kind == FailureSearch.Kind.DEADLOCK ? "deadlock" : "a check fails");
    }
    if (!parts.isEmpty()) {
      line("");
      line(
          "SUMMARY: "
              + scenario.file()
              + ": "
              + share(explorer, outcomes)
              + ": "
              + String.join("; ", parts));
    }
  }

  private static String share(Explorer explorer, Map<Outcome, BigInteger> outcomes) {
    boolean exact = explorer.interleavings().isPresent();
    Map<Outcome, BigInteger> counted = exact ? explorer.outcomesOfInterleavings() : outcomes;
    String what = exact ? "schedules" : explorer.findings().isEndless() ? "outcomes" : "traces";
    return grouped(Explorer.failing(counted))
        + " of "
        + grouped(Explorer.sum(counted))
        + " "
        + what
        + " fail";
  }

  private void verdict(Explorer explorer, Map<Outcome, BigInteger> outcomes) {
    if (Explorer.failing(outcomes).signum() == 0) {
      line(explorer.knowsOutcomes() ? "no schedule fails" : "no schedule that was seen fails");
    } else {
      line(share(explorer, outcomes));
    }
    explorer
        .fewestPreemptions()
        .ifPresent(
            witness ->
                line(
                    "fewest preemptions to a failure: "
                        + witness.cost()
                        + explorer
                            .fewestDelays()
                            .map(delayed -> ", fewest delays: " + delayed.cost())
                            .orElse("")));
  }

  private String text(Outcome outcome) {
    String status = outcome.deadlock() ? "deadlock" : outcome.failed() ? "fails" : "";
    return status.isEmpty() ? values(outcome) : values(outcome) + "  " + status;
  }

  private String values(Outcome outcome) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      parts.add(names.get(i) + "=" + outcome.values()[i]);
    }
    return parts.isEmpty() ? "(no variables)" : String.join(" ", parts);
  }

  private void outcomes(Map<Outcome, BigInteger> outcomes, String what) {
    line("");
    line(what.isEmpty() ? "outcomes:" : "outcomes (" + what + "):");
    list(outcomes, !what.isEmpty());
  }

  private void list(Map<Outcome, BigInteger> outcomes, boolean counted) {
    int listed = 0;
    for (Map.Entry<Outcome, BigInteger> entry : outcomes.entrySet()) {
      if (listed++ == LISTED) {
        line("  and " + (outcomes.size() - LISTED) + " more");
        break;
      }
      String count = counted ? grouped(entry.getValue()) : "-";
      line(String.format("  %12s  %s", count, text(entry.getKey())));
    }
  }

  private void bounds(String what, Census census, int most) {
    if (census == null) {
      return;
    }
    line("");
    line("schedules by " + what + ":");
    for (int bound = 0; bound <= most; bound++) {
      Map<Outcome, BigInteger> counts = census.countsUpTo(bound);
      line(
          String.format(
              "  up to %-3d %s, %s failing, %s",
              bound,
              plural(grouped(Explorer.sum(counts)), "schedule"),
              grouped(Explorer.failing(counts)),
              plural("" + counts.size(), "outcome")));
      list(counts, true);
    }
  }

  private void tell(FailureSearch.Kind kind, int[] schedule, Judge judge) {
    line("");
    line(
        kind == FailureSearch.Kind.DEADLOCK
            ? "a schedule that ends in a deadlock:"
            : "a schedule of which a check fails:");
    WitnessColumns.print(machine, schedule, out, width);
    Walk walk = Walk.of(machine, schedule);
    if (walk.misstep() == null) {
      Outcome outcome = walk.outcome(judge);
      boolean broken = !outcome.deadlock() && !walk.holds(judge);
      line(
          "  in the end: "
              + values(outcome)
              + (broken ? "; final " + scenario.finalCheck().text() + " is false" : ""));
    }
  }

  // --- schedules drawn at random

  private void print(Sampler sampler) {
    line(scenario.name() + ": " + plural(grouped(sampler.runs()), "schedule") + " drawn");
    line(
        grouped(sampler.failing())
            + " of "
            + grouped(sampler.runs())
            + " fail: a probability of "
            + share(sampler).toPlainString());
    if (!sampler.isComplete()) {
      line("not complete: some were not run to their end");
    }
    Map<Outcome, BigInteger> outcomes = new LinkedHashMap<>();
    sampler
        .outcomes()
        .forEach((outcome, seen) -> outcomes.put(outcome, BigInteger.valueOf(seen.runs())));
    outcomes(outcomes, "schedules drawn");
    sampler.failures().forEach((kind, schedule) -> tell(kind, schedule, sampler.judge()));
  }
}
