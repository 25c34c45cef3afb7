package org.schedlab.explore;

import java.util.List;

/** Says what is seen of a state in which no thread goes on. */
public interface Judge {
  /** Returns what the values of {@link #values} are called. */
  List<String> names();

  /** Returns what the state shows: variables, and the registers that are asked for. */
  long[] values(State state);

  /** Says whether what must hold when every thread has ended does. */
  boolean holds(State state);
}
