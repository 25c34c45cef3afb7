package org.schedlab.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.schedlab.machine.replacement.ReplacementRule;
import org.schedlab.program.Location;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.RuntimeKind;
import org.schedlab.scenario.Comparison;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.JobGroup;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.ProcessSpec;
import org.schedlab.scenario.Scenario.ThreadSpec;

/**
 * Does a scenario's work by processes, by threads and by coroutines: one scenario becomes one for
 * each model. What a model has no counterpart for is refused before anything runs.
 */
public final class Models {
  private static final Location NOWHERE = Location.NONE;

  /** The policies that always know the length of the next burst. */
  private static final Set<String> LOOK_AHEAD = Set.of("srtf", "hrrn", "llf");

  private Models() {}

  /**
   * Returns the scenario under each model of a comparison, in their order.
   *
   * @throws InvalidScenarioException with everything that a model has no counterpart for
   */
  public static List<ModelScenario> of(Scenario scenario, Comparison comparison)
      throws InvalidScenarioException {
    Refusals refusals = new Refusals();
    Workload workload = Workload.of(scenario);
    List<ModelScenario> translated = new ArrayList<>();
    for (ExecutionModel model : comparison.models()) {
      refuseWhatIsNoTask(scenario, model, refusals);
      if (model == ExecutionModel.COROUTINE && refusals.none()) {
        refuseWhatThreadsAloneHave(workload, refusals);
      }
      translated.add(
          new Translation(workload, model, runtime(scenario, comparison), refusals).translate());
    }
    refusals.throwIfAny(scenario.file(), comparison.models());
    return List.copyOf(translated);
  }

  private static RuntimeKind runtime(Scenario scenario, Comparison comparison) {
    if (comparison.runtime() != null) {
      return comparison.runtime();
    }
    return scenario.processes().stream()
        .flatMap(process -> process.threads().stream())
        .map(ThreadSpec::loop)
        .filter(Objects::nonNull)
        .map(loop -> loop.runtime())
        .findFirst()
        .orElse(RuntimeKind.ASYNCIO);
  }

  private static void refuseWhatIsNoTask(
      Scenario scenario, ExecutionModel model, Refusals refusals) {
    for (JobGroup group : scenario.workload()) {
      refusals.add(
          model,
          group.location(),
          "a group of `workload`",
          "write a process with as many threads as the comparison is to have tasks");
    }
    for (ProcessSpec process : scenario.processes()) {
      for (ThreadSpec thread : process.threads()) {
        if (thread.periodic() != null) {
          refusals.add(
              model,
              thread.location(),
              "periodic work, which never ends,",
              "write a program that ends, with `repeat` and `sleep`");
        }
      }
    }
    Scenario.MemorySpec memory = scenario.machine().memory();
    if (memory != null && memory.replacement() == ReplacementRule.OPT) {
      refusals.add(
          model,
          NOWHERE,
          "the replacement rule `opt`, which must know all references,",
          "use another one, such as `lru`");
    }
  }

  private static void refuseWhatThreadsAloneHave(Workload workload, Refusals refusals) {
    Scenario.Scheduler scheduler = workload.scenario().scheduler();
    boolean estimates = scheduler.policy().parameter("estimate").isPresent();
    boolean exact =
        LOOK_AHEAD.contains(scheduler.policyName())
            || estimates && scheduler.parameters().estimate("estimate").exact();
    if (exact) {
      refusals.add(
          ExecutionModel.COROUTINE,
          NOWHERE,
          "the policy `" + scheduler.policyName() + "`, which must foresee bursts,",
          "use another policy");
    }
    Attributes first = null;
    for (Task task : workload.tasks()) {
      Attributes own = schedulingOf(task.attributes());
      first = first == null ? own : first;
      if (own.deadline() >= 0 || !own.equals(first)) {
        refusals.add(
            ExecutionModel.COROUTINE,
            task.location(),
            own.deadline() >= 0 ? "a deadline" : "a task that is scheduled other than the rest",
            "one thread runs all coroutines, so give all tasks the same attributes and no"
                + " `deadline`");
        return;
      }
    }
  }

  /** Returns the attributes that a policy looks at. */
  private static Attributes schedulingOf(Attributes all) {
    return all.withMemory(0, 0);
  }
}
