package org.schedlab.cost;

import java.util.List;

/**
 * A parameter's value in a profile, with what it rests on.
 *
 * @param value in the parameter's unit
 * @param low the lowest value seen on comparable machines, with its unit; empty where none is known
 * @param high the highest such value
 * @param evidence the first is what the value was taken from; empty for what a machine has not, or
 *     no source gives for it
 */
public record Figure(
    Profile profile, long value, String low, String high, List<Evidence> evidence) {
  private static final long CORTEX_M4_MEGAHERTZ = 120;

  public Figure {
    evidence = List.copyOf(evidence);
  }

  /** Returns the figure of a profile in which a parameter costs nothing. */
  static Figure none(Profile profile) {
    return new Figure(profile, 0, "", "", List.of());
  }

  static Figure textbook(long value) {
    return new Figure(Profile.TEXTBOOK, value, "", "", List.of());
  }

  static Figure linux(long value, Evidence... evidence) {
    return linux(value, "", "", evidence);
  }

  static Figure linux(long value, String low, String high, Evidence... evidence) {
    return new Figure(Profile.LINUX_X86_64, value, low, high, List.of(evidence));
  }

  static Figure pentium(long value, Evidence... evidence) {
    return new Figure(Profile.PENTIUM_1996, value, "", "", List.of(evidence));
  }

  static Figure cortexM4(long value, Evidence... evidence) {
    return new Figure(Profile.CORTEX_M4, value, "", "", List.of(evidence));
  }

  /** Returns a duration in cycles at 120 MHz, rounded half up to nanoseconds. */
  static Figure cortexM4Cycles(long cycles, Evidence... evidence) {
    long nanos = (2 * 1_000 * cycles / CORTEX_M4_MEGAHERTZ + 1) / 2;
    return cortexM4(nanos, evidence);
  }

  /** Says whether low and high are known. */
  public boolean hasRange() {
    return !low.isEmpty();
  }
}
