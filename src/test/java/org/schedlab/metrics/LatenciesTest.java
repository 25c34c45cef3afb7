package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static Latencies of(long... nanos) {
    Latencies latencies = new Latencies();
    Arrays.stream(nanos).forEach(latencies::add);
    return latencies;
  }

  @Test
  void quantileIsTheSmallestThatSoManyAreNotAbove() {
    Latencies latencies = of(50, 10, 40, 20, 30);
    assertThat(latencies.quantile(20)).isEqualTo(10);
    assertThat(latencies.quantile(21)).isEqualTo(20);
    assertThat(latencies.quantile(50)).isEqualTo(30);
    assertThat(latencies.quantile(80)).isEqualTo(40);
    assertThat(latencies.quantile(95)).isEqualTo(50);
    latencies.add(5);
    assertThat(latencies.quantile(1)).isEqualTo(5);
    assertThat(of(7).quantile(99)).isEqualTo(7);
  }

  @Test
  void aboveTheBoundQuantilesAreWithinHalfAPerCent() {
    Random random = new Random(7);
    int count = 3 * Latencies.EXACT;
    long[] all = new long[count];
    Latencies latencies = new Latencies();
    for (int i = 0; i < count; i++) {
      all[i] = (long) Math.exp(random.nextDouble() * 40);
      latencies.add(all[i]);
    }
    assertThat(latencies.isExact()).isFalse();
    assertThat(latencies.count()).isEqualTo(count);
    Arrays.sort(all);
    for (int percent : new int[] {1, 5, 10, 25, 50, 75, 90, 95, 99}) {
      long exact = all[count / 100 * percent - 1];
      assertThat(Math.abs(latencies.quantile(percent) - exact)).isLessThanOrEqualTo(exact / 250);
    }
    assertThat(latencies.quantile(100)).isLessThanOrEqualTo(latencies.max());
    assertThat(latencies.max()).isEqualTo(all[count - 1]);
    BigInteger sum = Arrays.stream(all).mapToObj(BigInteger::valueOf).reduce(BigInteger::add).get();
    assertThat(latencies.sum()).isEqualTo(sum);
  }

  @Test
  void atTheBoundTheyAreStillExact() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= Latencies.EXACT; i++) {
      latencies.add(1_000_000L * i);
    }
    assertThat(latencies.isExact()).isTrue();
    assertThat(latencies.quantile(95)).isEqualTo(1_000_000L * (Latencies.EXACT / 100 * 95));
  }

  @Test
  void largestNumbersHaveAClassToo() {
    Latencies latencies = new Latencies();
    for (int i = 0; i <= Latencies.EXACT; i++) {
      latencies.add(Long.MAX_VALUE);
    }
    double share = (double) latencies.quantile(50) / Long.MAX_VALUE;
    assertThat(share).isBetween(0.996, 1.0);
    assertThat(latencies.sum())
        .isEqualTo(
            BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(Latencies.EXACT + 1)));
  }
}
