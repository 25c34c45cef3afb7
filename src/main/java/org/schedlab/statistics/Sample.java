package org.schedlab.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Independent observations of one quantity, such as the mean response time in each replication of a
 * run. Intervals are Student's, which are exact where observations are normal and good where each
 * is a mean of many (Law, Simulation Modeling and Analysis, 5th ed., section 4.5).
 */
public final class Sample {
  private final double[] values;
  private final double mean;
  private final double deviation;

  private Sample(double[] values) {
    this.values = values;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    deviation = values.length < 2 ? 0 : StrictMath.sqrt(squares / (values.length - 1));
  }

  /**
   * Takes observations.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Sample of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a sample needs observations");
    }
    return new Sample(values.clone());
  }

  /**
   * Returns the differences of two samples whose observations belong together one by one, as those
   * of two policies under common random numbers do.
   *
   * @throws IllegalArgumentException if they are not equally many
   */
  public Sample minus(Sample other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException("paired samples are equally long");
    }
    double[] differences = new double[values.length];
    Arrays.setAll(differences, i -> values[i] - other.values[i]);
    return new Sample(differences);
  }

  /** Returns the same observations with the other sign. */
  public Sample negated() {
    double[] negated = new double[values.length];
    Arrays.setAll(negated, i -> -values[i]);
    return new Sample(negated);
  }

  public int count() {
    return values.length;
  }

  public double mean() {
    return mean;
  }

  /** Returns the standard deviation, with n − 1 below; 0 of one observation. */
  public double deviation() {
    return deviation;
  }

  /** Returns the standard error of the mean: s / √n. */
  public double standardError() {
    return deviation / StrictMath.sqrt(values.length);
  }

  /**
   * Returns half the width of the interval around the mean that holds the true mean with a
   * probability.
   *
   * @param confidence the probability, such as 0.95
   * @return NaN of a single observation, which says nothing about how far off it is
   */
  public double halfWidth(double confidence) {
    if (values.length < 2) {
      return Double.NaN;
    }
    TDistribution student = TDistribution.of(values.length - 1);
    return student.inverseSurvivalProbability((1 - confidence) / 2) * standardError();
  }

  /**
   * Returns how likely a mean at least as far from {@code expected} as this one is, if that is the
   * true mean: the p-value of the two-sided t-test. 1 where all observations equal it, 0 where all
   * are the same and do not.
   *
   * @return NaN of a single observation
   */
  public double probabilityOf(double expected) {
    if (values.length < 2) {
      return Double.NaN;
    }
    if (deviation == 0) {
      return mean == expected ? 1 : 0;
    }
    double t = Math.abs(mean - expected) / standardError();
    return 2 * TDistribution.of(values.length - 1).survivalProbability(t);
  }
}
