package org.schedlab.policy;

import java.util.List;
import java.util.Map;

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

  /** Returns the classes of Silberschatz: interactive threads above the others. */
  static List<QueueClass> textbook(long unitNanos) {
    return List.of(
        textbook("foreground", "round-robin", unitNanos),
        textbook("background", "fcfs", unitNanos));
  }

  private static QueueClass textbook(String name, String policyName, long unitNanos) {
    PolicyDescriptor policy = Policies.named(policyName).orElseThrow();
    return new QueueClass(name, policy, new PolicyParameters(policy, Map.of(), unitNanos));
  }

  @Override
  public String toString() {
    return name + ": " + policy.name();
  }
}
