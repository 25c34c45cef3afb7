package org.schedlab.runtime;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.program.RuntimeKind;

/**
 * What coroutines of a kind cost.
 *
 * @param resume nanoseconds of switching to one
 * @param create nanoseconds of making one
 * @param steal nanoseconds of looking into another carrier's queue for one
 * @param memory how much of it they keep
 */
record RuntimeCosts(long resume, long create, long steal, CoroutineMemory memory) {
  static RuntimeCosts of(RuntimeKind kind, CostModel costs) {
    Cost resume =
        switch (kind) {
          case ASYNCIO -> Cost.ASYNCIO_SWITCH;
          case CPP20, RUST -> Cost.STACKLESS_SWITCH;
          case FIBER -> Cost.STACKFUL_SWITCH;
          case GOROUTINE -> Cost.GOROUTINE_SWITCH;
          case VIRTUAL_THREAD -> Cost.VIRTUAL_THREAD_SWITCH;
        };
    Cost create =
        switch (kind) {
          case ASYNCIO -> Cost.ASYNCIO_CREATE;
          case CPP20 -> Cost.CPP20_CREATE;
          case RUST -> Cost.RUST_CREATE;
          case FIBER -> Cost.FIBER_CREATE;
          case GOROUTINE -> Cost.GOROUTINE_CREATE;
          case VIRTUAL_THREAD -> Cost.VIRTUAL_THREAD_CREATE;
        };
    return new RuntimeCosts(
        costs.get(resume),
        costs.get(create),
        costs.get(Cost.CACHE_LINE_TRANSFER),
        CoroutineMemory.of(kind, costs));
  }
}
