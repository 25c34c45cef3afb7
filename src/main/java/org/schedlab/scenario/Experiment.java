package org.schedlab.scenario;

import java.util.List;

/**
 * A factorial experiment, read and found valid: one scenario, with every combination of the levels
 * of several factors, each run several times.
 *
 * @param scenario the scenario's file, as seen from the experiment's
 * @param replications runs of each combination
 * @param seed of the first replication, or null for the scenario's own; the others have the numbers
 *     that follow
 * @param confidence of intervals, such as 0.95
 * @param measures keys of the measures that are wanted; empty for all
 */
public record Experiment(
    String file,
    String name,
    String description,
    String scenario,
    int replications,
    Long seed,
    double confidence,
    List<Factor> factors,
    List<String> measures) {

  /** Something that takes several values. */
  public record Factor(String name, List<Level> levels) {}

  /**
   * One of its values.
   *
   * @param settings what it changes in the scenario, as {@code PATH=VALUE}
   */
  public record Level(String label, List<String> settings) {}

  /** Returns how many combinations there are. */
  public long combinations() {
    long combinations = 1;
    for (Factor factor : factors) {
      combinations = Math.multiplyExact(combinations, factor.levels().size());
    }
    return combinations;
  }
}
