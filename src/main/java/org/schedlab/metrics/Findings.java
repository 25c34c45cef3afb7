package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.schedlab.trace.Deadlock;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

/**
 * What a run found wrong with the simulated programs: failed asserts, faults, deadlocks, and
 * operations that did not do what they were to do. A wait whose time was up is no such operation:
 * the program asked for that.
 */
public final class Findings implements TraceSink {
  /** How many of each sort are kept; the others are only counted. */
  public static final int LIMIT = 1_000;

  private final List<FailedAssertion> assertions = new ArrayList<>();
  private final List<FaultedThread> faults = new ArrayList<>();
  private long assertionCount;
  private long faultCount;
  private final List<FoundDeadlock> deadlocks = new ArrayList<>();
  private final List<FailedOperation> operations = new ArrayList<>();
  private long deadlockCount;
  private long operationCount;

  /** Says which coroutine has its turn in a thread. */
  private final IntUnaryOperator turnOf;

  /** Of a run without coroutines. */
  public Findings() {
    this(thread -> NONE);
  }

  /**
   * @param turnOf from a thread's id to that of the coroutine whose turn it is, or NONE
   */
  Findings(IntUnaryOperator turnOf) {
    this.turnOf = turnOf;
  }

  /**
   * An {@code assert} that was false, with its text as written.
   *
   * @param coroutine whose turn it was in the thread, or NONE
   */
  public record FailedAssertion(
      long time, int thread, int coroutine, String text, int line, int column) {}

  /**
   * A thread did what ends its whole process.
   *
   * @param coroutine whose turn it was in the thread, or NONE
   */
  public record FaultedThread(
      long time, int thread, int coroutine, Fault fault, String detail, int line, int column) {}

  /** A circle of threads that wait for each other, and when it closed. */
  public record FoundDeadlock(long time, Deadlock deadlock) {}

  /**
   * An operation that reported an error.
   *
   * @param coroutine whose turn it was in the thread, or NONE
   * @param object what it was to be done to, or NONE
   * @param error such as {@code EPERM}
   */
  public record FailedOperation(
      long time,
      int thread,
      int coroutine,
      int object,
      String error,
      String detail,
      int line,
      int column) {}

  @Override
  public void assertionFailed(long time, int thread, String text, int line, int column) {
    if (assertionCount++ < LIMIT) {
      assertions.add(
          new FailedAssertion(time, thread, turnOf.applyAsInt(thread), text, line, column));
    }
  }

  @Override
  public void faulted(long time, int thread, Fault fault, String detail, int line, int column) {
    if (faultCount++ < LIMIT) {
      faults.add(
          new FaultedThread(time, thread, turnOf.applyAsInt(thread), fault, detail, line, column));
    }
  }

  @Override
  public void deadlocked(long time, Deadlock deadlock) {
    if (deadlockCount++ < LIMIT) {
      deadlocks.add(new FoundDeadlock(time, deadlock));
    }
  }

  @Override
  public void operationFailed(
      long time, int thread, int object, String error, String detail, int line, int column) {
    if (!error.equals(LockUse.TIMED_OUT) && operationCount++ < LIMIT) {
      operations.add(
          new FailedOperation(
              time, thread, turnOf.applyAsInt(thread), object, error, detail, line, column));
    }
  }

  /** Returns the first failed asserts, in order of time. */
  public List<FailedAssertion> assertions() {
    return Collections.unmodifiableList(assertions);
  }

  /** Returns the first faults, in order of time. */
  public List<FaultedThread> faults() {
    return Collections.unmodifiableList(faults);
  }

  /** Returns how many asserts failed in all. */
  public long assertionCount() {
    return assertionCount;
  }

  /** Returns how many faults there were in all. */
  public long faultCount() {
    return faultCount;
  }

  /** Returns the first deadlocks, in order of time. */
  public List<FoundDeadlock> deadlocks() {
    return Collections.unmodifiableList(deadlocks);
  }

  /** Returns the first failed operations, in order of time. */
  public List<FailedOperation> operations() {
    return Collections.unmodifiableList(operations);
  }

  /** Returns how many deadlocks there were in all. */
  public long deadlockCount() {
    return deadlockCount;
  }

  /** Returns how many operations failed in all. */
  public long operationCount() {
    return operationCount;
  }
}
