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
          "mutexes",
          "semaphores",
          "conditions",
          "barriers",
          "rwlocks",
          "pipes",
          "queues",
          "sockets",
          "shared_memory",
          "resources",
          "channels",
          "async_mutexes",
          "async_semaphores",
          "avoidance",
          "deadlock",
          "expect",
          "final",
          "observe",
          "schedule",
          "limits",
          "report",
          "models",
          "workload");

  static final Shape MODELS = Shape.of("models", "`models`", "run", "sweep", "runtime");

  static final Shape MACHINE =
      Shape.of("machine", "`machine`", "cpus", "costs", "devices", "memory");

  static final Shape MEMORY =
      Shape.of(
          "memory",
          "`machine.memory`",
          "geometry",
          "page_size",
          "levels",
          "frames",
          "replacement",
          "scope",
          "pageable",
          "tlb",
          "walk",
          "swap");

  static final Shape REPLACEMENT =
      Shape.of("replacement", "`replacement`", "policy", "counter_bits", "interval", "window");

  static final Shape TLB = Shape.of("tlb", "`tlb`", "entries", "ways");

  static final Shape SWAP = Shape.of("swap", "`swap`", "size", "pages", "device", "time");

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
          "coroutines",
          "runtime",
          "threads",
          "period",
          "wcet",
          "deadline",
          "offset",
          "priority",
          "nice",
          "tickets",
          "slice",
          "class",
          "reservation",
          "affinity",
          "working_set",
          "stack",
          "variables",
          "memory",
          "mutexes",
          "semaphores",
          "conditions",
          "barriers",
          "rwlocks",
          "pipes",
          "queues",
          "sockets",
          "shared_memory",
          "resources",
          "channels",
          "async_mutexes",
          "async_semaphores",
          "claims");

  static final Shape RESERVATION =
      Shape.of("reservation", "`reservation`", "runtime", "period", "deadline");

  /** The keys that every class of a multilevel queue has; its policy's parameters stand beside. */
  static final Shape QUEUE_CLASS = Shape.of("queue_class", "a class", "name", "policy");

  /** A group of processes that a run makes by itself. */
  static final Shape WORKLOAD =
      Shape.of(
          "workload",
          "a group of `workload`",
          "name",
          "count",
          "arrivals",
          "customers",
          "think",
          "arrival",
          "warmup",
          "burst",
          "program",
          "classes",
          "task_set",
          "priority",
          "nice",
          "tickets",
          "slice",
          "class",
          "reservation",
          "deadline",
          "affinity",
          "working_set",
          "stack");

  static final Shape JOB_CLASS =
      Shape.of(
          "job_class",
          "a class of `classes`",
          "name",
          "share",
          "burst",
          "program",
          "priority",
          "nice",
          "tickets",
          "slice",
          "class",
          "reservation",
          "deadline",
          "affinity",
          "working_set",
          "stack");

  static final Shape BURSTS = Shape.of("bursts", "`bursts`", "size", "gap", "pause");

  static final Shape TASK_SET =
      Shape.of("task_set", "`task_set`", "tasks", "utilization", "periods", "step");

  static final Shape PERIOD_RANGE = Shape.of("period_range", "`periods`", "min", "max");

  static final Shape HARMONIC = Shape.of("harmonic", "`harmonic`", "min", "levels");

  /** A file of its own, which names a scenario. */
  static final Shape EXPERIMENT =
      Shape.of(
          "experiment",
          "an experiment",
          "name",
          "description",
          "scenario",
          "replications",
          "seed",
          "confidence",
          "factors",
          "measures");

  static final Shape PROCESS_MEMORY =
      Shape.of("process_memory", "`memory` of a process", "code", "heap", "frames");

  static final Shape THREAD =
      Shape.of(
          "thread",
          "a thread",
          "name",
          "count",
          "burst",
          "program",
          "coroutines",
          "runtime",
          "carriers",
          "period",
          "wcet",
          "deadline",
          "offset",
          "priority",
          "nice",
          "tickets",
          "slice",
          "class",
          "reservation",
          "affinity",
          "working_set",
          "stack");

  static final Shape STARTED_THREAD =
      Shape.of(
              "started_thread",
              "`thread:`",
              "name",
              "count",
              "burst",
              "program",
              "coroutines",
              "runtime",
              "carriers",
              "deadline",
              "priority",
              "nice",
              "tickets",
              "slice",
              "class",
              "reservation",
              "affinity",
              "working_set",
              "stack")
          .later("period", "wcet", "offset");

  /** A process that a program makes: described as one of the file, but it arrives at once. */
  static final Shape SPAWN =
      PROCESS.without("spawn", "`spawn:`", "arrival", "period", "wcet", "offset");

  static final Shape SPAWNED_THREAD =
      Shape.of("spawned_thread", "a thread of `spawn:`", STARTED_THREAD.keys(), List.of());

  static final Shape FORK = Shape.of("fork", "`fork:`", "name", "into", "program");

  static final Shape EXEC = Shape.of("exec", "`exec:`", "program", "variables");

  static final Shape WAIT = Shape.of("wait", "`wait:`", "process", "into");

  static final Shape KILL = Shape.of("kill", "`kill:`", "process", "signal");

  static final Shape TOUCH =
      Shape.of(
          "touch",
          "`touch:`",
          "region",
          "pages",
          "address",
          "pattern",
          "references",
          "exponent",
          "locality",
          "hot",
          "phase",
          "write");

  static final Shape PAGE_RANGE = Shape.of("page_range", "`pages`", "from", "count", "stride");

  static final Shape ALLOC = Shape.of("alloc", "`alloc:`", "region", "size", "shared", "large");

  static final Shape FREE = Shape.of("free", "`free:`", "region");

  static final Shape MUTEX = Shape.of("mutex", "a mutex", "protocol", "ceiling", "kind", "order");

  static final Shape SEMAPHORE = Shape.of("semaphore", "a semaphore", "value", "order");

  static final Shape CONDITION = Shape.of("condition", "a condition variable", "order", "spurious");

  static final Shape RWLOCK = Shape.of("rwlock", "a readers-writer lock", "prefer", "order");

  static final Shape LOCK = Shape.of("lock", "`lock:`", "mutex", "timeout", "into", "error");

  static final Shape TRY_LOCK = Shape.of("try_lock", "`try_lock:`", "mutex", "into", "error");

  static final Shape UNLOCK = Shape.of("unlock", "`unlock:`", "mutex", "error");

  static final Shape SEM_WAIT =
      Shape.of("sem_wait", "`sem_wait:`", "semaphore", "timeout", "into", "error");

  static final Shape SEM_TRY_WAIT =
      Shape.of("sem_try_wait", "`sem_try_wait:`", "semaphore", "into", "error");

  static final Shape COND_WAIT =
      Shape.of("cond_wait", "`cond_wait:`", "condition", "mutex", "timeout", "into", "error");

  static final Shape BARRIER_WAIT = Shape.of("barrier_wait", "`barrier_wait:`", "barrier", "into");

  static final Shape READ_LOCK =
      Shape.of("read_lock", "`read_lock:`", "rwlock", "timeout", "into", "error");

  static final Shape WRITE_LOCK =
      Shape.of("write_lock", "`write_lock:`", "rwlock", "timeout", "into", "error");

  static final Shape TRY_READ_LOCK =
      Shape.of("try_read_lock", "`try_read_lock:`", "rwlock", "into", "error");

  static final Shape TRY_WRITE_LOCK =
      Shape.of("try_write_lock", "`try_write_lock:`", "rwlock", "into", "error");

  static final Shape RW_UNLOCK = Shape.of("rw_unlock", "`rw_unlock:`", "rwlock", "error");

  static final Shape PIPE = Shape.of("pipe", "a pipe", "capacity");

  static final Shape QUEUE =
      Shape.of("queue", "a message queue", "capacity", "message_size", "order");

  static final Shape SOCKET = Shape.of("socket", "a socket", "type", "buffer");

  static final Shape SEGMENT = Shape.of("segment", "a shared memory segment", "size", "variables");

  static final Shape WRITE =
      Shape.of(
          "write",
          "`write:`",
          "pipe",
          "bytes",
          "value",
          "count",
          "error",
          "nonblocking",
          "timeout");

  static final Shape READ =
      Shape.of(
          "read", "`read:`", "pipe", "bytes", "into", "count", "error", "nonblocking", "timeout");

  static final Shape SEND =
      Shape.of(
          "send",
          "`send:`",
          "queue",
          "socket",
          "end",
          "connection",
          "bytes",
          "priority",
          "value",
          "count",
          "error",
          "nonblocking",
          "timeout");

  static final Shape RECEIVE =
      Shape.of(
          "receive",
          "`receive:`",
          "queue",
          "socket",
          "end",
          "connection",
          "bytes",
          "into",
          "count",
          "priority",
          "error",
          "nonblocking",
          "timeout");

  static final Shape CLOSE =
      Shape.of("close", "`close:`", "pipe", "queue", "socket", "end", "connection", "error");

  static final Shape LISTEN = Shape.of("listen", "`listen:`", "socket", "backlog", "error");

  static final Shape ACCEPT =
      Shape.of("accept", "`accept:`", "socket", "into", "error", "nonblocking", "timeout");

  static final Shape CONNECT =
      Shape.of("connect", "`connect:`", "socket", "into", "error", "nonblocking", "timeout");

  static final Shape POLL =
      Shape.of("poll", "`poll:`", "read", "write", "timeout", "into", "error");

  static final Shape POLLED =
      Shape.of("polled", "an entry of `poll:`", "socket", "end", "connection");

  static final Shape FUTEX_WAIT =
      Shape.of("futex_wait", "`futex_wait:`", "variable", "expect", "timeout", "error");

  static final Shape FUTEX_WAKE =
      Shape.of("futex_wake", "`futex_wake:`", "variable", "count", "into");

  static final Shape ACQUIRE =
      Shape.of("acquire", "`acquire:`", "resources", "timeout", "nonblocking", "into", "error");

  static final Shape RELEASE = Shape.of("release", "`release:`", "resources", "error");

  static final Shape COROUTINE =
      Shape.of("coroutine", "a coroutine", "name", "count", "burst", "program");

  static final Shape ASYNC = Shape.of("async", "`async:`", "name", "count", "burst", "program");

  /** A coroutine that a {@code gather} or {@code race} makes. */
  static final Shape MEMBER =
      Shape.of("member", "a coroutine of `gather` or `race`", "name", "burst", "program");

  static final Shape AWAIT =
      Shape.of(
          "await",
          "`await:`",
          "device",
          "time",
          "task",
          "lock",
          "semaphore",
          "until",
          "timeout",
          "into",
          "error");

  static final Shape GATHER = Shape.of("gather", "`gather:`", "of", "timeout", "into", "error");

  static final Shape RACE = Shape.of("race", "`race:`", "of", "timeout", "into", "error");

  static final Shape PUT =
      Shape.of("put", "`put:`", "channel", "value", "error", "nonblocking", "timeout");

  static final Shape GET =
      Shape.of("get", "`get:`", "channel", "into", "error", "nonblocking", "timeout");

  static final Shape CHANNEL = Shape.of("channel", "a channel", "capacity");

  static final Shape VARIABLE = Shape.of("variable", "a variable", "value", "atomic");

  static final Shape LIMITS = Shape.of("limits", "`limits`", "events", "operations_per_instant");

  static final Shape REPORT = Shape.of("report", "`report`", "timeline_limit", "task_limit");

  static final Shape IO = Shape.of("io", "`io`", "device", "time");

  /** A sleep until a moment. */
  static final Shape SLEEP = Shape.of("sleep_until", "`sleep`", "until");

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
          MODELS,
          MACHINE,
          MEMORY,
          REPLACEMENT,
          TLB,
          SWAP,
          DEVICE,
          PROCESS,
          WORKLOAD,
          JOB_CLASS,
          BURSTS,
          TASK_SET,
          PERIOD_RANGE,
          HARMONIC,
          PROCESS_MEMORY,
          RESERVATION,
          THREAD,
          STARTED_THREAD,
          SPAWN,
          SPAWNED_THREAD,
          FORK,
          EXEC,
          WAIT,
          KILL,
          TOUCH,
          PAGE_RANGE,
          ALLOC,
          FREE,
          MUTEX,
          SEMAPHORE,
          CONDITION,
          RWLOCK,
          LOCK,
          TRY_LOCK,
          UNLOCK,
          SEM_WAIT,
          SEM_TRY_WAIT,
          COND_WAIT,
          BARRIER_WAIT,
          READ_LOCK,
          WRITE_LOCK,
          TRY_READ_LOCK,
          TRY_WRITE_LOCK,
          RW_UNLOCK,
          PIPE,
          QUEUE,
          SOCKET,
          SEGMENT,
          WRITE,
          READ,
          SEND,
          RECEIVE,
          CLOSE,
          LISTEN,
          ACCEPT,
          CONNECT,
          POLL,
          POLLED,
          FUTEX_WAIT,
          FUTEX_WAKE,
          ACQUIRE,
          RELEASE,
          COROUTINE,
          ASYNC,
          MEMBER,
          AWAIT,
          GATHER,
          RACE,
          PUT,
          GET,
          CHANNEL,
          VARIABLE,
          LIMITS,
          REPORT,
          IO,
          SLEEP,
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
