package org.schedlab.metrics;

/**
 * What became of one thread's jobs. The response of a job is its completion less its release. A job
 * is missed when it was completed after its deadline, or is unfinished at the end of the run with a
 * deadline up to then.
 */
public final class JobTimes {
  private final JobQueue open = new JobQueue();
  private long released;
  private long completed;
  private long missed;
  private long responseMin = Long.MAX_VALUE;
  private long responseMax;
  private long responseSum;

  JobTimes() {}

  void release(long time, long deadline) {
    open.add(time, deadline);
    released++;
  }

  void complete(long time) {
    long response = time - open.release(0);
    if (time > open.deadline(0)) {
      missed++;
    }
    open.removeFirst();
    completed++;
    responseMin = Math.min(responseMin, response);
    responseMax = Math.max(responseMax, response);
    responseSum += response;
  }

  void finish(long time) {
    for (int i = 0; i < open.size(); i++) {
      if (open.deadline(i) <= time) {
        missed++;
      }
    }
  }

  public long released() {
    return released;
  }

  public long completed() {
    return completed;
  }

  public long missed() {
    return missed;
  }

  /** Returns the shortest response; meaningless before a job is {@link #completed}. */
  public long responseMin() {
    return responseMin;
  }

  /** Returns the longest response; meaningless before a job is {@link #completed}. */
  public long responseMax() {
    return responseMax;
  }

  public long responseSum() {
    return responseSum;
  }
}
