package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/** Letters are locks; threads take them in turn, at lines that count up from 1. */
class LockOrderTest {
  private final LockOrder order = new LockOrder();
  private int line;

  /** A thread gets locks and then gives all of them back: upper case to write, lower to read. */
  private void takes(int thread, String locks) {
    for (char lock : locks.toCharArray()) {
      LockMode mode = Character.isUpperCase(lock) ? LockMode.EXCLUSIVE : LockMode.SHARED;
      line++;
      order.acquired(line * 10L, thread, id(lock), mode, Acquisition.AT_ONCE, line);
    }
    for (char lock : locks.toCharArray()) {
      order.released(line * 10L + 5, thread, id(lock));
    }
  }

  private static int id(char lock) {
    return Character.toUpperCase(lock) - 'A';
  }

  @Test
  void twoThreadsThatTakeTwoLocksInOppositeOrdersAreAnInversion() {
    takes(1, "AB");
    assertThat(order.inversions()).isEmpty();
    takes(2, "BA");
    assertThat(order.inversions())
        .containsExactly(
            new LockOrder.Inversion(
                List.of(
                    new LockOrder.Step(1, 0, 1, 1, 2, 20), new LockOrder.Step(2, 1, 3, 0, 4, 40))));
  }

  @Test
  void eachCircleIsToldOnce() {
    for (int i = 0; i < 100; i++) {
      takes(i % 5, "AB");
      takes(5 + i % 3, "BA");
    }
    assertThat(order.inversions()).hasSize(1);
    assertThat(order.isOmitted()).isFalse();
  }

  @Test
  void whoOnlyTriesNeverWaits() {
    takes(1, "AB");
    order.acquired(100, 2, id('B'), LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    order.acquired(100, 2, id('A'), LockMode.EXCLUSIVE, Acquisition.TRIED, 8);
    assertThat(order.inversions()).isEmpty();
  }

  @Test
  void oneThreadAloneIsNone() {
    takes(1, "AB");
    takes(1, "BA");
    assertThat(order.inversions()).isEmpty();
  }

  @Test
  void gateLockKeepsThemApart() {
    takes(1, "GAB");
    takes(2, "GBA");
    assertThat(order.inversions()).isEmpty();
    takes(3, "BA");
    assertThat(order.inversions()).hasSize(1);
    assertThat(order.inversions().get(0).steps())
        .extracting(LockOrder.Step::thread)
        .containsExactly(1, 3);
  }

  @Test
  void readersOfAGateDoNotKeepEachOtherOut() {
    takes(1, "gAB");
    takes(2, "gBA");
    assertThat(order.inversions()).hasSize(1);
  }

  @Test
  void readersWaitForNoReaders() {
    takes(1, "ab");
    takes(2, "ba");
    assertThat(order.inversions()).isEmpty();
    takes(3, "BA");
    assertThat(order.inversions()).hasSize(1);
  }

  @Test
  void threeLocksInACircleOfThreeThreads() {
    takes(1, "AB");
    takes(2, "BC");
    assertThat(order.inversions()).isEmpty();
    takes(3, "CA");
    assertThat(order.inversions()).hasSize(1);
    List<LockOrder.Step> steps = order.inversions().get(0).steps();
    assertThat(steps).extracting(LockOrder.Step::thread).containsExactly(1, 2, 3);
    assertThat(steps).extracting(LockOrder.Step::held).containsExactly(0, 1, 2);
    assertThat(steps).extracting(LockOrder.Step::line).containsExactly(2, 4, 6);
  }

  @Test
  void twoThreadsCannotStandAtThreeSteps() {
    takes(1, "AB");
    takes(1, "BC");
    takes(2, "CA");
    assertThat(order.inversions()).isEmpty();
  }

  @Test
  void gateOfTwoOfThreeThreadsIsEnough() {
    takes(1, "GAB");
    takes(2, "GBC");
    takes(3, "CA");
    assertThat(order.inversions()).isEmpty();
  }

  @Test
  void lockThatWasGivenBackIsNoStep() {
    takes(1, "AB");
    order.acquired(1, 2, 1, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 50);
    order.released(2, 2, 1);
    order.acquired(3, 2, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 51);
    assertThat(order.inversions()).isEmpty();
  }

  @Test
  void lockTakenTwiceIsHeldUntilItIsGivenBackTwice() {
    takes(1, "AB");
    order.acquired(1, 2, 1, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 50);
    order.acquired(2, 2, 1, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 51);
    order.released(3, 2, 1);
    order.acquired(4, 2, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 52);
    assertThat(order.inversions()).hasSize(1);
    assertThat(order.inversions().get(0).steps().get(1).heldLine()).isEqualTo(50);
  }

  @Test
  void semaphoresAndInheritedLocksAreNoSteps() {
    takes(1, "AB");
    order.acquired(1, 2, 1, LockMode.PASSED, Acquisition.AT_ONCE, 50);
    order.acquired(1, 2, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 51);
    order.acquired(1, 3, 1, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 0);
    order.acquired(1, 3, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 0);
    assertThat(order.inversions()).isEmpty();
  }

  private void take(int thread, char semaphore) {
    order.acquired(line, thread, id(semaphore), LockMode.PASSED, Acquisition.AT_ONCE, 99);
  }

  @Test
  void semaphoreThatAllHaveTakenMayKeepOneOfThemOut() {
    order.syncObjectMade(0, id('S'), SyncKind.SEMAPHORE, "seats", TraceSink.NONE);
    take(1, 'S');
    takes(1, "AB");
    order.released(line, 1, id('S'));
    take(2, 'S');
    takes(2, "BA");
    order.released(line, 2, id('S'));
    assertThat(order.inversions()).isEmpty();
    takes(2, "BA");
    assertThat(order.inversions()).hasSize(1);
  }

  @Test
  void semaphoreThatOthersPostGuardsNothing() {
    order.syncObjectMade(0, id('S'), SyncKind.SEMAPHORE, "slots", TraceSink.NONE);
    order.released(0, 3, id('S'));
    take(1, 'S');
    takes(1, "AB");
    take(2, 'S');
    takes(2, "BA");
    assertThat(order.inversions()).hasSize(1);
  }

  @Test
  void manyLocksInEveryOrderStayWithinBounds() {
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 60; j++) {
        if (i != j) {
          line++;
          order.acquired(line, i, i, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, line);
          order.acquired(line, i, j, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, line);
          order.released(line, i, j);
          order.released(line, i, i);
        }
      }
    }
    assertThat(order.inversions()).hasSize(LockOrder.LIMIT);
    assertThat(order.isOmitted()).isTrue();
  }
}
