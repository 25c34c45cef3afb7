package org.schedlab.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Patterns refer to the pages that their rules say, and the same ones on every machine. */
class PagePatternTest {
  private static final int REFERENCES = 100_000;

  private static long[] drawn(PageReferences references) {
    RandomGenerator random = new SplittableRandom(7);
    return LongStream.range(0, references.count()).map(r -> references.page(r, random)).toArray();
  }

  /** Returns by page how often it was referred to. */
  private static long[] histogram(PageReferences references) {
    long[] counts = new long[(int) references.lastPage() + 1];
    for (long page : drawn(references)) {
      counts[(int) page]++;
    }
    return counts;
  }

  private static PageSet range(long from, long size, long stride) {
    return new PageSet.Range(from, size, stride);
  }

  @Test
  void aListIsReferredToInItsOrder() {
    PageReferences list = new PagePattern.Sequential(new PageSet.Listed(List.of(7L, 0L, 7L)), 3);
    assertThat(drawn(list)).containsExactly(7, 0, 7);
    assertThat(list.lastPage()).isEqualTo(7);
  }

  @Test
  void aRangeBeginsAgainAfterItsLastPage() {
    PageReferences walk = new PagePattern.Sequential(range(10, 3, 4), 5);
    assertThat(drawn(walk)).containsExactly(10, 14, 18, 10, 14);
    assertThat(walk.lastPage()).isEqualTo(18);
  }

  @Test
  void uniformGivesEveryPageItsShare() {
    for (long count : histogram(new PagePattern.Uniform(range(0, 20, 1), REFERENCES))) {
      assertThat(count).isCloseTo(REFERENCES / 20, within(300L));
    }
  }

  @Test
  void zipfGivesRankRItsPowerOfR() {
    double s = 0.8;
    long[] counts = histogram(new PagePattern.Zipf(range(0, 50, 1), REFERENCES, s));
    double sum = 0;
    for (int r = 1; r <= 50; r++) {
      sum += Math.pow(r, -s);
    }
    for (int r = 1; r <= 50; r++) {
      double expected = REFERENCES * Math.pow(r, -s) / sum;
      assertThat((double) counts[r - 1]).isCloseTo(expected, within(4 * Math.sqrt(expected)));
    }
  }

  @Test
  void zipfWithoutExponentIsUniform() {
    long[] counts = histogram(new PagePattern.Zipf(range(0, 4, 1), REFERENCES, 0));
    for (long count : counts) {
      assertThat(count).isCloseTo(REFERENCES / 4, within(600L));
    }
  }

  @Test
  void theWorkingSetGetsItsShareAndMovesOnRoundTheEnd() {
    long phase = REFERENCES / 4;
    long[] drawn = drawn(new PagePattern.WorkingSet(range(0, 10, 1), REFERENCES, 4, 0.9, phase));
    long[][] hot = {{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9, 0, 1}, {2, 3, 4, 5}};
    for (int p = 0; p < hot.length; p++) {
      for (long page = 0; page < 10; page++) {
        long wanted = page;
        boolean isHot = LongStream.of(hot[p]).anyMatch(h -> h == wanted);
        double share = 0.1 / 10 + (isHot ? 0.9 / 4 : 0);
        long count =
            LongStream.of(drawn).skip(p * phase).limit(phase).filter(x -> x == wanted).count();
        assertThat((double) count / phase).as("page %d", page).isCloseTo(share, within(0.01));
      }
    }
  }

  @Test
  void aWindowOfManyPagesMovesOnWithoutOverflow() {
    long size = PageSet.MOST - 19;
    long hot = size - 1;
    PageReferences far = new PagePattern.WorkingSet(range(0, size, 1), Long.MAX_VALUE, hot, 1, 1);
    long reference = Long.MAX_VALUE - 1;
    RandomGenerator random = new SplittableRandom(1);
    Draws.uniform(random);
    BigInteger first = BigInteger.valueOf(reference).multiply(BigInteger.valueOf(hot));
    BigInteger page = first.add(BigInteger.valueOf(Draws.below(hot, random)));
    assertThat(far.page(reference, new SplittableRandom(1)))
        .isEqualTo(page.mod(BigInteger.valueOf(size)).longValueExact());
  }

  @Test
  void drawsAreTheSameOnEveryMachine() {
    assertThat(drawn(new PagePattern.Uniform(range(0, 100, 1), 6)))
        .containsExactly(38, 1, 90, 58, 45, 24);
    assertThat(drawn(new PagePattern.Zipf(range(0, 100, 1), 6, 1)))
        .containsExactly(3, 0, 59, 11, 5, 1);
    assertThat(drawn(new PagePattern.WorkingSet(range(0, 100, 1), 6, 10, 0.5, 3)))
        .containsExactly(0, 58, 2, 13, 14, 19);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    PageSet ten = range(0, 10, 1);
    assertThatThrownBy(() -> new PageSet.Listed(List.of())).hasMessageContaining("one page");
    assertThatThrownBy(() -> new PageSet.Listed(List.of(-1L))).hasMessageContaining("from 0");
    assertThatThrownBy(() -> range(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PagePattern.Uniform(ten, 0)).hasMessageContaining("reference");
    assertThatThrownBy(() -> new PagePattern.Zipf(ten, 1, -1)).hasMessageContaining("exponent");
    assertThatThrownBy(() -> new PagePattern.WorkingSet(ten, 1, 11, 0.5, 1))
        .hasMessageContaining("from 1 to 10");
    assertThatThrownBy(() -> new PagePattern.WorkingSet(ten, 1, 1, 1.5, 1))
        .hasMessageContaining("locality");
    assertThatThrownBy(() -> new PagePattern.WorkingSet(ten, 1, 1, 0.5, 0))
        .hasMessageContaining("phase");
  }
}
