package org.schedlab.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.RuntimeKind;
import org.schedlab.program.SharedObject;
import org.schedlab.program.TimeSource;
import org.schedlab.program.Variable;
import org.schedlab.scenario.ExecutionModel;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.NamedProgram;
import org.schedlab.scenario.Scenario.ProcessSpec;
import org.schedlab.scenario.Scenario.ThreadSpec;

/**
 * One workload under one model. A main task makes all others when they arrive, and waits for them
 * to end, so that making them is really paid.
 */
final class Translation {
  private static final String MAIN = "main";

  /** The register of the failure that is tried out; no scenario can write it. */
  private static final String FAILURE = " failure";

  private final Workload workload;
  private final ExecutionModel model;
  private final RuntimeKind runtime;
  private final Dialect dialect;
  private final Map<String, List<Operation>> sources = new HashMap<>();
  private final List<Unit> units = new ArrayList<>();

  /** The units of programs that make no tasks, of threads and of coroutines. */
  private final List<Map<Scope, Unit>> shared =
      List.of(new IdentityHashMap<>(), new IdentityHashMap<>());

  private final String main;
  private final String process;

  Translation(Workload workload, ExecutionModel model, RuntimeKind runtime, Refusals refusals) {
    this.workload = workload;
    this.model = model;
    this.runtime = runtime;
    this.dialect =
        switch (model) {
          case PROCESS -> new ProcessDialect(workload, refusals);
          case THREAD -> new ThreadDialect(workload, refusals);
          case COROUTINE -> new CoroutineDialect(workload, refusals);
        };
    Scenario scenario = workload.scenario();
    scenario.programs().forEach(program -> sources.put(program.name(), program.operations()));
    this.main = unusedName(MAIN);
    List<ProcessSpec> processes = scenario.processes();
    this.process = processes.size() == 1 ? processes.get(0).name() : scenario.name();
  }

  private String unusedName(String wanted) {
    String name = wanted;
    while (true) {
      String candidate = name;
      if (workload.tasks().stream().noneMatch(task -> task.name().equals(candidate))) {
        return name;
      }
      name += "-" + wanted;
    }
  }

  ModelScenario translate() {
    List<List<Operation>> programs = new ArrayList<>();
    workload.tasks().forEach(task -> programs.add(program(task)));
    Dialect.Shared things = dialect.shared();
    Scenario scenario = scenario(programs, things, false);
    Scenario broken = scenario(withFailure(programs), things, true);
    Map<String, Long> arrivals = new LinkedHashMap<>();
    workload.tasks().forEach(task -> arrivals.put(task.name(), task.arrival()));
    return new ModelScenario(model, scenario, broken, Collections.unmodifiableMap(arrivals), main);
  }

  private List<Operation> program(Task task) {
    Map<String, Integer> made = new LinkedHashMap<>();
    Set<List<Operation>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Made.collect(
        task.program(), sources, seen, (name, count) -> made.merge(name, count, Math::max));
    if (made.isEmpty()) {
      return shared
          .get(task.coroutine() ? 1 : 0)
          .computeIfAbsent(task.scope(), scope -> unit(task, ""))
          .translate(task.program());
    }
    // Names must tell whose tasks they are: threads of one process are not told apart otherwise.
    String prefix = task.name().replace('[', '.').replace("]", "") + ".";
    Unit unit = unit(task, prefix);
    made.forEach(unit::noteMade);
    return unit.translate(task.program());
  }

  private Unit unit(Task task, String prefix) {
    String suffix = units.isEmpty() ? "" : " (" + units.size() + ")";
    Unit unit = new Unit(dialect, task.scope(), task.coroutine(), prefix, suffix, sources);
    units.add(unit);
    return unit;
  }

  private static List<List<Operation>> withFailure(List<List<Operation>> programs) {
    List<List<Operation>> broken = new ArrayList<>(programs);
    if (!programs.isEmpty()) {
      Location at = programs.get(0).isEmpty() ? Location.NONE : programs.get(0).get(0).location();
      Expression one = new Expression.Literal(1, at);
      Expression zero = new Expression.Literal(0, at);
      Expression quotient = new Expression.Binary(Expression.BinaryOperator.DIVIDE, one, zero, at);
      List<Operation> first = new ArrayList<>();
      first.add(new Operation.Set(FAILURE, quotient, at));
      first.addAll(programs.get(0));
      broken.set(0, first);
    }
    return broken;
  }

  /** Returns the program that makes all tasks when they arrive. */
  private List<Operation> mainProgram(List<List<Operation>> programs) {
    List<Operation> operations = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < programs.size(); i++) {
      Task task = workload.tasks().get(i);
      if (task.arrival() > now) {
        operations.add(dialect.sleepUntil(task.arrival(), task.location()));
        now = task.arrival();
      }
      operations.add(
          dialect.make(task.name(), programs.get(i), task.attributes(), task.location()));
    }
    operations.addAll(dialect.joinAll(workload.tasks(), Location.NONE));
    return List.copyOf(operations);
  }

  private Scenario scenario(List<List<Operation>> programs, Dialect.Shared things, boolean broken) {
    Scenario of = workload.scenario();
    Scenario.Machine machine = of.machine();
    Scenario.MemorySpec memory =
        machine.memory() == null ? Scenario.MemorySpec.DEFAULT : machine.memory();
    List<NamedProgram> called = new ArrayList<>();
    units.forEach(unit -> called.addAll(unit.called()));
    boolean ofFile = model == ExecutionModel.PROCESS;
    FinalNames names = new FinalNames(workload, this::taskName);
    return new Scenario(
        of.file(),
        of.name() + " (" + model.plural() + ")",
        of.description(),
        of.timeUnit(),
        of.seed(),
        of.until(),
        new Scenario.Machine(machine.cpus(), machine.costs(), machine.devices(), memory),
        of.scheduler(),
        List.of(process(mainProgram(programs), things, ofFile)),
        called,
        ofFile ? things.objects() : List.of(),
        of.deadlockExpected(),
        of.avoidance(),
        List.of(),
        broken ? null : names.renamed(of.finalCheck()),
        broken ? List.of() : of.observe().stream().map(names::renamed).toList(),
        null,
        of.limits(),
        of.report(),
        null);
  }

  private ProcessSpec process(List<Operation> program, Dialect.Shared things, boolean ofFile) {
    List<Variable> variables = new ArrayList<>();
    if (!ofFile) {
      workload.memories().forEach(memory -> variables.addAll(memory.variables()));
      variables.addAll(things.variables());
    }
    List<SharedObject> objects = ofFile ? List.of() : things.objects();
    List<ProcessSpec> processes = workload.scenario().processes();
    String name = ofFile ? main : process;
    return new ProcessSpec(
        name,
        TimeSource.constant(0),
        variables,
        List.of(thread(name, program)),
        processes.stream().mapToLong(ProcessSpec::workingSetBytes).max().orElse(0),
        memory(processes),
        objects,
        Map.of(),
        processes.get(0).location());
  }

  private static MemorySizes memory(List<ProcessSpec> processes) {
    long code = processes.stream().mapToLong(p -> p.memory().codeBytes()).max().orElse(-1);
    long heap = processes.stream().mapToLong(p -> p.memory().heapBytes()).max().orElse(0);
    int frames = processes.stream().mapToInt(p -> p.memory().frames()).max().orElse(0);
    return new MemorySizes(code, heap, frames);
  }

  private ThreadSpec thread(String name, List<Operation> program) {
    Attributes attributes = mainAttributes();
    Location at = workload.tasks().isEmpty() ? Location.NONE : workload.tasks().get(0).location();
    return switch (model) {
      case PROCESS -> new ThreadSpec(name, "", program, null, attributes, null, at);
      case THREAD -> new ThreadSpec(name + "/" + main, main, program, null, attributes, null, at);
      case COROUTINE -> {
        Operation.Loop loop =
            new Operation.Loop(
                runtime, 1, List.of(new Operation.CoroutineTemplate(main, 1, program, at)));
        yield new ThreadSpec(name, "", List.of(), loop, attributes, null, at);
      }
    };
  }

  /**
   * What all tasks say is true of who makes them too; where they differ, it is as urgent as the
   * most urgent one.
   */
  private Attributes mainAttributes() {
    List<Attributes> all = workload.tasks().stream().map(Task::attributes).distinct().toList();
    if (all.size() == 1) {
      return all.get(0);
    }
    boolean highFirst = workload.scenario().scheduler().highFirst();
    long low = all.stream().mapToLong(Attributes::priority).min().orElse(0);
    long high = all.stream().mapToLong(Attributes::priority).max().orElse(0);
    return new Attributes(
        highFirst ? high : low,
        all.stream().mapToInt(Attributes::nice).min().orElse(0),
        all.stream().mapToInt(Attributes::tickets).max().orElse(1),
        -1,
        List.of(),
        all.stream().mapToLong(Attributes::workingSetBytes).max().orElse(0),
        Attributes.DEFAULT_STACK_BYTES);
  }

  /** Returns the full name that a task has in the model. */
  private String taskName(String ownName) {
    return model == ExecutionModel.PROCESS ? ownName : process + "/" + ownName;
  }
}
