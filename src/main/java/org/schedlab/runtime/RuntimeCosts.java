package org.schedlab.runtime;

import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.program.RuntimeKind;

/**
 * What coroutines of a kind cost.
 *
 * @param resume nanoseconds of switching to one
 * @param create nanoseconds of making one
 */
record RuntimeCosts(long resume, long create) {
  static RuntimeCosts of(RuntimeKind kind, CostModel costs) {
    Cost resume =
        switch (kind) {
          case ASYNCIO -> Cost.ASYNCIO_SWITCH;
          case CPP20, RUST -> Cost.STACKLESS_SWITCH;
          case FIBER -> Cost.STACKFUL_SWITCH;
          case GOROUTINE -> Cost.GOROUTINE_SWITCH;
          case VIRTUAL_THREAD -> Cost.VIRTUAL_THREAD_SWITCH;
        };
    return new RuntimeCosts(costs.get(resume), costs.get(Cost.COROUTINE_CREATE));
  }
}
