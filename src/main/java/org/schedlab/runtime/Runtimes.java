package org.schedlab.runtime;

import java.util.function.IntSupplier;
import org.schedlab.cost.CostModel;
import org.schedlab.program.Instruction;
import org.schedlab.program.UserRuntime;
import org.schedlab.trace.TraceSink;

/** Makes what schedules the coroutines of a run; they are numbered over all of it. */
public final class Runtimes implements UserRuntime.Factory {
  private final CostModel costs;
  private final TraceSink trace;
  private int made;
  private final IntSupplier ids = () -> made++;

  /** Those for which carriers are still to come; null for none. */
  private Coroutines incomplete;

  public Runtimes(CostModel costs, TraceSink trace) {
    this.costs = costs;
    this.trace = trace;
  }

  /** Carriers of the same coroutines are made one after the other. */
  @Override
  public UserRuntime create(
      int thread, String taskName, Instruction.LoopSeed seed, UserRuntime.Host host) {
    String name = nameOfAll(taskName, seed.carriers());
    boolean first = incomplete == null || !incomplete.name().equals(name);
    Coroutines coroutines =
        first
            ? new Coroutines(name, RuntimeCosts.of(seed.runtime(), costs), trace, ids)
            : incomplete;
    Carrier carrier = new Carrier(coroutines, thread, host, trace);
    boolean complete = coroutines.add(carrier) == seed.carriers();
    trace.carrierMade(host.now(), thread, coroutines.firstCarrier().thread(), seed.runtime().key());
    incomplete = complete ? null : coroutines;
    if (first) {
      seed.coroutines().forEach(each -> coroutines.makeAll(carrier, each));
    }
    return carrier;
  }

  /** Returns what stands before a coroutine's name: for one of several carriers without [i]. */
  private static String nameOfAll(String carrier, int carriers) {
    int bracket = carrier.lastIndexOf('[');
    return carriers == 1
        ? carrier
        : carrier.substring(0, bracket) + carrier.substring(carrier.indexOf(']', bracket) + 1);
  }
}
