package org.schedlab.trace;

/** Why a thread left its CPU. */
public enum Departure {
  EXIT("exit", true),
  BLOCKED("blocked", true),
  YIELDED("yielded", true),
  PREEMPTED("preempted", false),
  QUANTUM("quantum", false),
  /** The run ended under it. */
  END("end", false);

  private final String label;
  private final boolean voluntary;

  Departure(String label, boolean voluntary) {
    this.label = label;
    this.voluntary = voluntary;
  }

  /** Returns the word that {@code timeline[].why} uses. */
  public String label() {
    return label;
  }

  /** Says whether the thread gave the CPU up of its own accord. */
  public boolean isVoluntary() {
    return voluntary;
  }
}
