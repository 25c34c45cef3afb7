package org.schedlab.report;

/**
 * The part of a run that a chart shows, in nanoseconds.
 *
 * @param from 0 or more
 * @param to more than {@code from}; ends with the run if that is shorter
 */
public record Window(long from, long to) {
  /** The whole run. */
  public static final Window ALL = new Window(0, Long.MAX_VALUE);

  /**
   * @throws IllegalArgumentException if the window is empty
   */
  public Window {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("an empty window of time");
    }
  }

  /** Returns the window, cut to a run of that length; never empty. */
  Window within(long makespan) {
    long start = Math.min(from, Math.max(0, makespan - 1));
    return new Window(start, Math.max(start + 1, Math.min(to, makespan)));
  }
}
