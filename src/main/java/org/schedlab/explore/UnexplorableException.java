package org.schedlab.explore;

import org.schedlab.program.Location;

/** A program does what an exploration cannot follow, or what ends a thread by force. */
public final class UnexplorableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Location location;

  public UnexplorableException(String message, Location location) {
    super(message);
    this.location = location;
  }

  /** Returns where the scenario says so. */
  public Location location() {
    return location;
  }
}
