package org.schedlab.report;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.schedlab.metrics.GroupTimes;
import org.schedlab.metrics.JobTimes;
import org.schedlab.report.GroupField.Statistic;

/**
 * Measures a run: over the counted jobs of its workload, or where it has none over its threads.
 * Means of threads are those of result.json; quantiles, slowdown, fairness and throughput are of
 * the threads that have ended.
 */
final class RunMeasures {
  private final Run run;
  private final Map<RunMeasure, BigDecimal> values = new EnumMap<>(RunMeasure.class);

  private RunMeasures(Run run) {
    this.run = run;
  }

  /**
   * Returns what there is, times in the scenario's unit, rounded half-even to nine places.
   *
   * @return without those measures that the run has none of
   */
  static Map<RunMeasure, BigDecimal> of(Run run) {
    RunMeasures measures = new RunMeasures(run);
    measures.addJobs();
    measures.addRun();
    return measures.values;
  }

  /** Returns the jobs by which a run is measured. */
  static GroupTimes jobs(Run run) {
    return run.metrics().workload().groups().isEmpty()
        ? GroupTimes.ofThreads(run.tasks(), run.threads())
        : run.metrics().workload().all();
  }

  private void addJobs() {
    boolean generated = !run.metrics().workload().groups().isEmpty();
    GroupField jobs = new GroupField(jobs(run), run.unit(), Decimals.STATISTIC_PLACES);
    if (generated) {
      put(RunMeasure.TURNAROUND, jobs.part(Statistic.TURNAROUND, "mean"));
      put(RunMeasure.RESPONSE, jobs.part(Statistic.RESPONSE, "mean"));
      put(RunMeasure.WAITING, jobs.part(Statistic.WAITING, "mean"));
      put(RunMeasure.LONGEST_WAIT, jobs.other("longest_wait"));
    } else {
      average(RunMeasure.TURNAROUND, TaskField.TURNAROUND);
      average(RunMeasure.RESPONSE, TaskField.RESPONSE);
      average(RunMeasure.WAITING, TaskField.WAITING);
      addMissed();
    }
    put(RunMeasure.TURNAROUND_P95, jobs.part(Statistic.TURNAROUND, "p95"));
    put(RunMeasure.TURNAROUND_P99, jobs.part(Statistic.TURNAROUND, "p99"));
    put(RunMeasure.RESPONSE_P95, jobs.part(Statistic.RESPONSE, "p95"));
    put(RunMeasure.RESPONSE_P99, jobs.part(Statistic.RESPONSE, "p99"));
    put(RunMeasure.SLOWDOWN, jobs.part(Statistic.SLOWDOWN, "mean"));
    put(RunMeasure.SLOWDOWN_P99, jobs.part(Statistic.SLOWDOWN, "p99"));
    put(RunMeasure.FAIRNESS, jobs.other("fairness"));
    put(RunMeasure.THROUGHPUT, jobs.other("throughput"));
  }

  private void average(RunMeasure measure, TaskField field) {
    run.averages()
        .of(field)
        .ifPresent(mean -> put(measure, mean.in(run.unit().nanos(), Decimals.STATISTIC_PLACES)));
  }

  private void addMissed() {
    long missed = 0;
    boolean any = false;
    for (int thread : run.threads().filter(run.tasks()::hasJobs).toArray()) {
      JobTimes jobs = run.tasks().jobs(thread);
      missed += jobs.missed();
      any = true;
    }
    if (any) {
      put(RunMeasure.MISSED, Long.toString(missed));
    }
  }

  private void addRun() {
    RunField field = new RunField(run.metrics(), run.unit());
    for (RunMeasure measure :
        new RunMeasure[] {
          RunMeasure.MAKESPAN, RunMeasure.EFFICIENCY, RunMeasure.UTILIZATION, RunMeasure.SWITCHES
        }) {
      put(measure, field.of(measure.key(), Decimals.STATISTIC_PLACES).value());
    }
  }

  private void put(RunMeasure measure, String value) {
    if (value != null) {
      values.put(measure, new BigDecimal(value));
    }
  }
}
