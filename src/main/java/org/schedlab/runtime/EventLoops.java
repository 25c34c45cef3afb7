package org.schedlab.runtime;

import org.schedlab.cost.CostModel;
import org.schedlab.program.Instruction;
import org.schedlab.program.UserRuntime;
import org.schedlab.trace.TraceSink;

/** Makes the event loops of a run; coroutines are numbered over all of them. */
public final class EventLoops implements UserRuntime.Factory {
  private final CostModel costs;
  private final TraceSink trace;
  private int coroutines;

  public EventLoops(CostModel costs, TraceSink trace) {
    this.costs = costs;
    this.trace = trace;
  }

  @Override
  public UserRuntime create(
      int thread, String taskName, Instruction.LoopSeed seed, UserRuntime.Host host) {
    RuntimeCosts prices = RuntimeCosts.of(seed.runtime(), costs);
    return new EventLoop(
        thread, taskName, seed.coroutines(), prices, host, trace, () -> coroutines++);
  }
}
