package org.schedlab.metrics;

import java.math.BigInteger;
import java.util.stream.IntStream;

/** The jobs of one group of a workload that are counted: those after its first few. */
public final class GroupTimes {
  /** What slowdowns are counted in: 10^9 to one. */
  public static final long SLOWDOWN_SCALE = 1_000_000_000L;

  private static final BigInteger SCALE = BigInteger.valueOf(SLOWDOWN_SCALE);

  private final String name;
  private final long uncounted;
  private final JobStatistic turnaround = new JobStatistic();
  private final JobStatistic response = new JobStatistic();
  private final JobStatistic waiting = new JobStatistic();
  private final JobStatistic slowdown = new JobStatistic();
  private long arrived;
  private long firstArrival = TaskTimes.NEVER;
  private long lastFinish;
  private long longestWait;
  private double shares;
  private double squaredShares;

  GroupTimes(String name, long uncounted) {
    this.name = name;
    this.uncounted = uncounted;
  }

  /**
   * Returns the threads that have ended, as a group; how long one waited in one go is not known.
   */
  public static GroupTimes ofThreads(TaskTimes tasks, IntStream threads) {
    GroupTimes group = new GroupTimes("", 0);
    threads
        .filter(tasks::hasEnded)
        .forEach(
            thread -> {
              group.arrive(tasks.arrival(thread));
              group.add(tasks, thread, 0);
            });
    return group;
  }

  boolean counts(long number) {
    return number >= uncounted;
  }

  void arrive(long time) {
    arrived++;
    if (firstArrival == TaskTimes.NEVER || time < firstArrival) {
      firstArrival = time;
    }
  }

  /** Counts a job that has ended; its times are those of its thread. */
  void add(TaskTimes tasks, int thread, long longest) {
    long inSystem = tasks.turnaround(thread);
    long running = tasks.running(thread);
    turnaround.add(inSystem);
    if (tasks.response(thread) != TaskTimes.NEVER) {
      response.add(tasks.response(thread));
    }
    waiting.add(tasks.waiting(thread));
    if (running > 0) {
      slowdown.add(scaledRatio(inSystem, running));
    }
    double share = inSystem == 0 ? 1 : (double) running / inSystem;
    shares += share;
    squaredShares += share * share;
    longestWait = Math.max(longestWait, longest);
    lastFinish = Math.max(lastFinish, tasks.finish(thread));
  }

  /** Returns a ratio in units of {@link #SLOWDOWN_SCALE}, rounded half up. */
  public static long scaledRatio(long dividend, long divisor) {
    if (dividend < Long.MAX_VALUE / (2 * SLOWDOWN_SCALE)) {
      return (2 * SLOWDOWN_SCALE * dividend / divisor + 1) / 2;
    }
    BigInteger half = BigInteger.valueOf(divisor / 2);
    BigInteger ratio =
        BigInteger.valueOf(dividend).multiply(SCALE).add(half).divide(BigInteger.valueOf(divisor));
    return ratio.bitLength() < Long.SIZE ? ratio.longValue() : Long.MAX_VALUE;
  }

  /** Returns the name of the group, and behind a slash that of the class if it is one. */
  public String name() {
    return name;
  }

  /** Returns how many jobs that are counted have ended. */
  public long count() {
    return turnaround.count();
  }

  /** Returns how many jobs that would be counted have not ended. */
  public long unfinished() {
    return arrived - turnaround.count();
  }

  /** Returns the times from arrival to end, in nanoseconds. */
  public JobStatistic turnaround() {
    return turnaround;
  }

  /** Returns the times from arrival to the first work, in nanoseconds. */
  public JobStatistic response() {
    return response;
  }

  /** Returns the times ready but not running, in nanoseconds. */
  public JobStatistic waiting() {
    return waiting;
  }

  /**
   * Returns turnaround over running, in units of {@link #SLOWDOWN_SCALE}; of jobs that used a CPU.
   */
  public JobStatistic slowdown() {
    return slowdown;
  }

  /** Returns the longest time that a job stood ready in one go, in nanoseconds. */
  public long longestWait() {
    return longestWait;
  }

  /**
   * Returns how much time passed from the first arrival that is counted to the last end, in
   * nanoseconds.
   */
  public long span() {
    return firstArrival == TaskTimes.NEVER ? 0 : Math.max(0, lastFinish - firstArrival);
  }

  /**
   * Returns how fairly the CPUs were shared: (Σx)² / (n · Σx²) over x = running / turnaround, the
   * share of a CPU that a job had while it was there. 1 where all had the same, 1/n where one had
   * all. Source: Jain, Chiu and Hawe, "A quantitative measure of fairness and discrimination", DEC
   * TR-301, 1984.
   */
  public double fairness() {
    return squaredShares == 0 ? 1 : shares * shares / (count() * squaredShares);
  }
}
