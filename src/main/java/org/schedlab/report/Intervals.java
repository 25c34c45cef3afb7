package org.schedlab.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.schedlab.statistics.Sample;

/** Means with their intervals, for people: to the place of the second digit that may be off. */
final class Intervals {
  private static final int MOST_PLACES = 6;

  private Intervals() {}

  /** Returns {@code 14.9 ± 3.3}; of one observation the mean alone, to three places. */
  static String text(Sample sample, double confidence) {
    if (sample.count() == 1) {
      return Decimals.plain(new BigDecimal(sample.mean()).setScale(3, RoundingMode.HALF_EVEN));
    }
    double half = sample.halfWidth(confidence);
    int places = places(half == 0 ? sample.mean() / 1_000 : half);
    return number(sample.mean(), places) + " ± " + number(half, places);
  }

  private static int places(double number) {
    if (number == 0) {
      return 0;
    }
    int leading = (int) Math.floor(StrictMath.log10(Math.abs(number)));
    return Math.max(0, Math.min(MOST_PLACES, 1 - leading));
  }

  /** Returns a number rounded half-even to so many places. */
  static String number(double value, int places) {
    return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** Returns a number for files, to the places of statistics; null for one that is none. */
  static String exact(double value) {
    return Double.isNaN(value)
        ? null
        : Decimals.plain(
            new BigDecimal(value).setScale(Decimals.STATISTIC_PLACES, RoundingMode.HALF_EVEN));
  }
}
