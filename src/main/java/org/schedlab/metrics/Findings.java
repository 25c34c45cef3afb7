package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.schedlab.trace.Fault;
import org.schedlab.trace.TraceSink;

/** What a run found wrong with the simulated programs: failed asserts and faults. */
public final class Findings implements TraceSink {
  /** How many of each sort are kept; the others are only counted. */
  public static final int LIMIT = 1_000;

  private final List<FailedAssertion> assertions = new ArrayList<>();
  private final List<FaultedThread> faults = new ArrayList<>();
  private long assertionCount;
  private long faultCount;

  /** An {@code assert} that was false, with its text as written. */
  public record FailedAssertion(long time, int thread, String text, int line, int column) {}

  /** A thread did what ends its whole process. */
  public record FaultedThread(
      long time, int thread, Fault fault, String detail, int line, int column) {}

  @Override
  public void assertionFailed(long time, int thread, String text, int line, int column) {
    if (assertionCount++ < LIMIT) {
      assertions.add(new FailedAssertion(time, thread, text, line, column));
    }
  }

  @Override
  public void faulted(long time, int thread, Fault fault, String detail, int line, int column) {
    if (faultCount++ < LIMIT) {
      faults.add(new FaultedThread(time, thread, fault, detail, line, column));
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
}
