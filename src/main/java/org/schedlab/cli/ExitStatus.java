package org.schedlab.cli;

/** The exit statuses of {@code schedlab}. */
final class ExitStatus {
  /** All right. */
  static final int OK = 0;

  /** The simulation ran and something that it checks failed. */
  static final int CHECK_FAILED = 1;

  /** Bad usage or bad input. */
  static final int BAD_INPUT = 2;

  /** A bug of the simulator. */
  static final int INTERNAL_ERROR = 3;

  private ExitStatus() {}
}
