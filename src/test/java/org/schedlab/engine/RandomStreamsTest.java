package org.schedlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Streams are the JDK's numbers, apart from each other, and can be looked ahead in. */
class RandomStreamsTest {
  @Test
  void numbersAreThoseOfSplittableRandom() {
    for (long seed : new long[] {0, 1, -1, 42, Long.MIN_VALUE}) {
      RandomStream ours = new RandomStream(seed);
      SplittableRandom theirs = new SplittableRandom(seed);
      for (int i = 0; i < 1000; i++) {
        assertThat(ours.nextLong()).isEqualTo(theirs.nextLong());
      }
      assertThat(ours.nextDouble()).isEqualTo(theirs.nextDouble());
    }
  }

  @Test
  void copyGoesOnAsTheOriginalWould() {
    RandomStream original = new RandomStream(5);
    original.nextLong();
    RandomStream copy = new RandomStream(0);
    copy.copyFrom(original);
    assertThat(copy.nextLong()).isEqualTo(original.nextLong());
  }

  @Test
  void streamsDifferByUserPurposeAndSeedAndByNothingElse() {
    RandomStreams streams = new RandomStreams(1);
    long first = streams.stream("a", "x").nextLong();
    assertThat(streams.stream("a", "x").nextLong()).isEqualTo(first);
    assertThat(streams.stream("b", "x").nextLong()).isNotEqualTo(first);
    assertThat(streams.stream("a", "y").nextLong()).isNotEqualTo(first);
    assertThat(streams.stream("ax", "").nextLong()).isNotEqualTo(first);
    assertThat(new RandomStreams(2).stream("a", "x").nextLong()).isNotEqualTo(first);
    // The same on every machine and JDK, for good.
    assertThat(first).isEqualTo(5045703831545332987L);
  }

  @Test
  void oneOfManyDrawsByItsNameWithItsNumber() {
    RandomStreams streams = new RandomStreams(7);
    for (long number : new long[] {0, 9, 10, 4711, Long.MAX_VALUE}) {
      RandomStream stream = new RandomStream(1);
      stream.nextLong();
      streams.begin(stream, "job", number, "program");
      assertThat(stream.nextLong())
          .isEqualTo(streams.stream("job[" + number + "]", "program").nextLong());
    }
  }
}
