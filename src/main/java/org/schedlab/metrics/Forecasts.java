package org.schedlab.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.schedlab.trace.TraceSink;

/** The policy's forecasts of each thread's CPU bursts, up to a limit for the whole run. */
public final class Forecasts implements TraceSink {
  /** How many are kept. */
  public static final int LIMIT = 100_000;

  private final Map<Integer, List<Long>> byThread = new TreeMap<>();
  private int kept;
  private long omitted;

  @Override
  public void burstEstimated(long time, int thread, long nanos) {
    if (kept == LIMIT) {
      omitted++;
      return;
    }
    byThread.computeIfAbsent(thread, id -> new ArrayList<>()).add(nanos);
    kept++;
  }

  /** Returns a thread's forecasts in nanoseconds, in order of time. */
  public List<Long> of(int thread) {
    return byThread.getOrDefault(thread, List.of());
  }

  /** Returns how many came after the limit was reached. */
  public long omitted() {
    return omitted;
  }
}
