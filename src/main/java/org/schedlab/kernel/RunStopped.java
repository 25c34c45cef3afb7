package org.schedlab.kernel;

import org.schedlab.program.Location;

/** A run cannot go on: a limit is exceeded, or a thread would go on forever without time. */
public final class RunStopped extends RuntimeException {
  private final transient Location location;

  /** A policy cannot decide. */
  public RunStopped(String message) {
    this(message, Location.NONE);
  }

  RunStopped(String message, Location location) {
    super(message, null, false, false);
    this.location = location;
  }

  /** Returns the operation at which the run was stopped. */
  public Location location() {
    return location;
  }
}
