package org.schedlab.bench;

import org.schedlab.engine.RandomStream;
import org.schedlab.engine.RandomStreams;
import org.schedlab.program.Distribution;

/**
 * Jobs that come at random, ask for random times and are served first come first served, written by
 * hand: a clock, the next arrival, a heap of ends, a ring of those who wait, and their mean
 * turnaround.
 */
final class JobQueue {
  static final long SEED = 1;

  /** What a job asks for on average. */
  private static final long MEAN_BURST = 1_000_000;

  private final int servers;
  private final Distribution gaps;
  private final Distribution bursts = new Distribution.Exponential(MEAN_BURST);

  // Those who wait, by when they came and what they ask for.
  private long[] arrivals = new long[1024];
  private long[] lengths = new long[1024];

  JobQueue(int servers) {
    this.servers = servers;
    this.gaps = new Distribution.Exponential(meanGap(servers));
  }

  /** Returns the time between arrivals at a load of 0.8. */
  static long meanGap(int servers) {
    return MEAN_BURST * 5 / 4 / servers;
  }

  /** Serves so many jobs, all drawn from two streams, and returns their turnaround times' sum. */
  long run(int jobs) {
    return run(jobs, null);
  }

  /** Serves the very jobs that a scenario would have: each has a stream of its own. */
  long sameJobs(int jobs) {
    return run(jobs, new RandomStreams(SEED));
  }

  private long run(int jobs, RandomStreams streams) {
    RandomStream arriving = new RandomStreams(SEED).stream("job", "arrivals");
    RandomStream computing = new RandomStream(SEED);
    LongHeap ends = new LongHeap(servers);
    int head = 0;
    int tail = 0;
    int arrived = 0;
    long nextArrival = 0;
    long turnaround = 0;
    for (int ended = 0; ended < jobs; ) {
      // What ends at an instant has ended before anything new comes.
      if (ends.size() > 0 && (arrived == jobs || ends.key() <= nextArrival)) {
        long clock = ends.key();
        turnaround += clock - ends.tie();
        ended++;
        if (head == tail) {
          ends.removeFirst();
        } else {
          int at = head++ & arrivals.length - 1;
          ends.replaceFirst(clock + lengths[at], arrivals[at]);
        }
        continue;
      }
      long clock = nextArrival;
      if (streams != null) {
        computing = streams.stream("job[" + arrived + "]", "program");
      }
      long length = bursts.draw(computing);
      if (ends.size() < servers) {
        ends.add(clock + length, clock);
      } else {
        if (tail - head == arrivals.length) {
          arrivals = grown(arrivals, head);
          lengths = grown(lengths, head);
        }
        int at = tail++ & arrivals.length - 1;
        arrivals[at] = clock;
        lengths[at] = length;
      }
      arrived++;
      nextArrival = clock + gaps.draw(arriving);
    }
    return turnaround;
  }

  /** Returns a ring of twice the length in which everything keeps its number. */
  private static long[] grown(long[] ring, int head) {
    long[] longer = new long[2 * ring.length];
    for (int i = 0; i < ring.length; i++) {
      longer[head + i & longer.length - 1] = ring[head + i & ring.length - 1];
    }
    return longer;
  }
}
