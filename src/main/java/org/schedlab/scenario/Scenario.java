package org.schedlab.scenario;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.schedlab.cost.CostModel;
import org.schedlab.machine.PageGeometry;
import org.schedlab.machine.replacement.ReplacementRule;
import org.schedlab.policy.Estimate;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.policy.PolicyParameters;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;
import org.schedlab.program.TimeSource;
import org.schedlab.program.Variable;

/**
 * A scenario, read and found valid: every name resolves, every number is in range. Times are
 * nanoseconds, sizes bytes. Lists are in the order of the file.
 *
 * @param file the file as the user named it, for messages
 * @param description what to look for; empty if not given
 * @param until the horizon, or {@link #FOREVER}
 * @param programs named programs
 * @param objects what all processes share
 * @param deadlockExpected whether a deadlock is what the scenario is to show
 * @param avoidance whether resources are given by the banker's algorithm
 * @param finalCheck what must hold once every thread has ended, or null
 * @param observe registers to report, such as {@code T0.r}
 * @param schedule the steps that a run follows instead of a policy, or null
 * @param comparison under which execution models it is compared, or null
 * @param workload groups of processes that the run makes by itself
 */
public record Scenario(
    String file,
    String name,
    String description,
    TimeUnit timeUnit,
    long seed,
    long until,
    Machine machine,
    Scheduler scheduler,
    List<ProcessSpec> processes,
    List<NamedProgram> programs,
    List<SharedObject> objects,
    boolean deadlockExpected,
    boolean avoidance,
    List<Expectation> expectations,
    FinalCheck finalCheck,
    List<Observation> observe,
    Schedule schedule,
    Limits limits,
    Report report,
    Comparison comparison,
    List<JobGroup> workload) {

  /** The horizon of a scenario that runs until every thread has ended. */
  public static final long FOREVER = Long.MAX_VALUE;

  /** A scenario without a workload. */
  public Scenario(
      String file,
      String name,
      String description,
      TimeUnit timeUnit,
      long seed,
      long until,
      Machine machine,
      Scheduler scheduler,
      List<ProcessSpec> processes,
      List<NamedProgram> programs,
      List<SharedObject> objects,
      boolean deadlockExpected,
      boolean avoidance,
      List<Expectation> expectations,
      FinalCheck finalCheck,
      List<Observation> observe,
      Schedule schedule,
      Limits limits,
      Report report,
      Comparison comparison) {
    this(
        file,
        name,
        description,
        timeUnit,
        seed,
        until,
        machine,
        scheduler,
        processes,
        programs,
        objects,
        deadlockExpected,
        avoidance,
        expectations,
        finalCheck,
        observe,
        schedule,
        limits,
        report,
        comparison,
        List.of());
  }

  /** Returns the same scenario with another horizon, unless its own comes first. */
  public Scenario notAfter(long horizon) {
    return new Scenario(
        file,
        name,
        description,
        timeUnit,
        seed,
        Math.min(until, horizon),
        machine,
        scheduler,
        processes,
        programs,
        objects,
        deadlockExpected,
        avoidance,
        expectations,
        finalCheck,
        observe,
        schedule,
        limits,
        report,
        comparison,
        workload);
  }

  /** Returns the same scenario with a schedule to be followed. */
  public Scenario following(Schedule steps) {
    return new Scenario(
        file,
        name,
        description,
        timeUnit,
        seed,
        until,
        machine,
        scheduler,
        processes,
        programs,
        objects,
        deadlockExpected,
        avoidance,
        expectations,
        finalCheck,
        observe,
        steps,
        limits,
        report,
        comparison,
        workload);
  }

  /** Returns how many jobs the workload makes at most; {@link JobGroup#UNLIMITED} for no bound. */
  public long jobs() {
    long jobs = 0;
    for (JobGroup group : workload) {
      boolean unlimited = group.count() > JobGroup.UNLIMITED - jobs;
      jobs = unlimited ? JobGroup.UNLIMITED : jobs + group.count();
    }
    return jobs;
  }

  /**
   * Says whether the workload makes too many jobs to keep what is known of each. What is simulated
   * of memory belongs to processes that must be told apart, and so keeps them.
   */
  public boolean foldsJobs() {
    return jobs() > report.taskLimit() && machine.memory() == null;
  }

  /**
   * The hardware.
   *
   * @param cpus 1 to 256
   * @param memory how memory is simulated; null where the scenario does not speak of memory, and
   *     then loads and stores are not translated
   */
  public record Machine(int cpus, CostModel costs, List<DeviceSpec> devices, MemorySpec memory) {}

  /**
   * Main memory, its page tables and who leaves it.
   *
   * @param geometry page size and levels of the page tables
   * @param frames pageable frames; {@link #UNLIMITED_FRAMES} for no limit
   * @param local whether a process's faults take frames from itself only
   * @param pageableAll whether code and stacks are pageable too
   * @param window references that a working set reaches back
   * @param counterBits length of the counters of aging
   * @param agingInterval references from tick to tick of aging
   * @param walkStep nanoseconds of reading one entry of a page table; -1 for what the costs say
   * @param tlb null for what the costs say
   * @param swap where pages go that leave memory
   */
  public record MemorySpec(
      PageGeometry geometry,
      int frames,
      ReplacementRule replacement,
      boolean local,
      boolean pageableAll,
      int window,
      int counterBits,
      int agingInterval,
      long walkStep,
      TlbSpec tlb,
      SwapSpec swap) {
    public static final int UNLIMITED_FRAMES = Integer.MAX_VALUE;

    /** Memory without limits on a machine with x86-64's page tables. */
    public static final MemorySpec DEFAULT =
        new MemorySpec(
            PageGeometry.X86_64,
            UNLIMITED_FRAMES,
            ReplacementRule.LRU,
            false,
            false,
            10,
            8,
            10,
            -1,
            null,
            SwapSpec.DEFAULT);
  }

  /** A TLB of one level: {@code entries} in sets of {@code ways}. */
  public record TlbSpec(int entries, int ways) {}

  /**
   * Swap space.
   *
   * @param pages how many pages fit; {@link Long#MAX_VALUE} for no limit
   * @param device the declared device that it lies on; null for one of its own, with one server
   * @param time nanoseconds of one page's transfer; -1 for what the costs say
   */
  public record SwapSpec(long pages, String device, long time) {
    public static final SwapSpec DEFAULT = new SwapSpec(Long.MAX_VALUE, null, -1);
  }

  /** A device that serves {@code servers} requests at a time, in order of arrival. */
  public record DeviceSpec(String name, int servers) {}

  /**
   * The scheduler.
   *
   * @param perCpu whether each CPU has a run queue of its own
   * @param highFirst whether a larger priority number is more urgent
   */
  public record Scheduler(
      PolicyDescriptor policy, PolicyParameters parameters, boolean perCpu, boolean highFirst) {

    /** Returns the policy's name. */
    public String policyName() {
      return policy.name();
    }

    /**
     * Returns the policy as titles show it: {@code round-robin (quantum 4 ms)}. Words and flags are
     * named only where they are not the default.
     */
    public String label(TimeUnit unit) {
      return label(value -> unit.format(value) + " " + unit.symbol());
    }

    /** Returns the same with durations written by {@code durations}, which takes nanoseconds. */
    public String label(LongFunction<String> durations) {
      Map<String, Object> values = parameters.asMap();
      String shown =
          policy.parameters().stream()
              .filter(parameter -> values.containsKey(parameter.name()))
              .map(parameter -> label(parameter, values.get(parameter.name()), durations))
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(", "));
      return shown.isEmpty() ? policy.name() : policy.name() + " (" + shown + ")";
    }

    private static String label(Parameter parameter, Object value, LongFunction<String> durations) {
      return switch (parameter.kind()) {
        case DURATION -> parameter.name() + " " + durations.apply((Long) value);
        case INTEGER -> parameter.name() + " " + value;
        case DURATIONS ->
            parameter.name()
                + " "
                + ((List<?>) value)
                    .stream()
                        .map(each -> durations.apply((Long) each))
                        .collect(Collectors.joining(" / "));
        case INTEGERS, CLASSES, CURRENCIES ->
            parameter.name()
                + " "
                + ((List<?>) value)
                    .stream().map(Object::toString).collect(Collectors.joining(" / "));
        case NUMBERS -> "given " + parameter.name();
        case FLAG, CHOICE ->
            value.equals(parameter.defaultValue()) ? "" : parameter.name() + " " + value;
        case ESTIMATE -> ((Estimate) value).exact() ? "" : "estimated bursts";
      };
    }
  }

  /**
   * A process.
   *
   * @param arrival drawn once
   * @param variables its memory, in order
   * @param workingSetBytes a working set that its threads share; 0 for none
   * @param memory sizes of its address space
   * @param objects what its threads share
   * @param claims how many units of each resource it will hold at most
   */
  public record ProcessSpec(
      String name,
      TimeSource arrival,
      List<Variable> variables,
      List<ThreadSpec> threads,
      long workingSetBytes,
      MemorySizes memory,
      List<SharedObject> objects,
      Map<String, Long> claims,
      Location location) {}

  /**
   * A thread that its process starts with. {@code count: 4} in the file is four of these.
   *
   * @param taskName the full task name: {@code P1}, or {@code server/worker[0]}
   * @param name the name within the process, such as {@code worker[0]}; empty for the one unnamed
   *     thread
   * @param loop the coroutines that it runs instead of a program, or null
   * @param periodic null unless it releases a job each period
   */
  public record ThreadSpec(
      String taskName,
      String name,
      List<Operation> program,
      Operation.Loop loop,
      Operation.Attributes attributes,
      Periodic periodic,
      Location location) {}

  /**
   * Periodic work: a job is released at offset + k × period and runs the program once. The offset
   * counts from the start of the run.
   */
  public record Periodic(long period, long offset) {}

  /** An entry of {@code programs:}. */
  public record NamedProgram(String name, List<Operation> operations, Location location) {}

  /**
   * One stated result.
   *
   * @param subject a task's name, or {@code average}; empty for a result of the whole run; in a
   *     comparison a model, in a sweep with the count behind it: {@code thread@1000}
   * @param field such as {@code waiting}, {@code makespan}, {@code switches.voluntary}, {@code
   *     jobs.missed}
   * @param expected the number as written, in the time unit for times; or null for {@code null}; in
   *     a comparison also a bound, such as {@code < 30} or {@code > thread}
   */
  public record Expectation(String subject, String field, String expected, Location location) {}

  /** A condition over variables and registers, with its text as written. */
  public record FinalCheck(Expression condition, String text, Location location) {}

  /** A register of a thread: {@code T0.r}. */
  public record Observation(String task, String register, Location location) {}

  /**
   * A schedule to be followed, step by step; {@code schedule: [T0, T1, T1, T0]}. Where it ends
   * before the threads do, they go on in the order of the file.
   */
  public record Schedule(List<Turn> turns) {
    /** A step: whose it is, as written. */
    public record Turn(String task, Location location) {}
  }

  /** Returns by what threads are scheduled: a policy's name, or {@code schedule}. */
  public String policyName() {
    return schedule == null ? scheduler.policyName() : "schedule";
  }

  /** Returns the same with the policy's parameters, durations written by {@code durations}. */
  public String policyLabel(LongFunction<String> durations) {
    return schedule == null ? scheduler.label(durations) : "the schedule given";
  }

  /**
   * Where a run is stopped with an error.
   *
   * @param events simulated operations and events in all
   * @param operationsPerInstant operations without time going on
   */
  public record Limits(long events, long operationsPerInstant) {
    public static final Limits DEFAULT = new Limits(1_000_000_000L, 20_000_000L);
  }

  /**
   * What is reported.
   *
   * @param timelineLimit above so many bars {@code timeline} is left out
   * @param taskLimit above so many threads their single results are left out
   */
  public record Report(int timelineLimit, int taskLimit) {
    public static final Report DEFAULT = new Report(100_000, 10_000);
  }
}
