package org.schedlab.bench;

import java.util.Arrays;
import org.schedlab.engine.RandomStream;

/**
 * What the benchmarks are held against: loops over arrays of numbers that do the same rotation,
 * look-up or heap work, with no model around. Each returns a number that depends on all of its
 * work, so that none of it can be left out.
 */
final class Floors {
  /** A first level of a TLB: 64 entries in 4 ways. */
  private static final int SETS = 16;

  private static final int WAYS = 4;

  private Floors() {}

  /** Round robin: rotates a queue of threads and advances a clock by quanta of 4. */
  static long rotate(int threads, long quanta) {
    int[] ring = new int[Integer.highestOneBit(threads) * 2];
    long[] left = new long[threads];
    int mask = ring.length - 1;
    int head = 0;
    int tail = 0;
    for (int i = 0; i < threads; i++) {
      ring[tail++ & mask] = i;
      left[i] = 4 * quanta / threads;
    }
    long clock = 0;
    while (head != tail) {
      int job = ring[head++ & mask];
      clock += 4;
      left[job] -= 4;
      if (left[job] > 0) {
        ring[tail++ & mask] = job;
      }
    }
    return clock;
  }

  /**
   * Round robin, and keeps books: how often each thread ran, how long in all, and how long it
   * waited, in all and at most. More of what a simulator computes, and less a matter of how soon a
   * processor can load what it has just stored.
   */
  static long rotateWithBooks(int threads, long quanta) {
    int[] ring = new int[Integer.highestOneBit(threads) * 2];
    long[] left = new long[threads];
    long[] since = new long[threads];
    long[] waited = new long[threads];
    long[] longest = new long[threads];
    long[] ran = new long[threads];
    int[] turns = new int[threads];
    int mask = ring.length - 1;
    int head = 0;
    int tail = 0;
    for (int i = 0; i < threads; i++) {
      ring[tail++ & mask] = i;
      left[i] = 4 * quanta / threads;
    }
    long clock = 0;
    while (head != tail) {
      int job = ring[head++ & mask];
      long wait = clock - since[job];
      waited[job] += wait;
      longest[job] = Math.max(longest[job], wait);
      turns[job]++;
      clock += 4;
      ran[job] += 4;
      left[job] -= 4;
      since[job] = clock;
      if (left[job] > 0) {
        ring[tail++ & mask] = job;
      }
    }
    return clock + waited[0] + longest[0] + ran[0] + turns[0];
  }

  /** A ready queue: takes the smallest out and puts it back behind, so many times. */
  static long queue(int threads, long decisions) {
    LongHeap ready = new LongHeap(threads);
    for (int i = 0; i < threads; i++) {
      ready.add(i, i);
    }
    long clock = 0;
    for (long i = 0; i < decisions; i++) {
      long thread = ready.tie();
      clock += ready.key();
      long key = ready.key() + 1000 + 7 * (thread % 10);
      ready.removeFirst();
      ready.add(key, thread);
    }
    return clock;
  }

  /** Timers: takes the next out, moves a clock there, and sets it anew at random, 1 to 100 on. */
  static long timers(int timers, long switches) {
    RandomStream random = new RandomStream(1);
    LongHeap due = new LongHeap(timers);
    for (int i = 0; i < timers; i++) {
      due.add(i, i);
    }
    long clock = 0;
    for (long i = 0; i < switches; i++) {
      clock = due.key();
      double length = 1_000 + 99_000 * ((random.nextLong() >>> 11) * 0x1.0p-53);
      due.replaceFirst(clock + StrictMath.round(length), due.tie());
    }
    return clock;
  }

  /**
   * A ring of so many places between two sides that take turns: one fills it, the other empties it
   * and adds up how long each thing was in it.
   *
   * @param bytes what each thing adds to the level
   */
  static long handOver(int room, long things, int bytes) {
    long[] sentAt = new long[Integer.highestOneBit(room) * 2];
    int mask = sentAt.length - 1;
    long head = 0;
    long tail = 0;
    long clock = 0;
    long level = 0;
    long most = 0;
    long latency = 0;
    while (head < things) {
      while (tail < things && tail - head < room) {
        sentAt[(int) tail++ & mask] = clock++;
        level += bytes;
        most = Math.max(most, level);
      }
      while (head < tail) {
        latency += clock++ - sentAt[(int) head++ & mask];
        level -= bytes;
      }
    }
    return latency + most;
  }

  /**
   * References to pages in turn: each looks for its page among the tags of its set, is counted, and
   * advances a clock.
   *
   * @param stamped whether the frame that is found is noted down as used now, as lru needs it
   */
  static long translate(int pages, long references, boolean stamped) {
    long[] tags = new long[SETS * WAYS];
    long[] usedAt = new long[SETS * WAYS];
    long[] hits = new long[2];
    Arrays.fill(tags, -1);
    long clock = 0;
    int page = 0;
    for (long i = 0; i < references; i++) {
      int first = (page & SETS - 1) * WAYS;
      int way = 0;
      while (way < WAYS && tags[first + way] != page) {
        way++;
      }
      if (way == WAYS) {
        way = page / SETS % WAYS;
        tags[first + way] = page;
        hits[0]++;
      } else {
        hits[1]++;
      }
      clock++;
      if (stamped) {
        usedAt[first + way] = clock;
      }
      page = page + 1 == pages ? 0 : page + 1;
    }
    return hits[1] + usedAt[0];
  }

  /**
   * All orders of two threads of so many stores each to one variable, by going back and forth over
   * a path; each execution stores again what changes.
   *
   * @return how many there are
   */
  static long interleavings(int stores) {
    int steps = 2 * stores;
    int[] chosen = new int[steps + 1];
    int[] value = new int[steps + 1];
    int[] next = new int[2];
    int[] seen = new int[stores + 1];
    long executions = 0;
    int depth = 0;
    chosen[0] = -1;
    while (depth >= 0) {
      if (chosen[depth] >= 0) {
        next[chosen[depth]]--;
      }
      int thread = chosen[depth] + 1;
      while (thread < 2 && next[thread] == stores) {
        thread++;
      }
      if (depth == steps || thread == 2) {
        if (depth == steps) {
          executions++;
          seen[value[depth]]++;
        }
        depth--;
        continue;
      }
      chosen[depth] = thread;
      value[depth + 1] = ++next[thread];
      depth++;
      chosen[depth] = -1;
    }
    return seen[stores] == executions ? executions : -1;
  }
}
