package org.schedlab.cli;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** A command: {@code schedlab NAME ...}. */
interface Command {
  /** Returns the word that calls it. */
  String name();

  /** Returns what follows the word, as the usage line prints it. */
  String arguments();

  /** Returns what it does, in a sentence. */
  String summary();

  /** Returns the options that it understands. */
  Options options();

  /**
   * Does it.
   *
   * @return the exit status
   * @throws UsageException if the arguments do not fit
   */
  int run(CommandLine line, Console console) throws Exception;
}
