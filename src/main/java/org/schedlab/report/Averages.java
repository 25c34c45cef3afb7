package org.schedlab.report;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.schedlab.metrics.TaskTimes;

/**
 * Averages over the threads of a run. Turnaround is averaged over the threads that have ended,
 * response over those that have run, everything else over all that have arrived.
 */
final class Averages {
  private final TaskTimes tasks;
  private final boolean folded;

  /**
   * @param folded whether there were too many threads to tell them apart: then there are none
   */
  Averages(TaskTimes tasks, boolean folded) {
    this.tasks = tasks;
    this.folded = folded;
  }

  /** A sum and what it is divided by. */
  record Mean(BigInteger sum, long count) {
    /** Returns the mean in units of so many nanoseconds, rounded half-even. */
    String in(long unitNanos, int places) {
      long divisor = Math.multiplyExact(count, unitNanos);
      return sum.bitLength() < Long.SIZE
          ? Decimals.quotient(sum.longValue(), divisor, places)
          : Decimals.quotient(sum, divisor, places);
    }
  }

  /** A time that is averaged, with its key in result.json. */
  record Field(String key, Mean mean) {}

  static Mean mean(long sum, long count) {
    return new Mean(BigInteger.valueOf(sum), count);
  }

  /** Returns a mean in whole numbers, rounded half-even. */
  static long whole(long sum, long count) {
    return Long.parseLong(mean(sum, count).in(1, 0));
  }

  /** Returns those averages that there are. */
  List<Field> all() {
    return TaskField.TIMES.stream()
        .filter(TaskField::isDuration)
        .flatMap(field -> of(field).map(mean -> new Field(field.key(), mean)).stream())
        .toList();
  }

  /** Returns the average, or empty where no thread has such a time. */
  Optional<Mean> of(TaskField field) {
    if (folded) {
      return Optional.empty();
    }
    Sum sum = new Sum();
    for (int thread = 0; thread < tasks.count(); thread++) {
      if (tasks.name(thread) != null && tasks.arrival(thread) != TaskTimes.NEVER) {
        sum.add(field.of(tasks, thread));
      }
    }
    return sum.mean();
  }

  /** Returns the average of those times that came about, or empty where none did. */
  static Optional<Mean> of(LongStream times) {
    Sum sum = new Sum();
    times.forEach(sum::add);
    return sum.mean();
  }

  /** Adds those times up that came about, however many they are. */
  private static final class Sum {
    private BigInteger all = BigInteger.ZERO;
    private long partial;
    private long count;

    void add(long time) {
      if (time == TaskTimes.NEVER) {
        return;
      }
      count++;
      partial += time;
      if (partial > Long.MAX_VALUE / 2) {
        all = all.add(BigInteger.valueOf(partial));
        partial = 0;
      }
    }

    Optional<Mean> mean() {
      BigInteger sum = all.add(BigInteger.valueOf(partial));
      return count == 0 ? Optional.empty() : Optional.of(new Mean(sum, count));
    }
  }
}
