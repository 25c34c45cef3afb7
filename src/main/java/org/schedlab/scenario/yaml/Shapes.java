package org.schedlab.scenario.yaml;

import java.util.List;

/**
 * The keys of the scenario language: the one table that the reader obeys and the JSON schema is
 * checked against.
 */
final class Shapes {
  private Shapes() {}

  static final Shape SCENARIO =
      Shape.of(
              "scenario",
              "a scenario",
              "name",
              "description",
              "time_unit",
              "seed",
              "until",
              "machine",
              "scheduler",
              "processes",
              "programs",
              "expect",
              "final",
              "observe",
              "limits",
              "report")
          .later(
              "workload",
              "models",
              "mutexes",
              "semaphores",
              "conditions",
              "barriers",
              "rwlocks",
              "pipes",
              "queues",
              "shared_memory",
              "channels",
              "deadlock");

  static final Shape MACHINE =
      Shape.of("machine", "`machine`", "cpus", "costs", "devices").later("memory");

  static final Shape DEVICE = Shape.of("device", "a device", "servers");

  /** The keys that every policy shares; the policy's own parameters stand beside them. */
  static final Shape SCHEDULER =
      Shape.of("scheduler", "`scheduler`", "policy", "run_queues", "priority_order");

  static final Shape PROCESS =
      Shape.of(
              "process",
              "a process",
              "name",
              "count",
              "arrival",
              "burst",
              "program",
              "threads",
              "period",
              "wcet",
              "deadline",
              "offset",
              "priority",
              "nice",
              "tickets",
              "affinity",
              "working_set",
              "stack",
              "variables")
          .later(
              "mutexes",
              "semaphores",
              "conditions",
              "barriers",
              "rwlocks",
              "pipes",
              "queues",
              "shared_memory",
              "channels",
              "coroutines",
              "memory",
              "slice");

  static final Shape THREAD =
      Shape.of(
              "thread",
              "a thread",
              "name",
              "count",
              "burst",
              "program",
              "period",
              "wcet",
              "deadline",
              "offset",
              "priority",
              "nice",
              "tickets",
              "affinity",
              "working_set",
              "stack")
          .later("coroutines", "slice");

  static final Shape STARTED_THREAD =
      Shape.of(
              "started_thread",
              "`thread:`",
              "name",
              "count",
              "burst",
              "program",
              "deadline",
              "priority",
              "nice",
              "tickets",
              "affinity",
              "working_set",
              "stack")
          .later("coroutines", "slice", "period", "wcet", "offset");

  static final Shape VARIABLE = Shape.of("variable", "a variable", "value", "atomic");

  static final Shape LIMITS = Shape.of("limits", "`limits`", "events", "operations_per_instant");

  static final Shape REPORT = Shape.of("report", "`report`", "timeline_limit", "task_limit");

  static final Shape IO = Shape.of("io", "`io`", "device", "time");

  static final Shape CALL = Shape.of("call", "`call`", "program", "frame");

  static final Shape CAS = Shape.of("cas", "`cas`", "variable", "expect", "update", "into");

  static final Shape FETCH_ADD = Shape.of("fetch_add", "`fetch_add`", "variable", "add", "into");

  static final Shape EXCHANGE = Shape.of("exchange", "`exchange`", "variable", "value", "into");

  static final Shape EXPONENTIAL = Shape.of("exponential", "`exponential`", "mean");
  static final Shape UNIFORM = Shape.of("uniform", "`uniform`", "min", "max");
  static final Shape PARETO = Shape.of("pareto", "`pareto`", "shape", "min", "max");
  static final Shape NORMAL = Shape.of("normal", "`normal`", "mean", "sd");
  static final Shape LOGNORMAL = Shape.of("lognormal", "`lognormal`", "mean", "sd");
  static final Shape HYPEREXPONENTIAL =
      Shape.of("hyperexponential", "`hyperexponential`", "weights", "means");

  /** The keys of which a distribution has exactly one. */
  static final Shape DISTRIBUTION =
      Shape.of(
          "distribution",
          "a distribution",
          "constant",
          "exponential",
          "uniform",
          "pareto",
          "normal",
          "lognormal",
          "hyperexponential",
          "empirical");

  static final Shape ESTIMATE = Shape.of("estimate", "`estimate`", "exponential");
  static final Shape AVERAGE = Shape.of("average", "`exponential`", "alpha", "initial");

  /** Every map whose keys are the same in every scenario. */
  static final List<Shape> ALL =
      List.of(
          SCENARIO,
          MACHINE,
          DEVICE,
          PROCESS,
          THREAD,
          STARTED_THREAD,
          VARIABLE,
          LIMITS,
          REPORT,
          IO,
          CALL,
          CAS,
          FETCH_ADD,
          EXCHANGE,
          EXPONENTIAL,
          UNIFORM,
          PARETO,
          NORMAL,
          LOGNORMAL,
          HYPEREXPONENTIAL,
          DISTRIBUTION,
          ESTIMATE,
          AVERAGE);
}
