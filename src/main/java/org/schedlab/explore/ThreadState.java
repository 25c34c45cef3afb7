package org.schedlab.explore;

import org.schedlab.program.Execution;
import org.schedlab.program.Instruction;

/** Where a thread stands: before a step that others can observe, or asleep, or at its end. */
final class ThreadState {
  /** What keeps a thread from its next step, besides the step itself. */
  enum Phase {
    RUNNING,
    /** In the queue of a condition variable. */
    QUEUED,
    /** Signalled; needs its mutex back. */
    REACQUIRING,
    AT_BARRIER,
    ENDED
  }

  final Phase phase;

  /** Null where the thread has ended and nobody asks for its registers. */
  final Execution execution;

  /** What its next step begins with, or what it sleeps in; null where it has ended. */
  final Instruction next;

  /** How many threads it has started. */
  final int children;

  /** What its next step touches, where that depends on the thread alone; else null. */
  int[] footprint;

  private int hash;

  ThreadState(Phase phase, Execution execution, Instruction next, int children) {
    this.phase = phase;
    this.execution = execution;
    this.next = next;
    this.children = children;
  }

  ThreadState in(Phase other) {
    return new ThreadState(other, execution, next, children);
  }

  boolean standsAs(ThreadState other) {
    if (this == other) {
      return true;
    }
    return other != null
        && hashCode() == other.hashCode()
        && phase == other.phase
        && next == other.next
        && children == other.children
        && (execution == null
            ? other.execution == null
            : other.execution != null && execution.standsAs(other.execution));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ThreadState state && standsAs(state);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      int stand = execution == null ? 0 : execution.standHash();
      hash = (31 * stand + phase.ordinal()) * 31 + children | 1;
    }
    return hash;
  }
}
