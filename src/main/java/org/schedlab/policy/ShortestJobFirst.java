package org.schedlab.policy;

import java.math.BigInteger;
import org.schedlab.kernel.Task;

/**
 * Shortest job first: the thread with the shortest next CPU burst runs until it blocks or ends;
 * ties in order of entry. The burst is read from the program, or forecast from the past as the
 * textbook's exponential average τ(n+1) = α·t(n) + (1 − α)·τ(n), rounded to the nanosecond (half
 * up) at each step.
 *
 * <p>Source: Silberschatz, Galvin and Gagne, Operating System Concepts, 10th ed., section 5.3.2.
 */
final class ShortestJobFirst extends HeapPolicy {
  private static final long BILLION = 1_000_000_000L;

  private final Estimate estimate;
  private long entries;

  ShortestJobFirst(Estimate estimate) {
    this.estimate = estimate;
  }

  @Override
  public void enqueue(Task task, Reason reason) {
    ready.add(task, expected(task), entries++);
  }

  @Override
  public void burstEnded(Task task) {
    if (!estimate.exact()) {
      long next = average(estimate.alphaBillionths(), task.burstSoFar(), estimate(task));
      task.setPolicyWord(next + 1);
    }
  }

  /** The policy's word of a thread is its forecast plus one; 0 before the first burst. */
  @Override
  public long estimate(Task task) {
    if (estimate.exact()) {
      return -1;
    }
    return task.policyWord() == 0 ? estimate.initialNanos() : task.policyWord() - 1;
  }

  /** What is left of the burst, as far as it is known: a thread that yields is in mid-burst. */
  private long expected(Task task) {
    return estimate.exact()
        ? task.remainingBurst()
        : Math.max(0, estimate(task) - task.burstSoFar());
  }

  /** Returns α·last + (1 − α)·before, rounded half up; alpha in billionths. */
  static long average(long alpha, long last, long before) {
    BigInteger sum =
        product(alpha, last).add(product(BILLION - alpha, before)).add(product(1, BILLION / 2));
    return sum.divide(BigInteger.valueOf(BILLION)).longValueExact();
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  @Override
  public String keyName() {
    return "burst";
  }

  @Override
  public Key key(Task task) {
    return Key.time(expected(task));
  }

  @Override
  public String reason(Task picked) {
    return estimate.exact() ? "has the shortest burst" : "has the shortest expected burst";
  }
}
