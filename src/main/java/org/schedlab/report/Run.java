package org.schedlab.report;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.schedlab.metrics.RunMetrics;
import org.schedlab.metrics.TaskTimes;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.TraceSink;

/**
 * Everything known of a run that has ended: what was asked for, measured and expected.
 *
 * @param details what is shown besides the usual tables
 */
record Run(
    Scenario scenario,
    RunMetrics metrics,
    Ending ending,
    List<UnmetExpectation> unmet,
    Set<Detail> details) {
  private static final String STUCK = "stuck";

  static Run of(Scenario scenario, RunMetrics metrics, Ending ending, Set<Detail> details) {
    Expectations expectations = new Expectations(scenario, metrics, ending.exit());
    List<UnmetExpectation> unmet = expectations.unmet(scenario.expectations());
    return new Run(scenario, metrics, ending, unmet, details);
  }

  TimeUnit unit() {
    return scenario.timeUnit();
  }

  TaskTimes tasks() {
    return metrics.tasks();
  }

  /** Returns a time in the scenario's unit, exactly; {@code null} for one that never came. */
  String exact(long time) {
    return time == TaskTimes.NEVER ? null : unit().format(time);
  }

  /** Returns the name of a thread, or of the coroutine that had its turn in it if there is one. */
  String taskName(int thread, int coroutine) {
    return coroutine == TraceSink.NONE
        ? tasks().name(thread)
        : metrics.coroutines().of(coroutine).name();
  }

  /**
   * Returns the ids of the threads, in their order; without the jobs of a workload where these are
   * too many to be told apart.
   */
  IntStream threads() {
    boolean folded = scenario.foldsJobs();
    return IntStream.range(0, tasks().count())
        .filter(thread -> tasks().name(thread) != null)
        .filter(thread -> !folded || !metrics.workload().isJob(thread));
  }

  /** Returns averages over the threads; none where jobs are too many to be told apart. */
  Averages averages() {
    return averages(scenario, metrics);
  }

  static Averages averages(Scenario scenario, RunMetrics metrics) {
    return new Averages(metrics.tasks(), scenario.foldsJobs());
  }

  /** Says whether memory was simulated: else there is nothing to say of it. */
  boolean hasMemory() {
    return scenario.machine().memory() != null;
  }

  /** Returns the processes that had memory, in their order. */
  IntStream processesWithMemory() {
    return IntStream.range(0, metrics.memory().count()).filter(metrics.memory()::isKnown);
  }

  /** Returns the threads that had stacks, in their order. */
  IntStream threadsWithStacks() {
    return threads().filter(metrics.stacks()::isKnown);
  }

  /** Says whether processes made others, or began other programs. */
  boolean hasFamilies() {
    return metrics.lives().children() > 0 || metrics.lives().executions() > 0;
  }

  /** Returns a lock's or channel's name; empty for an id that is neither's. */
  String objectName(int object) {
    if (metrics.locks().isKnown(object)) {
      return metrics.locks().of(object).name();
    }
    return metrics.channels().isKnown(object) ? metrics.channels().of(object).name() : "";
  }

  /** Returns kind and name of a lock or channel, such as {@code pipe p}; or empty. */
  String objectLabel(int object) {
    if (metrics.locks().isKnown(object)) {
      return metrics.locks().of(object).label();
    }
    return metrics.channels().isKnown(object) ? metrics.channels().of(object).label() : "";
  }

  /** Returns what a thread waits for in words, such as {@code mutex m} or {@code empty pipe p}. */
  String waitText(BlockCause cause, int object) {
    return switch (cause) {
      case MUTEX, SEMAPHORE, CONDITION, BARRIER, RESOURCE -> objectLabel(object);
      case READ_LOCK -> "reading " + objectLabel(object);
      case WRITE_LOCK -> "writing " + objectLabel(object);
      case EMPTY, FULL -> cause.label() + " " + objectLabel(object);
      case ACCEPT -> "a connection at " + objectLabel(object);
      case CONNECT -> "connecting to " + objectLabel(object);
      case JOIN ->
          object == TraceSink.NONE ? "the end of several" : "the end of " + tasks().name(object);
      case STOPPED -> "being continued";
      case CHILD -> "the end of a child";
      case IO, SLEEP, PAGE_FAULT, FRAME, POLL, FUTEX, EVENTS, RELEASE -> cause.label();
    };
  }

  /** Says whether threads are left that nothing will ever wake. */
  boolean isStuck() {
    return ending.exit().equals(STUCK);
  }

  /**
   * Says whether threads came to wait for each other forever: in a circle, or so that they are left
   * asleep. Semaphores have no holders, so that not every deadlock shows as a circle.
   */
  boolean hasDeadlock() {
    return metrics.findings().deadlockCount() > 0 || isStuck();
  }

  /** Returns the sum of what all CPUs could have done: CPUs × makespan. */
  long cpuTime() {
    return Math.multiplyExact(metrics.makespan(), scenario.machine().cpus());
  }

  /** Returns policy, CPUs, costs and seed in one line. */
  String setting() {
    int cpus = scenario.machine().cpus();
    return scenario.policyLabel(duration -> Decimals.duration(duration, unit()))
        + ", "
        + cpus
        + (cpus == 1 ? " CPU" : " CPUs")
        + ", costs "
        + scenario.machine().costs().profile().key()
        + ", seed "
        + scenario.seed();
  }
}
