package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.schedlab.trace.AccessKind;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.TraceSink;

/** Accesses that repeat the last one are only counted: nothing may come out otherwise for it. */
class RepeatedAccessesTest {
  private static final AccessKind[] KINDS = {
    AccessKind.LOAD, AccessKind.STORE, AccessKind.LOAD, AccessKind.STORE, AccessKind.ATOMIC_UPDATE
  };

  /** The first of the variables that one thread alone reads. */
  private static final int OWN = 2;

  private final RaceUse shortened = new RaceUse(thread -> TraceSink.NONE);
  private final RaceUse whole = new RaceUse(thread -> TraceSink.NONE);
  private final int[] holder = {TraceSink.NONE, TraceSink.NONE};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void comeToTheSameAsEachForItself(int seed) {
    Random random = new Random(seed);
    for (RaceUse use : new RaceUse[] {shortened, whole}) {
      use.variablesMade(0, 0, cell -> "x" + cell);
      for (int thread = 0; thread < 3; thread++) {
        use.threadCreated(0, thread, 0, "t" + thread);
      }
    }
    for (int step = 0; step < 400; step++) {
      int thread = random.nextInt(3);
      int cell = random.nextInt(2);
      AccessKind kind = KINDS[random.nextInt(KINDS.length)];
      int line = 1 + random.nextInt(2);
      for (int times = random.nextInt(4); times >= 0; times--) {
        access(step, thread, kind, cell, line);
      }
      useLock(step, random.nextInt(3), random.nextInt(2));
    }
    assertThat(shortened.pairs()).isEqualTo(whole.pairs()).isPositive();
    for (int cell = 0; cell < OWN; cell++) {
      RaceUse.Variable actual = variable(shortened, "x" + cell);
      RaceUse.Variable expected = variable(whole, "x" + cell);
      assertThat(actual.races())
          .usingRecursiveComparison()
          .ignoringFields("cell")
          .isEqualTo(expected.races());
      assertThat(actual.use()).usingRecursiveComparison().isEqualTo(expected.use());
      assertThat(actual.use().lost()).isPositive();
    }
  }

  private static RaceUse.Variable variable(RaceUse use, String name) {
    return use.variables().stream()
        .filter(variable -> variable.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void access(long time, int thread, AccessKind kind, int cell, int line) {
    shortened.accessed(time, thread, kind, 0, cell, 0, line);
    // What comes between has each looked at for itself.
    whole.accessed(time, thread, AccessKind.LOAD, 0, OWN + thread, 0, line);
    whole.accessed(time, thread, kind, 0, cell, 0, line);
    assertThat(shortened.lastRaced()).isEqualTo(whole.lastRaced());
    assertThat(shortened.lastLost()).isEqualTo(whole.lastLost());
  }

  private void useLock(long time, int thread, int lock) {
    for (RaceUse use : new RaceUse[] {shortened, whole}) {
      if (holder[lock] == TraceSink.NONE) {
        use.acquired(time, thread, lock, LockMode.EXCLUSIVE, Acquisition.values()[0], 1);
      } else if (holder[lock] == thread) {
        use.released(time, thread, lock);
      }
    }
    if (holder[lock] == TraceSink.NONE) {
      holder[lock] = thread;
    } else if (holder[lock] == thread) {
      holder[lock] = TraceSink.NONE;
    }
  }
}
