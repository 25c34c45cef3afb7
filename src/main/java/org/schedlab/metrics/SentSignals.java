package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.schedlab.trace.TraceSink;

/** The signals that threads sent processes. The first {@value #LIMIT} are kept, others counted. */
public final class SentSignals implements TraceSink {
  /** How many are kept. */
  public static final int LIMIT = 10_000;

  private final List<SentSignal> kept = new ArrayList<>();
  private long count;

  /** A signal, such as {@code SIGSTOP}: which thread sent it to which process. */
  public record SentSignal(long time, int thread, int process, String signal) {}

  @Override
  public void signalSent(long time, int thread, int process, String signal) {
    if (count++ < LIMIT) {
      kept.add(new SentSignal(time, thread, process, signal));
    }
  }

  /** Returns the first of them, in order of time. */
  public List<SentSignal> signals() {
    return Collections.unmodifiableList(kept);
  }

  /** Returns how many there were in all. */
  public long count() {
    return count;
  }
}
