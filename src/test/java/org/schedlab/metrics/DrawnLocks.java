package org.schedlab.metrics;

import java.util.List;
import org.schedlab.trace.Acquisition;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.Departure;
import org.schedlab.trace.LockMode;
import org.schedlab.trace.SyncKind;
import org.schedlab.trace.TraceSink;

/** Threads that wait for each other, drawn by hand. */
public final class DrawnLocks {
  private DrawnLocks() {}

  /**
   * The inversion of the textbooks: high waits for low's mutex while medium runs.
   *
   * <pre>
   *  high   ··██mmmmmmm██
   *  medium ····█████
   *  low    ██·█·····█··█    holds m from 1 to 10
   * </pre>
   */
  public static void inversion(TraceSink sink, long unit) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
    sink.syncObjectMade(0, 0, SyncKind.MUTEX, "m", TraceSink.NONE);
    int low = arrives(sink, trace, 0, "low", 3, unit);
    trace.dispatch(0, low, 0);
    sink.acquired(unit, low, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    trace.work(0, low, 0, 2);
    int high = arrives(sink, trace, 2, "high", 1, unit);
    trace.leave(0, low, 2, Departure.PREEMPTED);
    trace.dispatch(0, high, 2);
    trace.work(0, high, 2, 3);
    trace.blocks(0, high, 3, BlockCause.MUTEX, 0);
    trace.dispatch(0, low, 3);
    trace.work(0, low, 3, 4);
    int medium = arrives(sink, trace, 4, "medium", 2, unit);
    trace.leave(0, low, 4, Departure.PREEMPTED);
    trace.runs(medium, 4, 9, Departure.EXIT);
    trace.dispatch(0, low, 9);
    trace.work(0, low, 9, 10);
    sink.released(10 * unit, low, 0);
    sink.acquired(10 * unit, high, 0, LockMode.EXCLUSIVE, Acquisition.WAITED, 7);
    trace.wakes(10, high);
    trace.leave(0, low, 10, Departure.PREEMPTED);
    trace.dispatch(0, high, 10);
    trace.work(0, high, 10, 12);
    sink.released(11 * unit, high, 0);
    trace.leave(0, high, 12, Departure.EXIT);
    trace.runs(low, 12, 13, Departure.EXIT);
    trace.ends(13);
  }

  private static int arrives(
      TraceSink sink, HandDrawnTrace trace, long time, String name, long urgency, long unit) {
    int process = trace.process(time, name);
    int thread = trace.created(time, process, name);
    sink.priorityEffective(time * unit, thread, urgency, TraceSink.NONE);
    sink.madeReady(time * unit, thread);
    return thread;
  }

  /** Threads a and b of a process P lock m and n, each in its order; c waits behind them. */
  public static void deadlock(TraceSink sink, long unit) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 1, unit);
    int process = trace.process(0, "P");
    sink.syncObjectMade(0, 0, SyncKind.MUTEX, "m", process);
    sink.syncObjectMade(0, 1, SyncKind.MUTEX, "n", process);
    int a = trace.created(0, process, "P/a");
    int b = trace.created(0, process, "P/b");
    int c = trace.created(0, process, "P/c");
    for (int thread : new int[] {a, b, c}) {
      sink.priorityEffective(0, thread, 0, TraceSink.NONE);
      sink.madeReady(0, thread);
    }
    trace.dispatch(0, a, 0);
    sink.acquired(unit, a, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    trace.work(0, a, 0, 2);
    trace.leave(0, a, 2, Departure.QUANTUM);
    trace.dispatch(0, b, 2);
    sink.acquired(3 * unit, b, 1, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    trace.work(0, b, 2, 4);
    trace.leave(0, b, 4, Departure.QUANTUM);
    trace.dispatch(0, c, 4);
    trace.work(0, c, 4, 5);
    trace.blocks(0, c, 5, BlockCause.MUTEX, 0);
    trace.dispatch(0, a, 5);
    trace.work(0, a, 5, 6);
    trace.blocks(0, a, 6, BlockCause.MUTEX, 1);
    trace.dispatch(0, b, 6);
    trace.work(0, b, 6, 7);
    trace.blocks(0, b, 7, BlockCause.MUTEX, 0);
    sink.deadlocked(
        7 * unit,
        new Deadlock(
            List.of(
                new Deadlock.Link(b, "mutex m", 0, 7 * unit, 7, 5),
                new Deadlock.Link(a, "mutex n", 1, 6 * unit, 6, 4)),
            true));
    trace.ends(10);
  }

  /** Readers together, then a writer; a semaphore, a condition variable, and what goes wrong. */
  public static void everySort(TraceSink sink, long unit) {
    HandDrawnTrace trace = new HandDrawnTrace(sink, 2, unit);
    int process = trace.process(0, "P");
    String[] names = {"mutex", "slots", "filled", "gate", "table"};
    SyncKind[] kinds = {
      SyncKind.MUTEX, SyncKind.SEMAPHORE, SyncKind.CONDITION, SyncKind.BARRIER, SyncKind.RW_LOCK
    };
    for (int i = 0; i < kinds.length; i++) {
      sink.syncObjectMade(0, i, kinds[i], names[i], process);
    }
    int a = trace.created(0, process, "P/a");
    int b = trace.created(0, process, "P/b");
    for (int thread : new int[] {a, b}) {
      sink.priorityEffective(0, thread, 0, TraceSink.NONE);
      sink.madeReady(0, thread);
    }
    trace.dispatch(0, a, 0);
    trace.dispatch(1, b, 0);
    // a waits for the condition from 2 to 8, where b gives the mutex back, and signals at 4 first.
    sink.acquired(unit, a, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    trace.work(0, a, 0, 2);
    trace.blocks(0, a, 2, BlockCause.CONDITION, 2);
    sink.released(2 * unit, a, 0);
    sink.acquired(3 * unit, b, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    sink.acquired(4 * unit, b, 0, LockMode.EXCLUSIVE, Acquisition.AT_ONCE, 7);
    sink.signalled(4 * unit, b, 2, 1);
    sink.released(5 * unit, b, 0);
    sink.signalled(6 * unit, b, 2, 0);
    sink.released(8 * unit, b, 0);
    sink.acquired(8 * unit, a, 0, LockMode.EXCLUSIVE, Acquisition.WAITED, 7);
    trace.wakes(8, a);
    trace.dispatch(0, a, 8);
    sink.released(9 * unit, a, 0);
    // Both read from 9, a until 12 and b until 14; a comes to write at 13.
    sink.acquired(9 * unit, a, 4, LockMode.SHARED, Acquisition.AT_ONCE, 7);
    sink.acquired(9 * unit, b, 4, LockMode.SHARED, Acquisition.AT_ONCE, 7);
    sink.released(12 * unit, a, 4);
    trace.work(0, a, 8, 13);
    trace.blocks(0, a, 13, BlockCause.WRITE_LOCK, 4);
    sink.released(14 * unit, b, 4);
    sink.acquired(14 * unit, a, 4, LockMode.EXCLUSIVE, Acquisition.WAITED, 7);
    trace.wakes(14, a);
    trace.dispatch(0, a, 14);
    sink.operationFailed(15 * unit, b, 0, "EPERM", "unlocks what it does not hold", 9, 3);
    // b waits for the semaphore until its time is up, then again; a passes the barrier.
    trace.work(1, b, 0, 16);
    trace.blocks(1, b, 16, BlockCause.SEMAPHORE, 1);
    sink.operationFailed(18 * unit, b, 1, "ETIMEDOUT", "has waited as long as it was to", 9, 3);
    trace.wakes(18, b);
    trace.dispatch(1, b, 18);
    trace.blocks(1, b, 18, BlockCause.SEMAPHORE, 1);
    sink.acquired(19 * unit, a, 3, LockMode.PASSED, Acquisition.AT_ONCE, 7);
    trace.work(0, a, 14, 20);
    trace.leave(0, a, 20, Departure.EXIT);
    trace.ends(22);
  }
}
