package org.schedlab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTest {
  /** Law's example 4.27: ten observations, 90 % interval 1.34 ± 0.24. */
  @Test
  void intervalIsThatOfATextbook() {
    Sample sample = Sample.of(1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09);
    assertThat(sample.mean()).isCloseTo(1.343, within(1e-9));
    assertThat(sample.deviation() * sample.deviation()).isCloseTo(0.17, within(0.005));
    assertThat(sample.halfWidth(0.90)).isCloseTo(0.24, within(0.005));
  }

  /** t(9) at 0.975 is 2.262157, at 0.995 3.249836. */
  @Test
  void quantilesAreStudents() {
    Sample sample = Sample.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(sample.halfWidth(0.95) / sample.standardError()).isCloseTo(2.262157, within(1e-6));
    assertThat(sample.halfWidth(0.99) / sample.standardError()).isCloseTo(3.249836, within(1e-6));
  }

  @Test
  void pairedDifferencesAreNarrowWhereBothMoveTogether() {
    Sample one = Sample.of(10, 20, 30, 40);
    Sample other = Sample.of(9, 19.5, 28.5, 39);
    Sample difference = one.minus(other);
    assertThat(difference.mean()).isEqualTo(1.0);
    assertThat(difference.halfWidth(0.95)).isLessThan(one.halfWidth(0.95) / 10);
    assertThatThrownBy(() -> one.minus(Sample.of(1))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneObservationSaysNothingOfItsError() {
    assertThat(Sample.of(5).halfWidth(0.95)).isNaN();
    assertThat(Sample.of(5).probabilityOf(4)).isNaN();
  }

  @Test
  void probabilityIsThatOfTheTTest() {
    // t = 2.449490 with 4 degrees of freedom: p = 0.070484.
    Sample sample = Sample.of(1, 2, 3, 4, 5);
    assertThat((3 - 1.267949) / sample.standardError()).isCloseTo(2.4494897, within(1e-5));
    assertThat(sample.probabilityOf(1.267949)).isCloseTo(0.070484, within(1e-5));
    assertThat(sample.probabilityOf(3)).isEqualTo(1);
    assertThat(Sample.of(2, 2, 2).probabilityOf(2)).isEqualTo(1);
    assertThat(Sample.of(2, 2, 2).probabilityOf(3)).isZero();
  }

  /** Of many intervals so many hold the true mean as they promise. */
  @Test
  void intervalsHoldTheTrueMeanAsOftenAsTheyPromise() {
    Random random = new Random(3);
    int held = 0;
    int trials = 20_000;
    for (int trial = 0; trial < trials; trial++) {
      double[] values = new double[6];
      for (int i = 0; i < values.length; i++) {
        values[i] = 7 + 2 * random.nextGaussian();
      }
      Sample sample = Sample.of(values);
      held += Math.abs(sample.mean() - 7) <= sample.halfWidth(0.9) ? 1 : 0;
    }
    // Four standard deviations.
    assertThat((double) held / trials).isCloseTo(0.9, within(0.0085));
  }

  /** Holm's procedure by hand: 0.01·4, 0.02·3, 0.03·2 (not below), 0.04·1 (not below). */
  @Test
  void holmMultipliesTheSmallestMost() {
    assertThat(Holm.adjusted(0.04, 0.01, 0.03, 0.02))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0.06, 0.04, 0.06, 0.06);
    assertThat(Holm.adjusted(0.5, 0.9)).containsExactly(1, 1);
    assertThat(Holm.adjusted(0.02, Double.NaN)).containsExactly(0.02, Double.NaN);
  }
}
