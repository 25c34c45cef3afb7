package org.schedlab.report;

/** A chart could not be drawn on this machine. The message says what to install. */
public final class ChartFailedException extends Exception {
  public ChartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
