package org.schedlab.kernel;

import java.util.List;
import java.util.Set;

/**
 * A schedule that a run follows instead of a policy.
 *
 * @param tasks full names of the threads, one for each step, in order; behind the last step no
 *     thread can make another
 * @param spinning full names of the threads that in the end read the same again and again
 * @param stepNanos how long a step lasts that takes no time by the costs
 */
public record Script(List<String> tasks, Set<String> spinning, long stepNanos) {
  public Script {
    tasks = List.copyOf(tasks);
    spinning = Set.copyOf(spinning);
  }
}
