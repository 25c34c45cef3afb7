package org.schedlab.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a policy's parameters, defaults filled in, in the order of the registry. */
public final class PolicyParameters {
  private final Map<String, Object> values;

  /**
   * Takes the values that were given and the defaults of the others.
   *
   * @param given by parameter name; types as {@link Parameter.Kind} says, durations in nanoseconds
   * @param unitNanos what defaults of durations are counted in
   * @throws IllegalArgumentException if a name is not one of the policy's
   */
  public PolicyParameters(PolicyDescriptor policy, Map<String, Object> given, long unitNanos) {
    values = new LinkedHashMap<>();
    for (Parameter parameter : policy.parameters()) {
      Object value = given.get(parameter.name());
      if (value == null) {
        value = parameter.defaultIn(unitNanos);
      }
      if (value != null) {
        values.put(parameter.name(), value);
      }
    }
    for (String name : given.keySet()) {
      if (policy.parameter(name).isEmpty()) {
        throw new IllegalArgumentException(policy.name() + " has no parameter " + name);
      }
    }
  }

  /** Returns a duration in nanoseconds, or empty when it was left out and has no default. */
  public Optional<Long> optionalDuration(String name) {
    return Optional.ofNullable((Long) values.get(name));
  }

  /** Returns a duration in nanoseconds. */
  public long duration(String name) {
    return (Long) values.get(name);
  }

  public int integer(String name) {
    return Math.toIntExact((Long) values.get(name));
  }

  /**
   * Returns the values of a parameter that is one value for all or a list of one for each.
   *
   * @param count how many there are to be
   */
  public long[] eachOf(String name, int count) {
    List<Long> given = list(name);
    long[] all = new long[count];
    for (int i = 0; i < count; i++) {
      all[i] = given.get(given.size() == 1 ? 0 : i);
    }
    return all;
  }

  /** Returns a list of numbers, empty when it was left out. */
  public long[] numbers(String name) {
    return list(name).stream().mapToLong(Long::longValue).toArray();
  }

  @SuppressWarnings("unchecked")
  private List<Long> list(String name) {
    return (List<Long>) values.getOrDefault(name, List.of());
  }

  /** Returns the currencies of tickets, each after the one that backs it. */
  @SuppressWarnings("unchecked")
  public List<Currency> currencies(String name) {
    return (List<Currency>) values.getOrDefault(name, List.of());
  }

  /** Returns the classes of a multilevel queue, the highest first. */
  @SuppressWarnings("unchecked")
  public List<QueueClass> classes(String name) {
    return (List<QueueClass>) values.getOrDefault(name, List.of());
  }

  public boolean flag(String name) {
    return (Boolean) values.get(name);
  }

  public String choice(String name) {
    return (String) values.get(name);
  }

  public Estimate estimate(String name) {
    return (Estimate) values.get(name);
  }

  /** Returns all values by name, for display. */
  public Map<String, Object> asMap() {
    return Map.copyOf(values);
  }
}
