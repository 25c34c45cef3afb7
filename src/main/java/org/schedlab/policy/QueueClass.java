package org.schedlab.policy;

import java.util.List;

/**
 * A class of a multilevel queue.
 *
 * @param name as threads name it
 * @param policy how its threads are scheduled
 */
public record QueueClass(String name, PolicyDescriptor policy, PolicyParameters parameters) {
  /** The policies that do not fit into a queue among others. */
  public static final List<String> NOT_IN_QUEUES =
      List.of("mlfq", "multilevel-queue", "linux", "ps");

  @Override
  public String toString() {
    return name + ": " + policy.name();
  }
}
