package org.schedlab.report;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.TimeUnit;

/**
 * How a table prints its times: as plain numbers in the scenario's unit, rounded to three places,
 * where that tells something of each of them; else each with the unit that suits it. A column of
 * one unit is read at a glance. The exact times stand in the CSV tables.
 */
final class TimeStyle {
  private static final int PLACES = 3;

  /** A time of fewer hundredths of the unit would keep less than two of its digits. */
  private static final int HUNDREDTHS = 100;

  /** Six digits before the point: what the eye takes in. */
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

  /** Whether all times seen so far can be written shortly in the unit. */
  private static final class Shortness implements LongConsumer {
    private final TimeUnit unit;
    private boolean holds = true;

    Shortness(TimeUnit unit) {
      this.unit = unit;
    }

    @Override
    public void accept(long time) {
      if (time != TaskTimes.NEVER) {
        holds &= time == 0 || time >= unit.nanos() / HUNDREDTHS;
        holds &= time / unit.nanos() < LARGEST;
      }
    }
  }

  /** Returns {@code title (times in ms)}, or the title alone where each time has its unit. */
  String title(String title) {
    return common ? title + " (times in " + Decimals.symbol(unit) + ")" : title;
  }

  /** Returns a time; a dash for one that never came. */
  String time(long time) {
    if (time == TaskTimes.NEVER) {
      return "–";
    }
    return common ? Decimals.quotient(time, unit.nanos(), PLACES) : Decimals.readable(time);
  }

  /** Returns an average, rounded half-even to three places. */
  String mean(Averages.Mean mean) {
    if (common) {
      return mean.in(unit.nanos(), PLACES);
    }
    return Decimals.readable(Long.parseLong(mean.in(1, 0)));
  }
}
