package org.schedlab.policy;

import java.util.List;

/**
 * A parameter of a policy, as scenario files name it.
 *
 * @param name the key beside {@code policy:}
 * @param kind how its value is written
 * @param defaultValue a Long (a number, or a duration in the scenario's time unit), Boolean or
 *     String; null if it may be left out
 * @param choices the words allowed, for {@link Kind#CHOICE}
 * @param meaning a sentence for {@code schedlab policies} and error messages
 */
public record Parameter(
    String name, Kind kind, Object defaultValue, List<String> choices, String meaning) {

  /** How a value is written, and the Java type it becomes. */
  public enum Kind {
    /** A duration above zero; Long nanoseconds. */
    DURATION,
    /** A whole number of at least 1; Long. */
    INTEGER,
    /** {@code true} or {@code false}; Boolean. */
    FLAG,
    /** One word of {@link Parameter#choices}; String. */
    CHOICE,
    /** A duration above zero, or a list of them; List of Long nanoseconds. */
    DURATIONS,
    /** A whole number of at least 1, or a list of them; List of Long. */
    INTEGERS,
    /** A list of whole numbers of at least 0; List of Long. */
    NUMBERS,
    /** A list of {@code {name: NAME, policy: POLICY, ...}}; List of {@link QueueClass}. */
    CLASSES,
    /** {@code {NAME: N, NAME: {NAME: N}, ...}}; List of {@link Currency}. */
    CURRENCIES,
    /** {@code exact} or {@code {exponential: {alpha: A, initial: D}}}; {@link Estimate}. */
    ESTIMATE;

    /** Says whether a list may be given. */
    public boolean isList() {
      return this == DURATIONS || this == INTEGERS || this == NUMBERS || this == CLASSES;
    }

    /** Says whether values are counted in the scenario's time unit. */
    public boolean isDuration() {
      return this == DURATION || this == DURATIONS;
    }
  }

  /** Returns a duration; {@code defaultUnits} counts in the scenario's unit, null for none. */
  public static Parameter duration(String name, Long defaultUnits, String meaning) {
    return new Parameter(name, Kind.DURATION, defaultUnits, List.of(), meaning);
  }

  /** Returns a whole number of at least 1. */
  public static Parameter integer(String name, long defaultValue, String meaning) {
    return new Parameter(name, Kind.INTEGER, defaultValue, List.of(), meaning);
  }

  /** Returns a duration, or a list of them. */
  public static Parameter durations(String name, long defaultUnits, String meaning) {
    return new Parameter(name, Kind.DURATIONS, defaultUnits, List.of(), meaning);
  }

  /** Returns a whole number of at least 1, or a list of them. */
  public static Parameter integers(String name, long defaultValue, String meaning) {
    return new Parameter(name, Kind.INTEGERS, defaultValue, List.of(), meaning);
  }

  static Parameter numbers(String name, String meaning) {
    return new Parameter(name, Kind.NUMBERS, null, List.of(), meaning);
  }

  static Parameter currencies(String name, String meaning) {
    return new Parameter(name, Kind.CURRENCIES, null, List.of(), meaning);
  }

  static Parameter classes(String name, String meaning) {
    String textbook = "foreground, background";
    return new Parameter(name, Kind.CLASSES, textbook, List.of(), meaning);
  }

  /** Returns a flag: true or false. */
  public static Parameter flag(String name, boolean defaultValue, String meaning) {
    return new Parameter(name, Kind.FLAG, defaultValue, List.of(), meaning);
  }

  /** Returns a word of a list. */
  public static Parameter choice(
      String name, String defaultValue, List<String> choices, String meaning) {
    return new Parameter(name, Kind.CHOICE, defaultValue, choices, meaning);
  }

  static Parameter estimate(String name, String meaning) {
    return new Parameter(name, Kind.ESTIMATE, "exact", List.of("exact"), meaning);
  }

  /** Returns the default as {@link PolicyParameters} holds it: durations in nanoseconds. */
  Object defaultIn(long unitNanos) {
    return switch (kind) {
      case DURATION -> defaultValue == null ? null : (Long) defaultValue * unitNanos;
      case DURATIONS -> List.of((Long) defaultValue * unitNanos);
      case INTEGERS -> List.of((Long) defaultValue);
      case CLASSES -> QueueClass.textbook(unitNanos);
      case ESTIMATE -> Estimate.EXACT;
      default -> defaultValue;
    };
  }
}
