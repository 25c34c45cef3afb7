package org.schedlab.cli;

import java.math.BigDecimal;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/**
 * What a policy written by a user may take.
 *
 * @param callMillis how long one call may last
 * @param memoryMegabytes the heap of the process that runs it, the simulation's own included
 */
record PolicyLimits(long callMillis, int memoryMegabytes) {
  private static final int MOST_SECONDS = 86_400;
  private static final int LEAST_MEGABYTES = 64;
  private static final int MOST_MEGABYTES = 1_048_576;

  /** Adds the options that set them. */
  static Options addTo(Options options) {
    return options
        .addOption(
            Main.option(
                null,
                "policy-timeout",
                "SECONDS",
                "how long one call of a policy of your own may last; default 10"))
        .addOption(
            Main.option(
                null,
                "policy-memory",
                "MB",
                "memory of the process that runs a policy of your own; default 1024"));
  }

  /** Returns what the command line says. */
  static PolicyLimits of(CommandLine line) throws UsageException {
    return new PolicyLimits(
        callMillis(line.getOptionValue("policy-timeout", "10")),
        megabytes(line.getOptionValue("policy-memory", "1024")));
  }

  private static long callMillis(String text) throws UsageException {
    try {
      BigDecimal seconds = new BigDecimal(text);
      boolean fits =
          seconds.compareTo(new BigDecimal("0.1")) >= 0
              && seconds.compareTo(BigDecimal.valueOf(MOST_SECONDS)) <= 0;
      if (fits) {
        return seconds.movePointRight(3).longValue();
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(
        "--policy-timeout is a number of seconds from 0.1 to "
            + MOST_SECONDS
            + ", not '"
            + text
            + "'");
  }

  private static int megabytes(String text) throws UsageException {
    try {
      int megabytes = Integer.parseInt(text);
      if (megabytes >= LEAST_MEGABYTES && megabytes <= MOST_MEGABYTES) {
        return megabytes;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(
        "--policy-memory is a number of megabytes from "
            + LEAST_MEGABYTES
            + " to "
            + MOST_MEGABYTES
            + ", not '"
            + text
            + "'");
  }
}
