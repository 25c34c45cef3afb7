package org.schedlab.kernel;

import org.schedlab.program.Location;

/** A run cannot go on: a limit is exceeded, or a thread would go on forever without time. */
public final class RunStopped extends RuntimeException {
  private final transient Location location;
  private final String file;

  /** A policy cannot decide. */
  public RunStopped(String message) {
    this(message, Location.NONE);
  }

  RunStopped(String message, Location location) {
    super(message, null, false, false);
    this.location = location;
    this.file = "";
  }

  /**
   * A policy that somebody else has written is at fault.
   *
   * @param file its source
   * @param line in that file, from 1; 0 where none is known
   */
  public RunStopped(String message, String file, int line) {
    super(message, null, false, false);
    this.location = new Location(line, 0);
    this.file = file;
  }

  /** Returns {@code FILE:LINE} of the policy that is at fault, as far as the line is known. */
  public String place() {
    return location.line() > 0 ? file + ":" + location.line() : file;
  }

  /** Returns the file that is at fault; empty for the scenario. */
  public String file() {
    return file;
  }

  /** Returns the operation at which the run was stopped. */
  public Location location() {
    return location;
  }
}
