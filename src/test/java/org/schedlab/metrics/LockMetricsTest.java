package org.schedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.Departure;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

class LockMetricsTest {
  private interface Trace {
    void tell(TraceSink sink, long unit);
  }

  private static RunMetrics of(int cpus, Trace trace) {
    RunMetrics metrics = new RunMetrics(cpus, 1_000);
    trace.tell(metrics, 1);
    return metrics;
  }

  @Test
  void holdsAndWaitsLastFromOneEventToTheOther() {
    LockTimes mutex = of(1, DrawnLocks::inversion).locks().of(0);
    assertThat(mutex.label()).isEqualTo("mutex m");
    assertThat(new long[] {mutex.acquisitions(), mutex.contended()}).containsExactly(2, 1);
    assertThat(new long[] {mutex.holds(), mutex.holdTotal(), mutex.holdMax()})
        .containsExactly(2, 10, 9);
    assertThat(new long[] {mutex.waits(), mutex.waitTotal(), mutex.waitMax()})
        .containsExactly(1, 7, 7);
    assertThat(mutex.longestQueue()).isEqualTo(1);
    assertThat(mutex.waiting()).isZero();
  }

  @Test
  void locksTakenAgainAreHeldOnceUntilTheyAreFree() {
    LockTimes mutex = of(2, DrawnLocks::everySort).locks().of(0);
    // a from 1 to 2, b from 3 to 8 with a second lock from 4 to 5, a from 8 to 9.
    assertThat(new long[] {mutex.acquisitions(), mutex.holds()}).containsExactly(4, 3);
    assertThat(new long[] {mutex.holdTotal(), mutex.holdMax()}).containsExactly(7, 5);
  }

  @Test
  void waitAtAConditionIsNoContentionForItsMutex() {
    LockUse locks = of(2, DrawnLocks::everySort).locks();
    assertThat(locks.of(0).contended()).isZero();
    assertThat(locks.of(0).waits()).isZero();
    LockTimes condition = locks.of(2);
    assertThat(new long[] {condition.waits(), condition.waitTotal()}).containsExactly(1, 6);
    assertThat(new long[] {condition.signals(), condition.lostSignals()}).containsExactly(2, 1);
  }

  @Test
  void readersHoldTogetherAndEachCounts() {
    LockTimes table = of(2, DrawnLocks::everySort).locks().of(4);
    // a reads from 9 to 12, b from 9 to 14; a writes from 14 to the end of the run at 22.
    assertThat(new long[] {table.acquisitions(), table.contended(), table.holds()})
        .containsExactly(3, 1, 3);
    assertThat(new long[] {table.holdTotal(), table.holdMax(), table.waitTotal()})
        .containsExactly(16, 8, 1);
  }

  @Test
  void waitThatEndsWithoutTheLockIsATimeoutAndNoWait() {
    RunMetrics metrics = of(2, DrawnLocks::everySort);
    LockTimes slots = metrics.locks().of(1);
    assertThat(new long[] {slots.timeouts(), slots.waits(), slots.acquisitions()})
        .containsExactly(1, 0, 0);
    assertThat(slots.waiting()).isEqualTo(1);
    assertThat(slots.longestQueue()).isEqualTo(1);
    assertThat(metrics.locks().of(3).acquisitions()).isEqualTo(1);
    assertThat(metrics.locks().of(3).holds()).isZero();
    assertThat(metrics.findings().operations())
        .containsExactly(
            new Findings.FailedOperation(
                15, 1, TraceSink.NONE, 0, "EPERM", "unlocks what it does not hold", 9, 3));
  }

  @Test
  void lockStaysHeldWhenItsHolderEndsButNotItsProcess() {
    LockUse locks = new LockUse();
    locks.syncObjectMade(0, 0, SyncKind.MUTEX, "m", 0);
    locks.syncObjectMade(0, 1, SyncKind.MUTEX, "n", 1);
    locks.syncObjectMade(0, 2, SyncKind.MUTEX, "o", 0);
    for (int object = 0; object < 3; object++) {
      locks.acquired(10, 7, object, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    }
    locks.exited(20, 7, 0, 0);
    locks.processEnded(30, 0, 0);
    locks.finished(50);
    assertThat(locks.of(0).holdTotal()).isEqualTo(20);
    assertThat(locks.of(1).holdTotal()).isEqualTo(40);
    assertThat(locks.of(2).holdTotal()).isEqualTo(20);
  }

  @Test
  void childsCopyOfALockMayBeReleasedUnseen() {
    LockUse locks = new LockUse();
    locks.syncObjectMade(0, 0, SyncKind.MUTEX, "m", 0);
    locks.released(5, 1, 0);
    assertThat(locks.of(0).holds()).isZero();
  }

  @Test
  void manyReadersAndWaitersFit() {
    LockUse locks = new LockUse();
    for (int object = 0; object < 9; object++) {
      locks.syncObjectMade(0, object, SyncKind.RW_LOCK, "l", object);
    }
    for (int thread = 0; thread < 20; thread++) {
      locks.acquired(thread, thread, 8, LockMode.SHARED, Acquisition.AT_ONCE, 7);
    }
    for (int thread = 20; thread < 50; thread++) {
      locks.blocked(30, thread, 0, BlockCause.WRITE_LOCK, 8);
    }
    for (int thread = 0; thread < 20; thread++) {
      locks.released(100, thread, 8);
    }
    // 100 + 99 + ... + 81.
    assertThat(locks.of(8).holdTotal()).isEqualTo(1_810);
    assertThat(locks.of(8).longestQueue()).isEqualTo(30);
  }

  @Test
  void lessUrgentThreadThatRunsWhileTheHolderIsReadyIsAnInversion() {
    Inversions inversions = of(1, DrawnLocks::inversion).inversions();
    assertThat(inversions.count()).isEqualTo(1);
    // low is 0, high is 1, medium is 2.
    assertThat(inversions.get(0)).isEqualTo(new Inversions.Inversion(1, 0, 0, 2, 1, 5));
    InvertedStretches stretches = inversions.stretches();
    assertThat(stretches.count()).isEqualTo(1);
    assertThat(new long[] {stretches.thread(0), stretches.from(0), stretches.to(0)})
        .containsExactly(1, 4, 9);
  }

  /** Thread 0 holds mutex 0, thread 1 waits for it from 10 on, thread 2 runs from 20 on. */
  private static Inversions threads(long holder, long waiter, long runner) {
    Inversions inversions = new Inversions(2, 10);
    inversions.syncObjectMade(0, 0, SyncKind.MUTEX, "m", 0);
    inversions.syncObjectMade(0, 1, SyncKind.MUTEX, "n", 0);
    long[] urgencies = {holder, waiter, runner, runner};
    for (int thread = 0; thread < urgencies.length; thread++) {
      inversions.priorityEffective(0, thread, urgencies[thread], TraceSink.NONE);
      inversions.madeReady(0, thread);
    }
    inversions.dispatched(0, 0, 0);
    inversions.acquired(0, 0, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    inversions.dispatched(0, 1, 1);
    inversions.blocked(10, 1, 1, BlockCause.MUTEX, 0);
    inversions.dispatched(15, 2, 1);
    inversions.preempted(20, 0, 0, Departure.PREEMPTED);
    return inversions;
  }

  @Test
  void noInversionWithEqualPrioritiesNorWithInheritance() {
    Inversions equal = threads(2, 1, 2);
    equal.finished(30);
    assertThat(equal.count()).isZero();
    Inversions moreUrgent = threads(3, 2, 1);
    moreUrgent.finished(30);
    assertThat(moreUrgent.count()).isZero();
    Inversions lent = threads(3, 1, 2);
    lent.priorityEffective(25, 0, 1, 1);
    lent.finished(40);
    assertThat(lent.get(0).time()).isEqualTo(5);
  }

  @Test
  void stretchesOfOneInversionAreCountedAndAddedUp() {
    Inversions inversions = threads(3, 1, 2);
    inversions.dispatched(24, 0, 0);
    inversions.preempted(26, 0, 0, Departure.PREEMPTED);
    inversions.dispatched(28, 3, 0);
    inversions.finished(33);
    assertThat(inversions.count()).isEqualTo(2);
    assertThat(inversions.get(0)).isEqualTo(new Inversions.Inversion(1, 0, 0, 2, 2, 4 + 7));
    assertThat(inversions.get(1)).isEqualTo(new Inversions.Inversion(1, 0, 0, 3, 1, 5));
    assertThat(inversions.stretches().count()).isEqualTo(2);
    assertThat(inversions.stretches().from(1)).isEqualTo(26);
    assertThat(inversions.stretches().to(1)).isEqualTo(33);
  }

  @Test
  void holderThatWaitsItselfIsFollowedToTheEndOfTheChain() {
    Inversions inversions = threads(3, 1, 2);
    // Thread 0 waits for mutex 1, which thread 4 holds that is ready from 30 on.
    inversions.priorityEffective(22, 4, 5, TraceSink.NONE);
    inversions.acquired(22, 4, 1, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    inversions.dispatched(22, 0, 0);
    inversions.blocked(23, 0, 0, BlockCause.MUTEX, 1);
    inversions.madeReady(30, 4);
    inversions.finished(34);
    assertThat(inversions.get(0)).isEqualTo(new Inversions.Inversion(1, 0, 0, 2, 1, 2));
    assertThat(inversions.get(1)).isEqualTo(new Inversions.Inversion(1, 4, 0, 2, 1, 4));
    // Thread 2 is more urgent than 0, and so are both from each other's sight.
    assertThat(inversions.count()).isEqualTo(2);
  }

  @Test
  void circleOfHoldersIsNoInversion() {
    Inversions inversions = threads(3, 1, 2);
    inversions.acquired(22, 1, 1, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    inversions.priorityEffective(22, 1, 1, TraceSink.NONE);
    inversions.dispatched(22, 0, 0);
    inversions.blocked(22, 0, 0, BlockCause.MUTEX, 1);
    inversions.finished(50);
    assertThat(inversions.get(0).time()).isEqualTo(2);
  }

  @Test
  void inversionEndsWhenTheLockIsFree() {
    Inversions inversions = threads(3, 1, 2);
    inversions.released(24, 0, 0);
    inversions.acquired(24, 1, 0, LockMode.EXCLUSIVE, Acquisition.WAITED, 7);
    inversions.woken(24, 1, TraceSink.NONE);
    inversions.finished(60);
    assertThat(inversions.get(0).time()).isEqualTo(4);
  }

  @Test
  void waitersLeaveInAnyOrder() {
    for (int first = 0; first < 3; first++) {
      Inversions inversions = new Inversions(1, 10);
      inversions.syncObjectMade(0, 0, SyncKind.MUTEX, "m", 0);
      for (int thread = 0; thread < 5; thread++) {
        inversions.priorityEffective(0, thread, thread == 4 ? 3 : 1, TraceSink.NONE);
        inversions.madeReady(0, thread);
      }
      inversions.priorityEffective(0, 3, 2, TraceSink.NONE);
      inversions.acquired(0, 4, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
      for (int thread = 0; thread < 3; thread++) {
        inversions.dispatched(0, thread, 0);
        inversions.blocked(0, thread, 0, BlockCause.MUTEX, 0);
      }
      inversions.dispatched(0, 3, 0);
      for (int i = 0; i < 3; i++) {
        inversions.exited(10 * (i + 1), (first + i) % 3, TraceSink.NONE, 0);
      }
      inversions.finished(100);
      assertThat(inversions.count()).isEqualTo(3);
      for (int row = 0; row < 3; row++) {
        int order = (inversions.get(row).waiter() - first + 3) % 3;
        assertThat(inversions.get(row).time()).isEqualTo(10L * (order + 1));
      }
    }
  }

  @Test
  void tooManyStretchesAreNotKept() {
    InvertedStretches stretches = new InvertedStretches(2);
    for (int i = 0; i < 4; i++) {
      stretches.add(0, 10 * i, 10 * i + 5);
      assertThat(stretches.count()).isEqualTo(i < 2 ? i + 1 : 0);
    }
  }

  @Test
  void deadlocksAreKeptUpToALimitAndCounted() {
    RunMetrics metrics = of(1, DrawnLocks::deadlock);
    assertThat(metrics.findings().deadlocks())
        .singleElement()
        .satisfies(found -> assertThat(found.time()).isEqualTo(7));
    assertThat(metrics.locks().of(0).longestQueue()).isEqualTo(2);
    // Held until the run ends, for the process never did: a from 1 to 10.
    assertThat(metrics.locks().of(0).holdTotal()).isEqualTo(9);
    Findings findings = new Findings();
    for (int i = 0; i < Findings.LIMIT + 5; i++) {
      findings.deadlocked(i, new Deadlock(List.of(), true));
      findings.operationFailed(i, 0, 0, "EPERM", "", 1, 1);
    }
    assertThat(findings.deadlocks()).hasSize(Findings.LIMIT);
    assertThat(findings.deadlockCount()).isEqualTo(Findings.LIMIT + 5);
    assertThat(findings.operations()).hasSize(Findings.LIMIT);
    assertThat(findings.operationCount()).isEqualTo(Findings.LIMIT + 5);
  }

  @Test
  void chartsKnowWhatAThreadWaitsFor() {
    Stretches stretches = of(2, DrawnLocks::everySort).stretches();
    for (int i = 0; i < stretches.count(); i++) {
      if (stretches.kind(i) == Stretches.Kind.BLOCKED) {
        int expected =
            switch (stretches.cause(i)) {
              case CONDITION -> 2;
              case WRITE_LOCK -> 4;
              default -> 1;
            };
        assertThat(stretches.object(i)).isEqualTo(expected);
      }
    }
  }
}
