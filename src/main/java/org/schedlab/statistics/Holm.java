package org.schedlab.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Several tests at once: with many of them one comes out significant by chance. Holm's correction
 * bounds the probability that any of those that are right is rejected, whatever their dependence.
 *
 * <p>Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal
 * of Statistics 6(2), 1979.
 */
public final class Holm {
  private Holm() {}

  /**
   * Returns p-values that may be compared with the level of all tests together: the i-th smallest
   * of n, from 0, times n − i, and not below one before it; at most 1. A NaN stays and counts for
   * no test.
   */
  public static double[] adjusted(double... probabilities) {
    double[] adjusted = probabilities.clone();
    int[] order =
        IntStream.range(0, probabilities.length)
            .filter(i -> !Double.isNaN(probabilities[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> probabilities[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      double corrected = Math.min(1, (order.length - i) * probabilities[order[i]]);
      largest = Math.max(largest, corrected);
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }
}
