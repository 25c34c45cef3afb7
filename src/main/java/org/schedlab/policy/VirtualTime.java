package org.schedlab.policy;

import org.schedlab.kernel.Task;

/**
 * The virtual time of a thread under a fair policy: it passes as time does for a thread of nice 0,
 * and the more slowly the greater the weight. Whole nanoseconds, with the rest carried on, so that
 * nothing drifts.
 */
class VirtualTime extends ReadyTree.Node {
  final long weight;

  /** Virtual nanoseconds. */
  long now;

  /** What is left of a nanosecond, in parts of {@link #weight}. */
  private long rest;

  /** How much CPU time has been counted. */
  private long counted;

  /** The queue whose time this is, and where the thread stands with it. */
  Object home;

  boolean running;

  VirtualTime(Task task, long weight) {
    super(task);
    this.weight = weight;
    this.counted = task.attained();
  }

  /** Lets virtual time go on for the CPU time used since the last call; returns that CPU time. */
  long count() {
    long ran = task.attained() - counted;
    counted += ran;
    long parts = ran * NiceWeights.NORMAL + rest;
    now += parts / weight;
    rest = parts % weight;
    return ran;
  }

  /** Returns so much CPU time in virtual time, rounded down. */
  long virtual(long nanos) {
    return Exact.productOver(nanos, NiceWeights.NORMAL, weight);
  }
}
