package org.schedlab.report;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.TimeUnit;

/**
 * How a table prints its times: as plain numbers in the scenario's unit where all of them are short
 * and exact in it, else each with the unit that suits it.
 */
final class TimeStyle {
  /** Two places behind the point, six digits before: what the eye takes in. */
  private static final int HUNDREDTHS = 100;

  private static final long LARGEST = 1_000_000;

  private final TimeUnit unit;
  private final boolean common;

  private TimeStyle(TimeUnit unit, boolean common) {
    this.unit = unit;
    this.common = common;
  }

  /** Returns the style that suits all of these times. */
  static TimeStyle of(TimeUnit unit, LongStream times) {
    Shortness all = new Shortness(unit);
    times.forEach(all);
    return new TimeStyle(unit, all.holds);
  }

  /** Whether all times seen so far can be written shortly and exactly in the unit. */
  private static final class Shortness implements LongConsumer {
    private final TimeUnit unit;
    private boolean holds = true;

    Shortness(TimeUnit unit) {
      this.unit = unit;
    }

    @Override
    public void accept(long time) {
      if (time != TaskTimes.NEVER) {
        long finest = Math.max(1, unit.nanos() / HUNDREDTHS);
        holds &= time % finest == 0 && time / unit.nanos() < LARGEST;
      }
    }
  }

  /** Returns {@code title (times in ms)}, or the title alone where each time has its unit. */
  String title(String title) {
    return common ? title + " (times in " + unit.symbol() + ")" : title;
  }

  /** Returns a time; a dash for one that never came. */
  String time(long time) {
    if (time == TaskTimes.NEVER) {
      return "–";
    }
    return common ? unit.format(time) : Decimals.readable(time);
  }

  /** Returns an average, rounded half-even to three places. */
  String mean(Averages.Mean mean) {
    if (common) {
      return mean.in(unit.nanos(), 3);
    }
    return Decimals.readable(Long.parseLong(mean.in(1, 0)));
  }
}
