package org.schedlab.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Draws have the moments of their distributions, and are the same on every machine. */
class DistributionTest {
  private static final int DRAWS = 200_000;
  private static final long MS = 1_000_000;

  private record Moments(double mean, double sd, long min, long max) {}

  private static Moments moments(TimeSource source) {
    SplittableRandom random = new SplittableRandom(7);
    double sum = 0;
    double squares = 0;
    long min = Long.MAX_VALUE;
    long max = 0;
    for (int i = 0; i < DRAWS; i++) {
      long drawn = source.draw(random);
      sum += drawn;
      squares += (double) drawn * drawn;
      min = Math.min(min, drawn);
      max = Math.max(max, drawn);
    }
    double mean = sum / DRAWS;
    return new Moments(mean, Math.sqrt(squares / DRAWS - mean * mean), min, max);
  }

  private static void assertMoments(TimeSource source, double mean, double sd) {
    Moments moments = moments(source);
    assertThat(moments.mean()).isCloseTo(mean, Percentage.withPercentage(1));
    assertThat(moments.sd()).isCloseTo(sd, Percentage.withPercentage(2));
    assertThat(moments.min()).isNotNegative();
  }

  @Test
  void exponentialHasItsMeanAsStandardDeviation() {
    assertMoments(new Distribution.Exponential(5 * MS), 5 * MS, 5 * MS);
  }

  @Test
  void uniformStaysBetweenItsBounds() {
    Distribution uniform = new Distribution.Uniform(MS, 9 * MS);
    assertMoments(uniform, 5 * MS, 8 * MS / Math.sqrt(12));
    assertThat(moments(uniform).min()).isGreaterThanOrEqualTo(MS);
    assertThat(moments(uniform).max()).isLessThanOrEqualTo(9 * MS);
  }

  @Test
  void boundedParetoHasTheTextbookMoments() {
    double a = 2.5;
    double l = MS;
    double h = 50 * MS;
    Distribution pareto = new Distribution.BoundedPareto(a, MS, 50 * MS);
    double first = moment(1, a, l, h);
    double second = moment(2, a, l, h);
    assertThat(moments(pareto).mean()).isCloseTo(first, Percentage.withPercentage(1));
    assertThat(moments(pareto).sd())
        .isCloseTo(Math.sqrt(second - first * first), Percentage.withPercentage(5));
    assertThat(moments(pareto).min()).isGreaterThanOrEqualTo(MS);
    assertThat(moments(pareto).max()).isLessThanOrEqualTo(50 * MS);
  }

  /** E[X^j] = a·l^a / (1 − (l/h)^a) · (h^(j−a) − l^(j−a)) / (j − a). */
  private static double moment(int j, double a, double l, double h) {
    return a
        * Math.pow(l, a)
        / (1 - Math.pow(l / h, a))
        * (Math.pow(h, j - a) - Math.pow(l, j - a))
        / (j - a);
  }

  @Test
  void normalFarFromZeroKeepsItsMoments() {
    assertMoments(new Distribution.TruncatedNormal(10 * MS, MS), 10 * MS, MS);
  }

  @Test
  void normalAroundZeroIsAHalfNormal() {
    double sd = Math.sqrt(1 - 2 / Math.PI) * MS;
    assertMoments(new Distribution.TruncatedNormal(0, MS), Math.sqrt(2 / Math.PI) * MS, sd);
  }

  @Test
  void lognormalIsGivenByItsOwnMoments() {
    assertMoments(new Distribution.Lognormal(4 * MS, 2 * MS), 4 * MS, 2 * MS);
  }

  @Test
  void hyperexponentialIsMoreVariableThanExponential() {
    double mean = 0.9 * 0.5 + 0.1 * 5.5;
    double second = 2 * (0.9 * 0.25 + 0.1 * 30.25);
    assertMoments(
        new Distribution.Hyperexponential(List.of(9.0, 1.0), List.of(MS / 2, 11 * MS / 2)),
        mean * MS,
        Math.sqrt(second - mean * mean) * MS);
  }

  @Test
  void empiricalDrawsOnlyWhatItWasGiven() {
    Distribution empirical = new Distribution.Empirical(List.of(1L, 2L, 6L));
    assertMoments(empirical, 3, Math.sqrt(14 / 3.0));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      assertThat(empirical.draw(random)).isIn(1L, 2L, 6L);
    }
  }

  @Test
  void drawsAreTheSameEverywhere() {
    List<Distribution> all =
        List.of(
            new Distribution.Exponential(5 * MS),
            new Distribution.Uniform(MS, 9 * MS),
            new Distribution.BoundedPareto(1.5, MS, 1000 * MS),
            new Distribution.TruncatedNormal(5 * MS, MS),
            new Distribution.Lognormal(4 * MS, 2 * MS),
            new Distribution.Hyperexponential(List.of(0.9, 0.1), List.of(MS, 10 * MS)),
            new Distribution.Empirical(List.of(1L, 2L, 6L)));
    SplittableRandom random = new SplittableRandom(42);
    assertThat(all.stream().map(d -> d.draw(random)).toList())
        .isEqualTo(List.of(6765553L, 2279283L, 1243215L, 5892470L, 4315798L, 415411L, 2L));
  }

  @Test
  void extremeDrawsStayDurations() {
    SplittableRandom random = new SplittableRandom(3);
    Distribution huge = new Distribution.Lognormal(1L << 61, 1L << 62);
    for (int i = 0; i < 1000; i++) {
      assertThat(huge.draw(random)).isBetween(0L, Distribution.MAX_NANOS);
    }
    assertThat(new Distribution.TruncatedNormal(5, 0).draw(random)).isEqualTo(5);
    assertThat((double) new Distribution.Uniform(7, 7).draw(random)).isCloseTo(7, within(0.0));
  }

  @Test
  void impossibleParametersAreRefused() {
    assertThatThrownBy(() -> new Distribution.Exponential(0)).hasMessageContaining("mean");
    assertThatThrownBy(() -> new Distribution.Uniform(2, 1)).hasMessageContaining("max");
    assertThatThrownBy(() -> new Distribution.BoundedPareto(0, 1, 2)).hasMessageContaining("shape");
    assertThatThrownBy(() -> new Distribution.BoundedPareto(1, 0, 2)).hasMessageContaining("min");
    assertThatThrownBy(() -> new Distribution.TruncatedNormal(-1, 2)).hasMessageContaining("mean");
    assertThatThrownBy(() -> new Distribution.Lognormal(0, 2)).hasMessageContaining("mean");
    assertThatThrownBy(() -> new Distribution.Hyperexponential(List.of(1.0), List.of(1L, 2L)))
        .hasMessageContaining("equally many");
    assertThatThrownBy(() -> new Distribution.Empirical(List.of()))
        .hasMessageContaining("at least");
  }
}
