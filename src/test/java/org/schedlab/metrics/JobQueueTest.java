package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JobQueueTest {
  @Test
  void keepsTheOrderOfReleasesWhileItGrowsAndGoesRound() {
    JobQueue queue = new JobQueue();
    ArrayDeque<Long> expected = new ArrayDeque<>();
    Random random = new Random(5);
    long released = 0;
    for (int step = 0; step < 10_000; step++) {
      // It grows in the first half, and is mostly emptied in the second.
      if (expected.isEmpty() || random.nextInt(100) < (step < 5_000 ? 52 : 45)) {
        queue.add(released, 7 * released);
        expected.addLast(released++);
      } else {
        queue.removeFirst();
        expected.removeFirst();
      }
      assertThat(queue.size()).isEqualTo(expected.size());
      int index = 0;
      for (long release : expected) {
        assertThat(queue.release(index)).isEqualTo(release);
        assertThat(queue.deadline(index++)).isEqualTo(7 * release);
      }
    }
    assertThat(released).isGreaterThan(1_000);
  }

  @Test
  void nothingCanBeTakenOutOfAnEmptyOne() {
    JobQueue queue = new JobQueue();
    queue.add(1, 2);
    queue.removeFirst();
    assertThatThrownBy(queue::removeFirst).hasMessageContaining("had not been released");
  }
}
