package org.schedlab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.engine.RandomStreams;
import org.schedlab.explore.Walk;
import org.schedlab.kernel.Kernel;
import org.schedlab.kernel.KernelConfig;
import org.schedlab.kernel.PagingConfig;
import org.schedlab.kernel.ProcessPlan;
import org.schedlab.kernel.RunStopped;
import org.schedlab.kernel.Script;
import org.schedlab.kernel.ThreadPlan;
import org.schedlab.kernel.memory.MemoryConfig;
import org.schedlab.machine.Device;
import org.schedlab.machine.Mmu;
import org.schedlab.machine.PageGeometry;
import org.schedlab.machine.replacement.ReplacementRule;
import org.schedlab.program.Compiler;
import org.schedlab.program.Layout;
import org.schedlab.runtime.Runtimes;
import org.schedlab.scenario.Diagnostic;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.JobGroup;
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
  private final UnaryOperator<String> drawers;
  private final FinalState finalState;
  private final Kernel kernel;

  private Simulation(Scenario scenario, UnaryOperator<String> drawers, TraceSink sink)
      throws InvalidScenarioException {
    this.scenario = scenario;
    this.drawers = drawers;
    this.finalState = new FinalState(scenario);
    this.kernel = new Kernel(kernelConfig(sink, script(scenario)), sink);
    RandomStreams random = new RandomStreams(scenario.seed());
    for (ProcessSpec process : scenario.processes()) {
      kernel.plan(plan(process, random));
    }
    int groups = 0;
    for (JobGroup group : scenario.workload()) {
      Compiler compiler = new Compiler(new Names(scenario, List.of(), List.of()));
      GeneratedJobs jobs = new GeneratedJobs(group, compiler, random, groups);
      kernel.plan(jobs);
      groups += jobs.groups().size();
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
    return run(scenario, KernelConfig.BY_OWN_NAME, sink);
  }

  /**
   * Runs a scenario to its end, telling the sink every fact.
   *
   * @param drawers gives by a thread's or coroutine's full name the name by which it draws random
   *     numbers: who draws by one name in two scenarios draws the same there
   * @return how it ended and what memory and registers then held
   * @throws InvalidScenarioException if the scenario can only be found invalid by running it
   */
  public static Outcome run(Scenario scenario, UnaryOperator<String> drawers, TraceSink sink)
      throws InvalidScenarioException {
    if (scenario.scheduler().policy().isIdeal()) {
      String message =
          "`"
              + scenario.scheduler().policyName()
              + "` is an ideal that no kernel can run; only `schedlab run` computes it";
      throw new InvalidScenarioException(
          List.of(new Diagnostic(scenario.file(), 0, 0, message, "")));
    }
    try {
      Simulation simulation = new Simulation(scenario, drawers, sink);
      return simulation.outcome(simulation.kernel.run(scenario.until()));
    } catch (RunStopped stopped) {
      throw new InvalidScenarioException(List.of(diagnostic(scenario, stopped)));
    }
  }

  /** Returns the schedule that is followed, or null. */
  private static Script script(Scenario scenario) throws InvalidScenarioException {
    if (scenario.schedule() == null) {
      return null;
    }
    Walk walk = Exploration.walk(scenario);
    long instruction = scenario.machine().costs().get(Cost.INSTRUCTION);
    long step = instruction > 0 ? instruction : scenario.timeUnit().nanos();
    return new Script(walk.tasks(), walk.spinning(), step);
  }

  private KernelConfig kernelConfig(TraceSink sink, Script script) {
    List<Device> devices = new ArrayList<>();
    for (Scenario.DeviceSpec device : scenario.machine().devices()) {
      devices.add(new Device(devices.size(), device.name(), device.servers()));
    }
    Scenario.Scheduler scheduler = scenario.scheduler();
    return new KernelConfig(
        scenario.machine().cpus(),
        scenario.machine().costs(),
        devices,
        scheduler.perCpu() && script == null,
        scheduler.highFirst(),
        context -> scheduler.policy().factory().create(context, scheduler.parameters()),
        scenario.seed(),
        scenario.limits().events(),
        scenario.limits().operationsPerInstant(),
        pagingConfig(devices),
        scenario.objects(),
        scenario.avoidance(),
        new Runtimes(scenario.machine().costs(), sink),
        finalState.watched(),
        scenario.foldsJobs(),
        drawers,
        script);
  }

  /** Returns how memory is managed; adds the device of swap space if it has one of its own. */
  private PagingConfig pagingConfig(List<Device> devices) {
    CostModel costs = scenario.machine().costs();
    Scenario.MemorySpec memory = scenario.machine().memory();
    if (memory == null) {
      return new PagingConfig(Mmu.Shape.of(costs, PageGeometry.X86_64), null, -1, 0);
    }
    PageGeometry geometry = memory.geometry();
    Mmu.Shape mmu = Mmu.Shape.of(costs, geometry);
    if (memory.tlb() != null) {
      mmu = mmu.withTlb(memory.tlb().entries(), memory.tlb().ways());
    }
    if (memory.walkStep() >= 0) {
      mmu = mmu.withWalkStep(memory.walkStep(), geometry.levels());
    }
    Scenario.SwapSpec swap = memory.swap();
    int device = swap.device() == null ? devices.size() : Names.deviceId(scenario, swap.device());
    if (swap.device() == null) {
      devices.add(new Device(device, "swap", 1));
    }
    // What a major fault takes in all, less what every fault takes of the CPU.
    long read = Math.max(0, costs.get(Cost.MAJOR_FAULT) - costs.get(Cost.MINOR_FAULT));
    return new PagingConfig(
        mmu, memoryConfig(memory, costs), device, swap.time() >= 0 ? swap.time() : read);
  }

  private MemoryConfig memoryConfig(Scenario.MemorySpec memory, CostModel costs) {
    boolean limited = memory.frames() != Scenario.MemorySpec.UNLIMITED_FRAMES;
    int frames = limited ? memory.frames() : MemoryConfig.UNLIMITED;
    ReplacementRule.Settings settings =
        new ReplacementRule.Settings(
            new RandomStreams(scenario.seed()).stream("memory", "replacement"),
            new long[0],
            memory.window(),
            memory.counterBits(),
            memory.agingInterval());
    return new MemoryConfig(
        memory.geometry(),
        frames,
        memory.replacement(),
        settings,
        memory.local(),
        Math.max(1, frames / Math.max(1, scenario.processes().size())),
        memory.pageableAll(),
        costs.get(Cost.PROCESS_MEMORY),
        memory.swap().pages());
  }

  private ProcessPlan plan(ProcessSpec process, RandomStreams random) {
    long arrival = process.arrival().draw(random.stream(process.name(), "arrival"));
    Compiler compiler = new Compiler(new Names(scenario, process.variables(), process.objects()));
    List<ThreadPlan> threads = new ArrayList<>();
    for (ThreadSpec thread : process.threads()) {
      Scenario.Periodic periodic = thread.periodic();
      threads.add(
          new ThreadPlan(
              thread.taskName(),
              thread.name(),
              compiler.compile(thread.program()),
              compiler.seed(thread.loop()),
              thread.attributes(),
              periodic == null ? ThreadPlan.NOT_PERIODIC : periodic.period(),
              periodic == null ? arrival : periodic.offset()));
    }
    return new ProcessPlan(
        process.name(),
        process.variables(),
        Layout.initial(process.variables()),
        process.workingSetBytes(),
        process.memory(),
        process.objects(),
        process.claims(),
        threads);
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
        check
            ? finalState.evaluate(scenario.finalCheck().condition(), FinalState.of(kernel)) != 0
            : null;
    List<Outcome.Stuck> stuck =
        end == Outcome.End.STUCK
            ? kernel.sleepers().stream()
                .map(s -> new Outcome.Stuck(s.taskName(), s.waitsFor(), s.since()))
                .toList()
            : List.of();
    return new Outcome(end, kernel.now(), held, finalState.observed(FinalState.of(kernel)), stuck);
  }

  private static Diagnostic diagnostic(Scenario scenario, RunStopped stopped) {
    return new Diagnostic(
        stopped.file().isEmpty() ? scenario.file() : stopped.file(),
        stopped.location().line(),
        stopped.location().column(),
        stopped.getMessage(),
        "");
  }
}
