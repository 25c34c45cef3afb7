package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line changes in a scenario, before it is checked. Applied in the order policy,
 * settings, quantum, seed.
 *
 * <p>Another policy takes over those parameters of the scenario's policy that it has too; the
 * others are dropped. A setting is {@code PATH=VALUE} with a path such as {@code machine.cpus},
 * {@code processes.P1.burst}, {@code processes[0].burst} or {@code machine.costs.thread_switch};
 * the value is YAML.
 *
 * @param policy a policy's name, or null
 * @param quantum a duration, or null
 * @param seed or null
 * @param settings in order, a later one wins
 * @param counts how many there are of processes, threads or coroutines, by their names
 */
public record Overrides(
    String policy, String quantum, Long seed, List<String> settings, Map<String, Integer> counts) {
  /** Changes nothing. */
  public static final Overrides NONE = new Overrides(null, null, null, List.of(), Map.of());

  public Overrides {
    settings = List.copyOf(settings);
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /** Returns these with another policy. */
  public Overrides withPolicy(String name) {
    return new Overrides(name, quantum, seed, settings, counts);
  }

  /** Returns these with another quantum. */
  public Overrides withQuantum(String duration) {
    return new Overrides(policy, duration, seed, settings, counts);
  }

  /** Returns these with another seed. */
  public Overrides withSeed(long number) {
    return new Overrides(policy, quantum, number, settings, counts);
  }

  /** Returns these with one more setting, {@code PATH=VALUE}. */
  public Overrides with(String setting) {
    List<String> more = new ArrayList<>(settings);
    more.add(setting);
    return new Overrides(policy, quantum, seed, more, counts);
  }

  /** Returns these with another count of the process, thread or coroutine of that name. */
  public Overrides withCount(String name, int count) {
    Map<String, Integer> more = new LinkedHashMap<>(counts);
    more.put(name, count);
    return new Overrides(policy, quantum, seed, settings, more);
  }
}
