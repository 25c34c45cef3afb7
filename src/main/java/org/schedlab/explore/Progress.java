package org.schedlab.explore;

/** How far a search has come, for another thread to look at. */
public final class Progress {
  private volatile long executions;
  private volatile int depth;
  private volatile int groups;

  void ran(long soFar) {
    executions = soFar;
  }

  void counts(int steps, int states) {
    depth = steps;
    groups = states;
  }

  /** Says it in a sentence. */
  public String text() {
    String counting =
        depth == 0 ? "" : "; counting " + groups + " states after " + depth + " steps";
    return executions + " schedules run" + counting;
  }
}
