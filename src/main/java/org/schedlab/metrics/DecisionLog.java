package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.schedlab.trace.Decision;
import org.schedlab.trace.TraceSink;

/** Why each thread was chosen. The first {@value #LIMIT} decisions are kept, others counted. */
public final class DecisionLog implements TraceSink {
  /** How many are kept. */
  public static final int LIMIT = 10_000;

  private final List<Made> kept = new ArrayList<>();
  private long leftOut;

  /** A decision, when it was made and for which CPU. */
  public record Made(long time, int cpu, Decision decision) {}

  @Override
  public boolean explains() {
    return kept.size() < LIMIT;
  }

  @Override
  public void decided(long time, int cpu, Decision decision) {
    if (explains()) {
      kept.add(new Made(time, cpu, decision));
    } else {
      leftOut++;
    }
  }

  @Override
  public void decisionLeftOut(long time, int cpu) {
    leftOut++;
  }

  /** Returns how many decisions there were in all: one for each dispatch. */
  public long count() {
    return kept.size() + leftOut;
  }

  /** Returns those that are kept, in order of time. */
  public List<Made> kept() {
    return Collections.unmodifiableList(kept);
  }
}
