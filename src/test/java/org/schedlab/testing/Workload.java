package org.schedlab.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.Outcome;
import org.schedlab.Simulation;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.cost.Profile;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.policy.PolicyParameters;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Operation;
import org.schedlab.program.TimeSource;
import org.schedlab.program.Variable;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.TimeUnit;
import org.schedlab.trace.TraceSink;

/** Builds scenarios for tests. Times are milliseconds unless a name says otherwise. */
public final class Workload {
  public static final long MS = 1_000_000;
  private static final Location HERE = new Location(1, 1);

  private final List<Scenario.ProcessSpec> processes = new ArrayList<>();
  private final List<Scenario.DeviceSpec> devices = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();
  private PolicyDescriptor policy;
  private CostModel costs = CostModel.of(Profile.TEXTBOOK);
  private int cpus = 1;
  private boolean perCpu;
  private boolean highFirst;
  private long until = Scenario.FOREVER;
  private long seed = 1;
  private Scenario.Limits limits = Scenario.Limits.DEFAULT;

  private Workload(String policyName) {
    this.policy = Policies.named(policyName).orElseThrow();
  }

  public static Workload under(String policyName) {
    return new Workload(policyName);
  }

  /** Sets a parameter: a Number is milliseconds for a duration; nanoseconds are not needed. */
  public Workload with(String parameter, Object value) {
    Parameter.Kind kind = policy.parameter(parameter).orElseThrow().kind();
    Object typed = value;
    if (value instanceof Number number) {
      typed = typed(kind, number);
    } else if (value instanceof List<?> list && kind != Parameter.Kind.CLASSES) {
      typed = list.stream().map(number -> typed(kind, (Number) number)).toList();
    }
    boolean single = value instanceof Number;
    boolean isList = kind == Parameter.Kind.DURATIONS || kind == Parameter.Kind.INTEGERS;
    parameters.put(parameter, single && isList ? List.of(typed) : typed);
    return this;
  }

  private static Long typed(Parameter.Kind kind, Number number) {
    return kind.isDuration() ? Math.round(number.doubleValue() * MS) : number.longValue();
  }

  public boolean isUnder(String policyName) {
    return policy.name().equals(policyName);
  }

  public Workload cpus(int count) {
    cpus = count;
    return this;
  }

  public Workload perCpuQueues() {
    perCpu = true;
    return this;
  }

  public Workload highFirst() {
    highFirst = true;
    return this;
  }

  public Workload until(double ms) {
    until = Math.round(ms * MS);
    return this;
  }

  public Workload seed(long value) {
    seed = value;
    return this;
  }

  public Workload limits(long events, long perInstant) {
    limits = new Scenario.Limits(events, perInstant);
    return this;
  }

  public Workload costs(Profile profile) {
    costs = CostModel.of(profile);
    return this;
  }

  public Workload cost(Cost cost, long value) {
    costs = costs.with(cost, value);
    return this;
  }

  public Workload device(String name, int servers) {
    devices.add(new Scenario.DeviceSpec(name, servers));
    return this;
  }

  public Workload process(String name, double arrival, double burst) {
    return process(name, arrival, priority(0), compute(burst));
  }

  public Workload process(String name, double arrival, double burst, long priority) {
    return process(name, arrival, priority(priority), compute(burst));
  }

  public Workload process(String name, double arrival, Operation... program) {
    return process(name, arrival, priority(0), program);
  }

  public Workload process(
      String name, double arrival, Operation.Attributes attributes, Operation... program) {
    Scenario.ThreadSpec thread =
        new Scenario.ThreadSpec(name, "", List.of(program), null, attributes, null, HERE);
    return process(name, arrival, List.of(), List.of(thread));
  }

  public Workload process(
      String name, double arrival, List<Variable> variables, List<Scenario.ThreadSpec> threads) {
    processes.add(
        new Scenario.ProcessSpec(
            name,
            time(arrival),
            variables,
            threads,
            0,
            MemorySizes.DEFAULT,
            List.of(),
            Map.of(),
            HERE));
    return this;
  }

  public Workload periodic(
      String name, double offset, double period, double wcet, double deadline) {
    return periodic(name, offset, period, wcet, deadline, 0);
  }

  public Workload periodic(
      String name, double offset, double period, double wcet, double deadline, long priority) {
    Operation.Attributes attributes =
        new Operation.Attributes(priority, 0, 1, Math.round(deadline * MS), List.of(), 0, 8L << 20);
    Scenario.Periodic periodic =
        new Scenario.Periodic(Math.round(period * MS), Math.round(offset * MS));
    Scenario.ThreadSpec thread =
        new Scenario.ThreadSpec(name, "", List.of(compute(wcet)), null, attributes, periodic, HERE);
    processes.add(
        new Scenario.ProcessSpec(
            name,
            time(0),
            List.of(),
            List.of(thread),
            0,
            MemorySizes.DEFAULT,
            List.of(),
            Map.of(),
            HERE));
    return this;
  }

  public Scenario build() {
    return new Scenario(
        "test.yaml",
        "test",
        "",
        TimeUnit.MS,
        seed,
        until,
        new Scenario.Machine(cpus, costs, devices, null),
        new Scenario.Scheduler(
            policy, new PolicyParameters(policy, parameters, MS), perCpu, highFirst),
        processes,
        List.of(),
        List.of(),
        false,
        false,
        List.of(),
        null,
        List.of(),
        null,
        limits,
        Scenario.Report.DEFAULT,
        null);
  }

  public Outcome run(TraceSink sink) {
    try {
      return Simulation.run(build(), sink);
    } catch (InvalidScenarioException e) {
      throw new AssertionError(e.diagnostics().toString(), e);
    }
  }

  /** Runs and draws what happened, one column a millisecond. */
  public String chart() {
    Chart chart = new Chart();
    run(chart);
    return chart.toString();
  }

  // --- operations

  public static Operation compute(double ms) {
    return new Operation.Compute(time(ms), HERE);
  }

  public static Operation io(double ms) {
    return new Operation.Io(null, time(ms), HERE, HERE);
  }

  public static Operation io(String device, double ms) {
    return new Operation.Io(device, time(ms), HERE, HERE);
  }

  public static Operation sleep(double ms) {
    return new Operation.Sleep(time(ms), false, HERE);
  }

  public static Operation yields() {
    return new Operation.Yield(HERE);
  }

  public static Operation exit(long code) {
    return new Operation.Exit(number(code), HERE);
  }

  public static Operation repeat(long times, Operation... body) {
    return new Operation.Repeat(number(times), List.of(body), HERE);
  }

  public static Expression number(long value) {
    return new Expression.Literal(value, HERE);
  }

  public static Expression name(String name) {
    return new Expression.Name(name, HERE);
  }

  public static Operation.Place variable(String name) {
    return new Operation.Place(name, null, HERE);
  }

  public static Operation add(String variable, long value) {
    return new Operation.Add(variable(variable), number(value), HERE);
  }

  public static Operation.Attributes priority(long priority) {
    return new Operation.Attributes(priority, 0, 1, -1, List.of(), 0, 8L << 20);
  }

  /** For proportional shares. */
  public static Operation.Attributes share(int nice, int tickets) {
    return new Operation.Attributes(0, nice, tickets, -1, List.of(), 0, 8L << 20);
  }

  /** In a class of linux or of a multilevel queue. */
  public static Operation.Attributes inClass(String name, long priority) {
    return inClass(name, priority, 0, 0);
  }

  /** With CPU time reserved; milliseconds. */
  public static Operation.Attributes inClass(
      String name, long priority, double runtime, double period) {
    long nanos = Math.round(period * MS);
    Operation.Share share = new Operation.Share(0, name, Math.round(runtime * MS), nanos, nanos);
    return new Operation.Attributes(priority, 0, 1, -1, List.of(), 0, 8L << 20, share);
  }

  public static Operation.Attributes affinity(Integer... cpus) {
    return new Operation.Attributes(0, 0, 1, -1, List.of(cpus), 0, 8L << 20);
  }

  public static Operation.Attributes workingSet(long bytes) {
    return new Operation.Attributes(0, 0, 1, -1, List.of(), bytes, 8L << 20);
  }

  public static Variable variable(String name, boolean atomic, Long... initial) {
    return new Variable(name, List.of(initial), initial.length > 1, atomic, HERE);
  }

  public static Scenario.ThreadSpec thread(String process, String name, Operation... program) {
    return new Scenario.ThreadSpec(
        process + "/" + name, name, List.of(program), null, priority(0), null, HERE);
  }

  private static TimeSource time(double ms) {
    return TimeSource.constant(Math.round(ms * MS));
  }
}
