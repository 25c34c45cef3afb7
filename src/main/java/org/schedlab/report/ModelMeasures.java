package org.schedlab.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.schedlab.metrics.CoroutineTimes;
import org.schedlab.metrics.Latencies;
import org.schedlab.metrics.Ledger;
import org.schedlab.metrics.LoopTimes;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.SwitchTable;
import org.schedlab.metrics.SwitchTable.Kind;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.models.ModelScenario;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Measure;
import org.schedlab.trace.Account;

/** Reads from what was measured of a run what a comparison shows of it. */
final class ModelMeasures {
  private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000L);

  private final ModelRun run;
  private final RunMetrics metrics;
  private final Map<Measure, BigDecimal> values = new EnumMap<>(Measure.class);
  private final Latencies turnarounds = new Latencies();
  private long tasks;

  private ModelMeasures(ModelRun run) {
    this.run = run;
    this.metrics = run.report().metrics();
  }

  /**
   * Returns the values of a run: times in nanoseconds, sizes in bytes; without those that there are
   * none of.
   */
  static Map<Measure, BigDecimal> of(ModelRun run) {
    ModelMeasures measures = new ModelMeasures(run);
    measures.measure();
    return Collections.unmodifiableMap(measures.values);
  }

  private void measure() {
    collectTasks();
    put(Measure.TASKS, tasks);
    long makespan = metrics.makespan();
    put(Measure.MAKESPAN, makespan);
    if (makespan > 0) {
      BigDecimal ended = BigDecimal.valueOf(turnarounds.count());
      values.put(Measure.THROUGHPUT, quotient(ended.multiply(SECOND), makespan));
    }
    turnarounds();
    switches();
    costs();
    put(Measure.MEMORY_RESERVED, run.memory().mostReserved());
    put(Measure.MEMORY_RESIDENT, run.memory().mostResident());
    put(Measure.TAKEN_DOWN, tasks - endedInOrder(run.broken()));
  }

  private void put(Measure measure, long value) {
    values.put(measure, BigDecimal.valueOf(value));
  }

  private static BigDecimal quotient(BigDecimal dividend, long divisor) {
    return dividend.divide(
        BigDecimal.valueOf(divisor), Decimals.STATISTIC_PLACES, RoundingMode.HALF_EVEN);
  }

  private boolean isCoroutines() {
    return run.model() == ExecutionModel.COROUTINE;
  }

  private boolean isTask(String fullName) {
    return fullName != null && !ModelScenario.ownName(fullName).equals(run.of().main());
  }

  private void collectTasks() {
    if (isCoroutines()) {
      for (CoroutineTimes coroutine : metrics.coroutines().all()) {
        boolean ended = coroutine.end() != null;
        add(coroutine.name(), coroutine.arrival(), ended ? coroutine.finish() : TaskTimes.NEVER);
      }
    } else {
      TaskTimes times = metrics.tasks();
      for (int thread = 0; thread < times.count(); thread++) {
        add(times.name(thread), times.arrival(thread), times.finish(thread));
      }
    }
  }

  /** Takes a task's turnaround from when it was to be made; it may have been made later. */
  private void add(String name, long made, long finish) {
    if (!isTask(name)) {
      return;
    }
    tasks++;
    if (finish != TaskTimes.NEVER) {
      long arrival = run.of().arrivals().getOrDefault(ModelScenario.ownName(name), made);
      turnarounds.add(finish - arrival);
    }
  }

  private void turnarounds() {
    if (turnarounds.count() == 0) {
      return;
    }
    values.put(
        Measure.TURNAROUND_MEAN, quotient(new BigDecimal(turnarounds.sum()), turnarounds.count()));
    put(Measure.TURNAROUND_P50, turnarounds.quantile(50));
    put(Measure.TURNAROUND_P95, turnarounds.quantile(95));
    put(Measure.TURNAROUND_P99, turnarounds.quantile(99));
    put(Measure.TURNAROUND_MAX, turnarounds.max());
  }

  private void switches() {
    SwitchTable table = metrics.switches();
    put(
        Measure.PROCESS_SWITCHES,
        table.count(Kind.PROCESS_VOLUNTARY) + table.count(Kind.PROCESS_INVOLUNTARY));
    put(
        Measure.THREAD_SWITCHES,
        table.count(Kind.THREAD_VOLUNTARY) + table.count(Kind.THREAD_INVOLUNTARY));
    put(
        Measure.COROUTINE_SWITCHES,
        metrics.coroutines().loops().stream().mapToLong(LoopTimes::switches).sum());
    long processes = table.total(Kind.PROCESS_VOLUNTARY) + table.total(Kind.PROCESS_INVOLUNTARY);
    long threads = table.total(Kind.THREAD_VOLUNTARY) + table.total(Kind.THREAD_INVOLUNTARY);
    long coroutines = metrics.ledger().charged(Account.COROUTINE_SWITCH);
    put(Measure.PROCESS_SWITCH_TIME, processes);
    put(Measure.THREAD_SWITCH_TIME, threads);
    put(Measure.COROUTINE_SWITCH_TIME, coroutines);
    put(Measure.SWITCH_TIME, processes + threads + coroutines);
  }

  private void costs() {
    Ledger ledger = metrics.ledger();
    put(Measure.SYSTEM_CALLS, metrics.tasks().systemCalls());
    put(Measure.CREATION, ledger.charged(Account.CREATION));
    long busy = 0;
    long overhead = 0;
    for (int cpu = 0; cpu < ledger.cpus(); cpu++) {
      busy += ledger.busy(cpu);
      overhead += ledger.overhead(cpu);
    }
    put(Measure.OVERHEAD, overhead);
    if (tasks > 0) {
      BigDecimal used = BigDecimal.valueOf(busy).add(BigDecimal.valueOf(overhead));
      values.put(Measure.CPU_PER_TASK, quotient(used, tasks));
    }
    if (busy + overhead > 0) {
      BigDecimal percent =
          new BigDecimal(BigInteger.valueOf(overhead).multiply(BigInteger.valueOf(100)));
      values.put(Measure.OVERHEAD_SHARE, quotient(percent, busy + overhead));
    }
  }

  /** Returns how many tasks came to their ends, without an error. */
  private long endedInOrder(RunMetrics of) {
    if (isCoroutines()) {
      return of.coroutines().all().stream()
          .filter(coroutine -> isTask(coroutine.name()))
          .filter(coroutine -> coroutine.end() == CoroutineTimes.End.RETURNED)
          .count();
    }
    TaskTimes times = of.tasks();
    long ended = 0;
    for (int thread = 0; thread < times.count(); thread++) {
      boolean inOrder = times.hasEnded(thread) && times.exitCode(thread) == 0;
      ended += isTask(times.name(thread)) && inOrder ? 1 : 0;
    }
    return ended;
  }
}
