package org.schedlab.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a comparison of execution models measures, in the order of its tables. */
public enum Measure {
  TASKS("tasks", "tasks", Unit.COUNT, Better.NEITHER, Group.TIME),
  MAKESPAN("makespan", "makespan", Unit.TIME, Better.LOWER, Group.TIME),
  /** Tasks that have ended, for each second of simulated time. */
  THROUGHPUT("throughput", "throughput", Unit.PER_SECOND, Better.HIGHER, Group.TIME),
  /** From the arrival of a task, which may come before it is made, to its end. */
  TURNAROUND_MEAN("turnaround.mean", "turnaround, mean", Unit.TIME, Better.LOWER, Group.LATENCY),
  TURNAROUND_P50("turnaround.p50", "turnaround, median", Unit.TIME, Better.LOWER, Group.LATENCY),
  TURNAROUND_P95("turnaround.p95", "turnaround, 95 %", Unit.TIME, Better.LOWER, Group.LATENCY),
  TURNAROUND_P99("turnaround.p99", "turnaround, 99 %", Unit.TIME, Better.LOWER, Group.LATENCY),
  TURNAROUND_MAX("turnaround.max", "turnaround, longest", Unit.TIME, Better.LOWER, Group.LATENCY),
  PROCESS_SWITCHES(
      "switches.process", "process switches", Unit.COUNT, Better.NEITHER, Group.SWITCHES),
  THREAD_SWITCHES("switches.thread", "thread switches", Unit.COUNT, Better.NEITHER, Group.SWITCHES),
  COROUTINE_SWITCHES(
      "switches.coroutine", "coroutine switches", Unit.COUNT, Better.NEITHER, Group.SWITCHES),
  PROCESS_SWITCH_TIME(
      "switch_time.process",
      "time for process switches",
      Unit.TIME,
      Better.NEITHER,
      Group.SWITCHES),
  THREAD_SWITCH_TIME(
      "switch_time.thread", "time for thread switches", Unit.TIME, Better.NEITHER, Group.SWITCHES),
  COROUTINE_SWITCH_TIME(
      "switch_time.coroutine",
      "time for coroutine switches",
      Unit.TIME,
      Better.NEITHER,
      Group.SWITCHES),
  SWITCH_TIME("switch_time.all", "time for all switches", Unit.TIME, Better.LOWER, Group.SWITCHES),
  SYSTEM_CALLS("system_calls", "system calls", Unit.COUNT, Better.LOWER, Group.COST),
  /** What making tasks took of the CPUs. */
  CREATION("creation", "creation", Unit.TIME, Better.LOWER, Group.COST),
  /** All that the CPUs did, for each task. */
  CPU_PER_TASK("cpu_per_task", "CPU time per task", Unit.TIME, Better.LOWER, Group.COST),
  /** What the CPUs did besides the tasks' own work. */
  OVERHEAD("overhead", "overhead", Unit.TIME, Better.LOWER, Group.COST),
  OVERHEAD_SHARE("overhead_share", "overhead, of CPU time", Unit.PERCENT, Better.LOWER, Group.COST),
  /** Address space at most, the kernel's memory and what the runtime keeps among it. */
  MEMORY_RESERVED("memory.reserved", "memory reserved", Unit.BYTES, Better.LOWER, Group.MEMORY),
  /** What of it was in memory at most. */
  MEMORY_RESIDENT("memory.resident", "memory resident", Unit.BYTES, Better.LOWER, Group.MEMORY),
  /** Tasks that do not end in order when the first one divides by zero. */
  TAKEN_DOWN("taken_down", "one failure takes down", Unit.COUNT, Better.LOWER, Group.FAILURE);

  /** What a measure counts in. */
  public enum Unit {
    COUNT,
    TIME,
    PER_SECOND,
    PERCENT,
    BYTES
  }

  /** Which value of a measure is the better one. */
  public enum Better {
    LOWER,
    HIGHER,
    NEITHER
  }

  /** Measures of which a table of its own tells how they change with the number of tasks. */
  public enum Group {
    TIME("Time"),
    LATENCY("Turnaround"),
    SWITCHES("Switches"),
    COST("Costs"),
    MEMORY("Memory"),
    FAILURE("Failure");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  private final String key;
  private final String label;
  private final Unit unit;
  private final Better better;
  private final Group group;

  Measure(String key, String label, Unit unit, Better better, Group group) {
    this.key = key;
    this.label = label;
    this.unit = unit;
    this.better = better;
    this.group = group;
  }

  /** Returns the key in {@code expect} and in the files of results. */
  public String key() {
    return key;
  }

  /** Returns the name as tables print it. */
  public String label() {
    return label;
  }

  public Unit unit() {
    return unit;
  }

  public Better better() {
    return better;
  }

  public Group group() {
    return group;
  }

  /** Returns the keys of all measures. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Measure::key).toList();
  }

  /** Returns the measure of that key. */
  public static Optional<Measure> of(String key) {
    return Arrays.stream(values()).filter(measure -> measure.key.equals(key)).findFirst();
  }
}
