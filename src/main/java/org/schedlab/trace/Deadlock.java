package org.schedlab.trace;

import java.util.List;

/**
 * Threads that wait for each other.
 *
 * @param links each thread of a circle waits for the next one, the last for the first; otherwise
 *     those of which none can go on, in the order in which they were made
 * @param circle whether they stand in a circle; else they need more units of resources than will
 *     ever be free
 */
public record Deadlock(List<Link> links, boolean circle) {

  /**
   * One of the threads.
   *
   * @param thread who waits
   * @param what it waits for, such as {@code mutex m}, or {@code the end of worker}
   * @param object the id of what it waits for, or NONE where that is another thread's end
   * @param since when it began to wait
   * @param line where in the scenario it waits
   */
  public record Link(int thread, String what, int object, long since, int line, int column) {}
}
