package org.schedlab.kernel;

import org.schedlab.engine.EventQueue;
import org.schedlab.program.Location;

/** Simulated time: what the time is, what is to come, and how much may happen. */
final class Clock {
  /** The end of simulated time; every sum of two times up to here still fits. */
  private static final long LAST = 1L << 62;

  final EventQueue queue;
  private final long mostSteps;
  private final long mostPerInstant;

  private long now;
  private long horizon = EventQueue.NEVER;
  private long steps;
  private long stepsThisInstant;

  Clock(EventQueue queue, long mostSteps, long mostPerInstant) {
    this.queue = queue;
    this.mostSteps = mostSteps;
    this.mostPerInstant = mostPerInstant;
  }

  /** Returns the simulated time in nanoseconds. */
  long now() {
    return now;
  }

  /** Returns when the run is to stop. */
  long horizon() {
    return horizon;
  }

  void setHorizon(long time) {
    horizon = time;
  }

  /**
   * Returns the instant of the next event, or {@link EventQueue#NEVER} where none is to come before
   * or at the horizon.
   */
  long next() {
    long next = queue.nextTime();
    return next <= horizon ? next : EventQueue.NEVER;
  }

  /** Goes on to the instant of the next event. */
  void advanceTo(long next) {
    if (next < now) {
      throw new IllegalStateException("an event lies " + (now - next) + " ns back");
    }
    set(next);
  }

  /** Says whether more events are due at this very instant. */
  boolean hasMoreNow() {
    return queue.nextTime() == now;
  }

  /**
   * Lets time go on within an event, so that a CPU need not come back for each instruction.
   *
   * @return whether it did: nothing else is to happen up to and at {@code time}
   */
  boolean runAheadTo(long time) {
    if (!mayRunAheadTo(time)) {
      return false;
    }
    set(time);
    return true;
  }

  /** Says whether nothing else is to happen up to and at {@code time}. */
  boolean mayRunAheadTo(long time) {
    return time < queue.nextTime() && time < horizon;
  }

  /** Says whether an event comes before {@code time}. */
  boolean hasBefore(long time) {
    return queue.nextTime() < time;
  }

  /** Stops at a time at which no event is due. */
  void stopAt(long time) {
    now = time;
  }

  private void set(long time) {
    if (time > now) {
      now = time;
      stepsThisInstant = 0;
    }
  }

  /**
   * Returns the time so much later.
   *
   * @param at the operation that takes so long
   */
  long after(long nanos, Location at) {
    long time = now + nanos;
    if (time < now || time > LAST) {
      throw new RunStopped("simulated time would pass 2^62 ns, about 146 years", at);
    }
    return time;
  }

  /** Counts an event against the limit. */
  void countEvent() {
    if (++steps > mostSteps) {
      throw tooMany(Location.NONE);
    }
  }

  /** Counts instructions against the limits, of which the last stands at {@code at}. */
  void countInstructions(int count, Location at) {
    steps += count;
    if (steps > mostSteps) {
      throw tooMany(at);
    }
    stepsThisInstant += count;
    if (stepsThisInstant > mostPerInstant) {
      throw new RunStopped(
          mostPerInstant
              + " operations without any time going by: this seems to go on forever; let it"
              + " compute, give `costs` an `instruction` time, or raise `limits:"
              + " {operations_per_instant: N}`",
          at);
    }
  }

  private RunStopped tooMany(Location at) {
    return new RunStopped(
        "the run has more than "
            + mostSteps
            + " events and operations; set `until`, or raise `limits: {events: N}`",
        at);
  }
}
