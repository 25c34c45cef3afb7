package org.schedlab.report;

import java.util.Arrays;
import org.schedlab.metrics.LoopTimes;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.SwitchTable;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.trace.Account;

/** Results of the whole run that a scenario may state besides its makespan. */
final class RunField {
  private static final String COSTS = "costs.";

  private final RunMetrics metrics;
  private final TimeUnit unit;

  RunField(RunMetrics metrics, TimeUnit unit) {
    this.metrics = metrics;
    this.unit = unit;
  }

  /**
   * A result.
   *
   * @param value null where there is none, as for the share of no time
   */
  record Value(String value) {}

  /**
   * Returns a result by its key, or null where there is no such key.
   *
   * @param places to which shares of the CPUs' time are rounded, half-even
   */
  Value of(String key, int places) {
    SwitchTable switches = metrics.switches();
    return switch (key) {
      case "makespan" -> new Value(unit.format(metrics.makespan()));
      case "efficiency" -> share(charged(Account.OWN_WORK), places);
      case "utilization" -> share(cpuTime() - charged(Account.IDLE), places);
      case "switches" -> count(switches.count());
      case "switches.process" ->
          count(
              switches.count(SwitchTable.Kind.PROCESS_VOLUNTARY)
                  + switches.count(SwitchTable.Kind.PROCESS_INVOLUNTARY));
      case "switches.thread" ->
          count(
              switches.count(SwitchTable.Kind.THREAD_VOLUNTARY)
                  + switches.count(SwitchTable.Kind.THREAD_INVOLUNTARY));
      case "switches.coroutine" -> count(coroutineSwitches());
      default -> key.startsWith(COSTS) ? cost(key.substring(COSTS.length())) : null;
    };
  }

  private static String key(Account account) {
    return LedgerKeys.of(account);
  }

  private Value cost(String account) {
    return Arrays.stream(Account.values())
        .filter(known -> key(known).equals(account))
        .findFirst()
        .map(known -> new Value(unit.format(charged(known))))
        .orElse(null);
  }

  private static Value count(long count) {
    return new Value(Long.toString(count));
  }

  private Value share(long time, int places) {
    long all = cpuTime();
    return new Value(all == 0 ? null : Decimals.quotient(time, all, places));
  }

  private long charged(Account account) {
    return metrics.ledger().charged(account);
  }

  private long cpuTime() {
    return Math.multiplyExact(metrics.makespan(), metrics.ledger().cpus());
  }

  private long coroutineSwitches() {
    return metrics.coroutines().loops().stream().mapToLong(LoopTimes::switches).sum();
  }
}
