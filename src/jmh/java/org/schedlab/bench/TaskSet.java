package org.schedlab.bench;

import org.schedlab.engine.RandomStream;

/**
 * A set of periodic tasks with deadlines at the ends of their periods, and earliest deadline first
 * over it, written by hand.
 *
 * @param periods in nanoseconds
 * @param lengths what each job computes, in nanoseconds
 */
record TaskSet(long[] periods, long[] lengths) {
  private static final long MILLISECOND = 1_000_000;

  /** Thirteen periods from 10 to 1000 ms. */
  private static final int[] PERIODS = {10, 20, 25, 40, 50, 80, 100, 125, 200, 250, 400, 500, 1000};

  /**
   * Draws a set: the tasks have the periods in turn, and utilisations that are uniform among all
   * that add up to the given one (UUniFast: Bini and Buttazzo, "Measuring the performance of
   * schedulability tests", Real-Time Systems 30, 2005).
   */
  static TaskSet draw(int tasks, double utilization, long seed) {
    RandomStream random = new RandomStream(seed);
    long[] periods = new long[tasks];
    long[] lengths = new long[tasks];
    double left = utilization;
    for (int i = 0; i < tasks; i++) {
      periods[i] = PERIODS[i % PERIODS.length] * MILLISECOND;
      int others = tasks - 1 - i;
      double uniform = (random.nextLong() >>> 11) * 0x1.0p-53;
      double rest = others == 0 ? 0 : left * StrictMath.pow(uniform, 1.0 / others);
      lengths[i] = Math.max(1, (long) ((left - rest) * periods[i]));
      left = rest;
    }
    return new TaskSet(periods, lengths);
  }

  /** Returns the set as a scenario of one CPU under earliest deadline first. */
  String scenario(long until) {
    StringBuilder text = new StringBuilder("until: " + until + "ns\nscheduler: {policy: edf}\n");
    text.append("processes:\n");
    for (int i = 0; i < periods.length; i++) {
      text.append(
          "  - {name: T%d, period: %dns, wcet: %dns}\n".formatted(i, periods[i], lengths[i]));
    }
    return text.toString();
  }

  /**
   * What came of a run by hand.
   *
   * @param dispatches how often a job was given the CPU, at first or again
   * @param completed how many jobs were
   * @param missed how many of these after their deadlines
   * @param responses the sum of times from release to completion
   */
  record Tally(long dispatches, long completed, long missed, long responses) {}

  /**
   * Runs the set: a heap of releases and a heap of ready jobs, in which equal deadlines are in the
   * order of release and then of the tasks. At one instant a job ends first, then all releases
   * come, then the CPU is given.
   *
   * @param until no job may be released or end at this very moment
   */
  Tally run(long until) {
    int tasks = periods.length;
    LongHeap releases = new LongHeap(tasks);
    LongHeap ready = new LongHeap(tasks);
    long[] released = new long[tasks];
    long[] deadlines = new long[tasks];
    long[] left = new long[tasks];
    for (int i = 0; i < tasks; i++) {
      releases.add(0, i);
    }
    long dispatches = 0;
    long completed = 0;
    long missed = 0;
    long responses = 0;
    long clock = 0;
    int running = -1;
    while (true) {
      long next = releases.key();
      if (running >= 0 && clock + left[running] <= next) {
        clock += left[running];
        if (clock > until) {
          break;
        }
        completed++;
        responses += clock - released[running];
        missed += clock > deadlines[running] ? 1 : 0;
        running = -1;
      } else if (next > until) {
        break;
      } else {
        if (running >= 0) {
          left[running] -= next - clock;
        }
        clock = next;
      }
      while (releases.key() == clock) {
        int task = (int) releases.tie();
        released[task] = clock;
        deadlines[task] = clock + periods[task];
        left[task] = lengths[task];
        ready.add(deadlines[task], clock * tasks + task);
        releases.replaceFirst(deadlines[task], task);
      }
      if (ready.size() > 0 && (running < 0 || ready.key() < deadlines[running])) {
        int first = (int) (ready.tie() % tasks);
        if (running < 0) {
          ready.removeFirst();
        } else {
          ready.replaceFirst(deadlines[running], released[running] * tasks + running);
        }
        running = first;
        dispatches++;
      }
    }
    return new Tally(dispatches, completed, missed, responses);
  }
}
