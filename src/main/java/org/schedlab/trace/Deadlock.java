package org.schedlab.trace;

import java.util.List;

/**
 * Threads that wait for each other in a circle.
 *
 * @param links each thread waits for the next one, the last for the first
 */
public record Deadlock(List<Link> links) {

  /**
   * One thread of the circle.
   *
   * @param thread who waits
   * @param what it waits for, such as {@code mutex m}, or {@code the end of worker}
   * @param object the id of what it waits for, or NONE where that is another thread's end
   * @param since when it began to wait
   * @param line where in the scenario it waits
   */
  public record Link(int thread, String what, int object, long since, int line, int column) {}
}
