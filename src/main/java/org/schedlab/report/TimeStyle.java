package org.schedlab.report;

import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.TimeUnit;

/**
 * How a table prints its times: as plain numbers of one unit, rounded to three places, for a column
 * of one unit is read at a glance. The unit is the scenario's, unless it makes the numbers too long
 * or rounds them away. The exact times stand in the CSV tables.
 */
final class TimeStyle {
  private static final int PLACES = 3;

  /** A time of fewer hundredths of the unit would keep less than two of its digits. */
  private static final int HUNDREDTHS = 100;

  /** Five digits before the point: what the eye takes in. */
  private static final long TOO_LARGE = 100_000;

  private final TimeUnit unit;

  private TimeStyle(TimeUnit unit) {
    this.unit = unit;
  }

  /** Returns the style that suits all of these times. */
  static TimeStyle of(TimeUnit unit, LongStream times) {
    LongSummaryStatistics some =
        times.filter(time -> time != TaskTimes.NEVER && time != 0).summaryStatistics();
    long largest = some.getCount() == 0 ? 0 : some.getMax();
    long smallest = some.getMin();
    TimeUnit suited = unit;
    while (suited != TimeUnit.S && isTooLarge(largest, suited)) {
      suited = TimeUnit.values()[suited.ordinal() + 1];
    }
    while (suited != TimeUnit.NS && smallest < suited.nanos() / HUNDREDTHS) {
      TimeUnit smaller = TimeUnit.values()[suited.ordinal() - 1];
      if (isTooLarge(largest, smaller)) {
        break;
      }
      suited = smaller;
    }
    return new TimeStyle(suited);
  }

  private static boolean isTooLarge(long time, TimeUnit unit) {
    return time / unit.nanos() >= TOO_LARGE;
  }

  /** Returns {@code title (times in ms)}. */
  String title(String title) {
    return title + " (times in " + Decimals.symbol(unit) + ")";
  }

  /** Returns a time; a dash for one that never came. */
  String time(long time) {
    if (time == TaskTimes.NEVER) {
      return "–";
    }
    return visible(Decimals.quotient(time, unit.nanos(), PLACES), time == 0);
  }

  /** Returns an average, rounded half-even to three places. */
  String mean(Averages.Mean mean) {
    String text = mean.in(unit.nanos(), PLACES);
    return visible(text, mean.sum().signum() == 0);
  }

  /** What is not nothing must not look like nothing. */
  private static String visible(String text, boolean zero) {
    return text.equals("0") && !zero ? "< 0.001" : text;
  }
}
