package org.schedlab.explore;

import java.util.ArrayList;
import java.util.List;

/** A place in the schedule that is being looked at: before its next step. */
final class Moment {
  final State state;
  final long enabled;

  /** By thread: what its next step knows by dependence. */
  final int[][] clocks;

  /** By thread: what happens before its next step. */
  final int[][] known;

  /** Whether an assertion failed before. */
  final boolean failed;

  /** The threads whose next step need not be looked at: it was, and what follows with it. */
  long asleep;

  /** What is to be looked at from here, in order; the first is being looked at. */
  List<WakeupTree> todo = new ArrayList<>(1);

  boolean entered;

  Moment(State state, long enabled, int[][] clocks, int[][] known, boolean failed) {
    this.state = state;
    this.enabled = enabled;
    this.clocks = clocks;
    this.known = known;
    this.failed = failed;
  }
}
