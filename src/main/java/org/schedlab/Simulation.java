package org.schedlab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.engine.RandomStreams;
import org.schedlab.kernel.Kernel;
import org.schedlab.kernel.KernelConfig;
import org.schedlab.kernel.ProcessPlan;
import org.schedlab.kernel.RunStopped;
import org.schedlab.kernel.ThreadPlan;
import org.schedlab.machine.Device;
import org.schedlab.program.Compiler;
import org.schedlab.program.Instruction;
import org.schedlab.program.Operation;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.ProcessSpec;
import org.schedlab.scenario.Scenario.ThreadSpec;
import org.schedlab.trace.TraceSink;

/**
 * One run of one scenario: build the machine and the kernel, plan the arrivals, run the events,
 * hand over the outcome.
 */
public final class Simulation {
  private final Scenario scenario;
  private final FinalState finalState;
  private final Kernel kernel;

  private Simulation(Scenario scenario, TraceSink sink) {
    this.scenario = scenario;
    this.finalState = new FinalState(scenario);
    this.kernel = new Kernel(kernelConfig(), sink);
    RandomStreams random = new RandomStreams(scenario.seed());
    for (ProcessSpec process : scenario.processes()) {
      kernel.plan(plan(process, random));
    }
  }

  /**
   * Runs a scenario to its end, telling the sink every fact.
   *
   * @return how it ended and what memory and registers then held
   * @throws InvalidScenarioException if the scenario can only be found invalid by running it: an
   *     endless loop that takes no time, or a limit exceeded
   */
  public static Outcome run(Scenario scenario, TraceSink sink) throws InvalidScenarioException {
    Simulation simulation = new Simulation(scenario, sink);
    try {
      return simulation.outcome(simulation.kernel.run(scenario.until()));
    } catch (RunStopped stopped) {
      throw new InvalidScenarioException(List.of(simulation.diagnostic(stopped)));
    }
  }

  private KernelConfig kernelConfig() {
    List<Device> devices = new ArrayList<>();
    for (Scenario.DeviceSpec device : scenario.machine().devices()) {
      devices.add(new Device(devices.size(), device.name(), device.servers()));
    }
    Scenario.Scheduler scheduler = scenario.scheduler();
    return new KernelConfig(
        scenario.machine().cpus(),
        scenario.machine().costs(),
        devices,
        scheduler.perCpu(),
        scheduler.highFirst(),
        context -> scheduler.policy().factory().create(context, scheduler.parameters()),
        scenario.seed(),
        scenario.limits().events(),
        scenario.limits().operationsPerInstant(),
        finalState.watched());
  }

  private ProcessPlan plan(ProcessSpec process, RandomStreams random) {
    Map<String, Instruction.Cell> variables = new HashMap<>();
    List<Long> memory = new ArrayList<>();
    for (Variable variable : process.variables()) {
      int length = variable.initial().size();
      variables.put(
          variable.name(), new Instruction.Cell(memory.size(), length, null, variable.atomic()));
      memory.addAll(variable.initial());
    }
    long arrival = process.arrival().draw(random.stream(process.name(), "arrival"));
    Compiler compiler = new Compiler(new Names(variables));
    List<ThreadPlan> threads = new ArrayList<>();
    for (ThreadSpec thread : process.threads()) {
      Scenario.Periodic periodic = thread.periodic();
      threads.add(
          new ThreadPlan(
              thread.taskName(),
              thread.name(),
              compiler.compile(thread.program()),
              thread.attributes(),
              periodic == null ? ThreadPlan.NOT_PERIODIC : periodic.period(),
              periodic == null ? arrival : periodic.offset()));
    }
    long[] cells = memory.stream().mapToLong(Long::longValue).toArray();
    return new ProcessPlan(process.name(), cells, process.workingSetBytes(), threads);
  }

  /** What the names of one process's programs mean. */
  private final class Names implements Compiler.Scope {
    private final Map<String, Instruction.Cell> variables;

    Names(Map<String, Instruction.Cell> variables) {
      this.variables = variables;
    }

    @Override
    public Instruction.Cell variable(String name) {
      return variables.get(name);
    }

    @Override
    public int device(String name) {
      List<Scenario.DeviceSpec> devices = scenario.machine().devices();
      for (int i = 0; i < devices.size(); i++) {
        if (devices.get(i).name().equals(name)) {
          return i;
        }
      }
      throw new IllegalArgumentException("no device " + name);
    }

    @Override
    public List<Operation> program(String name) {
      return scenario.programs().stream()
          .filter(program -> program.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no program " + name))
          .operations();
    }
  }

  private Outcome outcome(Kernel.End kernelEnd) {
    Outcome.End end =
        switch (kernelEnd) {
          case ALL_ENDED -> Outcome.End.COMPLETED;
          case STUCK -> Outcome.End.STUCK;
          case HORIZON -> Outcome.End.UNTIL;
        };
    boolean check = scenario.finalCheck() != null && end == Outcome.End.COMPLETED;
    Boolean held =
        check ? finalState.evaluate(scenario.finalCheck().condition(), kernel) != 0 : null;
    List<Outcome.Stuck> stuck =
        end == Outcome.End.STUCK
            ? kernel.sleepers().stream()
                .map(s -> new Outcome.Stuck(s.taskName(), s.waitsFor(), s.since()))
                .toList()
            : List.of();
    return new Outcome(end, kernel.now(), held, finalState.observed(kernel), stuck);
  }

  private Diagnostic diagnostic(RunStopped stopped) {
    return new Diagnostic(
        scenario.file(),
        stopped.location().line(),
        stopped.location().column(),
        stopped.getMessage(),
        "");
  }
}
