package org.schedlab.report;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.metrics.Moments;
import org.schedlab.scenario.TimeUnit;

/**
 * What a Gantt chart shows, however it is drawn: a lane for each CPU, then one for each thread,
 * below it one for each of its coroutines.
 *
 * @param from where the time axis begins, in nanoseconds
 * @param to where it ends
 * @param inversions of lanes that have spans only
 * @param wakes who woke whom, where somebody asked for it
 * @param notes what the reader must know: what was left out or drawn together
 */
record Gantt(
    long from,
    long to,
    List<Lane> lanes,
    List<Mark> marks,
    List<Inverted> inversions,
    List<Wake> wakes,
    List<String> notes) {
  private static final long LONG_NUMBER = 10_000;

  /** What a CPU or thread does. */
  enum State {
    RUNNING("running"),
    READY("ready"),
    BLOCKED("blocked"),
    /** Blocked, for a page is on its way or no frame is free. */
    PAGING("blocked on a page fault"),
    /** Blocked until others give up a mutex or readers-writer lock. */
    LOCK("waits for a lock"),
    /** Blocked until others post a semaphore, signal a condition or come to a barrier. */
    SIGNAL("waits for a signal"),
    /** Blocked until others send, receive or connect, or wake it at a variable. */
    COMMUNICATION("waits for communication"),
    /** A coroutine is suspended until what it awaits is there. */
    AWAITING("awaits"),
    SWITCH("context switch"),
    KERNEL("kernel, interrupts"),
    /** A thread switches to one of its coroutines. */
    COROUTINE_SWITCH("coroutine switch, in user space");

    private final String label;

    State(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    /** Says whether others must do something first; then the spans' text is the object's name. */
    boolean isWaitForOthers() {
      return this == LOCK || this == SIGNAL || this == COMMUNICATION;
    }
  }

  /**
   * A stretch of a lane. Those of the kernel may lie inside those of running.
   *
   * @param text who runs, or where; for what a thread waits; empty for the others
   */
  record Span(State state, long from, long to, String text) {
    /** Says whether it is a wait that names what it is for. */
    boolean isNamedWait() {
      return state != State.RUNNING && !text.isEmpty();
    }
  }

  /**
   * A lane; it has either spans or shares.
   *
   * @param part whether it is a coroutine's, below that of its thread
   * @param spans in order of time; empty where the lane has shares
   * @param shares null where the lane has spans
   */
  record Lane(String label, boolean part, List<Span> spans, Shares shares) {}

  /** How much of each of many equal stretches of time a lane spent in each state. */
  static final class Shares {
    private final long from;
    private final long width;
    private final long[][] times;

    Shares(long from, long width, int bins) {
      this.from = from;
      this.width = width;
      this.times = new long[State.values().length][bins];
    }

    /** Returns when the first bin begins. */
    long from() {
      return from;
    }

    /** Returns how many nanoseconds a bin is wide. */
    long width() {
      return width;
    }

    int bins() {
      return times[0].length;
    }

    long time(State state, int bin) {
      return times[state.ordinal()][bin];
    }

    void add(State state, int bin, long time) {
      times[state.ordinal()][bin] += time;
    }

    /** Returns the shares of spans; the kernel's time counts against the bar that it lies in. */
    static Shares of(List<Span> spans, long from, long to, int bins) {
      Shares shares = new Shares(from, Steps.ceilDiv(to - from, bins), bins);
      Span bar = null;
      for (Span span : spans) {
        if (span.state() == State.RUNNING) {
          bar = span;
        } else if (bar != null && span.from() < bar.to()) {
          shares.spread(State.RUNNING, span, -1);
        }
        shares.spread(span.state(), span, 1);
      }
      return shares;
    }

    private void spread(State state, Span span, int sign) {
      int last = (int) ((span.to() - 1 - from) / width);
      for (int bin = (int) ((span.from() - from) / width); bin <= last; bin++) {
        long start = from + bin * width;
        add(state, bin, sign * (Math.min(span.to(), start + width) - Math.max(span.from(), start)));
      }
    }
  }

  /** Returns the chart with every lane of more spans than that as shares of so many columns. */
  Gantt coalesced(int mostSpans, int columns) {
    List<Lane> fewer = new ArrayList<>();
    boolean any = false;
    for (Lane lane : lanes) {
      if (lane.spans().size() > mostSpans) {
        Shares shares = Shares.of(lane.spans(), from, to, columns);
        fewer.add(new Lane(lane.label(), lane.part(), List.of(), shares));
        any = true;
      } else {
        fewer.add(lane);
      }
    }
    List<Inverted> inverted =
        inversions.stream().filter(i -> fewer.get(i.lane()).shares() == null).toList();
    List<String> more = new ArrayList<>(notes);
    if (any) {
      more.add("lanes of many bars are drawn as shares of time");
    }
    return new Gantt(from, to, fewer, marks, inverted, wakes, List.copyOf(more));
  }

  /** Returns the scenario's unit, or one in which the numbers of the axis are not so long. */
  TimeUnit axisUnit(TimeUnit scenarioUnit) {
    TimeUnit shown = scenarioUnit;
    while (to / shown.nanos() >= LONG_NUMBER && shown != TimeUnit.S) {
      shown = TimeUnit.values()[shown.ordinal() + 1];
    }
    while (to < shown.nanos() && shown != TimeUnit.NS) {
      shown = TimeUnit.values()[shown.ordinal() - 1];
    }
    return shown;
  }

  /** Something that happened to the thread of a lane. */
  record Mark(Moments.Kind kind, int lane, long time) {}

  /** The thread of one lane woke that of another. */
  record Wake(int from, int to, long time) {}

  /** While the thread of a lane waited for a lock, a less urgent one ran that did not have it. */
  record Inverted(int lane, long from, long to) {}
}
