package org.schedlab.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.engine.RandomStreams;
import org.schedlab.program.Numbered;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.ProcessSpec;
import org.schedlab.scenario.Scenario.ThreadSpec;

/** What is to be done in a scenario, without saying by what: its tasks and what they share. */
final class Workload {
  /**
   * Variables that lie together in the scenario: of a process, or of a shared memory segment.
   *
   * @param variables by their names in the workload
   */
  record Memory(String name, List<Variable> variables) {}

  private final Scenario scenario;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Memory> memories = new ArrayList<>();
  private final List<SharedObject> objects = new ArrayList<>();
  private final Set<String> variableNames = new HashSet<>();
  private final Set<String> objectNames = new HashSet<>();
  private final Map<String, String> taskNames = new HashMap<>();
  private final Map<String, Scope> processScopes = new HashMap<>();
  private final Map<String, String> qualified = new HashMap<>();
  private final Scope fileScope = new Scope();

  private Workload(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Returns the workload of a scenario. */
  static Workload of(Scenario scenario) {
    Workload workload = new Workload(scenario);
    workload.addObjects(scenario.objects(), "", workload.fileScope);
    RandomStreams random = new RandomStreams(scenario.seed());
    for (ProcessSpec process : scenario.processes()) {
      long arrival = process.arrival().draw(random.stream(process.name(), "arrival"));
      workload.addProcess(process, arrival);
    }
    workload.nameTasks();
    workload.tasks.sort(Comparator.comparingLong(Task::arrival));
    return workload;
  }

  private void addProcess(ProcessSpec process, long arrival) {
    Scope scope = fileScope;
    if (!process.variables().isEmpty() || !process.objects().isEmpty()) {
      scope = new Scope(fileScope);
      addObjects(process.objects(), process.name(), scope);
      if (!process.variables().isEmpty()) {
        addMemory("variables of " + process.name(), process.variables(), process.name(), scope);
        noteQualified(process.name(), process.variables(), scope);
      }
    }
    processScopes.put(process.name(), scope);
    String last = null;
    for (ThreadSpec thread : process.threads()) {
      if (thread.loop() == null) {
        tasks.add(
            new Task(
                thread.name().isEmpty() ? process.name() : thread.name(),
                thread.taskName(),
                arrival,
                thread.program(),
                scope,
                false,
                thread.attributes(),
                thread.location()));
      } else if (!loopName(thread).equals(last)) {
        addCoroutines(thread, arrival, scope);
      }
      // Carriers stand next to each other; they share one set of coroutines.
      last = thread.loop() == null ? null : loopName(thread);
    }
  }

  /** Returns what stands before the names of a thread's coroutines. */
  private static String loopName(ThreadSpec thread) {
    String name = thread.taskName();
    return thread.loop().carriers() > 1 ? name.substring(0, name.lastIndexOf('[')) : name;
  }

  private void addCoroutines(ThreadSpec thread, long arrival, Scope scope) {
    String loop = loopName(thread);
    for (Operation.CoroutineTemplate made : thread.loop().coroutines()) {
      for (String name : Numbered.names(made.name(), made.count())) {
        tasks.add(
            new Task(
                name,
                loop + "/" + name,
                arrival,
                made.program(),
                scope,
                true,
                thread.attributes(),
                made.location()));
      }
    }
  }

  private void addObjects(List<SharedObject> declared, String owner, Scope scope) {
    for (SharedObject object : declared) {
      if (object instanceof SharedObject.Segment segment) {
        addMemory(segment.name(), segment.variables(), owner, scope);
        noteQualified(segment.name(), segment.variables(), scope);
      } else {
        SharedObject renamed = Renamed.object(object, unused(object.name(), owner, objectNames));
        objects.add(renamed);
        scope.addObject(object.name(), renamed);
      }
    }
  }

  private void addMemory(String name, List<Variable> variables, String owner, Scope scope) {
    List<Variable> renamed = new ArrayList<>();
    for (Variable variable : variables) {
      String inWorkload = unused(variable.name(), owner, variableNames);
      scope.addVariable(variable.name(), inWorkload);
      renamed.add(
          new Variable(
              inWorkload,
              variable.initial(),
              variable.array(),
              variable.atomic(),
              variable.location()));
    }
    memories.add(new Memory(name, renamed));
  }

  /** Takes note of what {@code P.x} means, the first of that name. */
  private void noteQualified(String owner, List<Variable> variables, Scope scope) {
    for (Variable variable : variables) {
      qualified.putIfAbsent(owner + "." + variable.name(), scope.variable(variable.name()));
    }
  }

  private static String unused(String name, String owner, Set<String> taken) {
    String chosen = name;
    if (!taken.add(chosen)) {
      chosen = owner + "." + name;
      taken.add(chosen);
    }
    return chosen;
  }

  /** Gives those tasks their full names that would be called as another one is. */
  private void nameTasks() {
    Map<String, Integer> namesakes = new HashMap<>();
    tasks.forEach(task -> namesakes.merge(task.name(), 1, Integer::sum));
    Set<String> ambiguous = new HashSet<>();
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      boolean unique = namesakes.get(task.name()) == 1;
      if (!unique) {
        ambiguous.add(task.name());
        tasks.set(i, named(task, task.sourceName().replace('/', '.')));
      }
      taskNames.putIfAbsent(task.name(), tasks.get(i).name());
    }
    ambiguous.forEach(taskNames::remove);
    tasks.forEach(task -> taskNames.put(task.sourceName(), task.name()));
  }

  private static Task named(Task task, String name) {
    return new Task(
        name,
        task.sourceName(),
        task.arrival(),
        task.program(),
        task.scope(),
        task.coroutine(),
        task.attributes(),
        task.location());
  }

  Scenario scenario() {
    return scenario;
  }

  /** Returns the tasks by their arrival, those of one moment in the order of the file. */
  List<Task> tasks() {
    return tasks;
  }

  /** Returns the variables, in the groups in which the scenario has them. */
  List<Memory> memories() {
    return memories;
  }

  /** Returns what the tasks share besides memory. */
  List<SharedObject> objects() {
    return objects;
  }

  /** Returns the task's own name for how the scenario calls it, or null. */
  String taskName(String inScenario) {
    return taskNames.get(inScenario);
  }

  /** Returns the tasks that a program means by a name: one, or all {@code name[i]}. */
  List<String> tasksCalled(String name) {
    if (taskNames.containsKey(name)) {
      return List.of(taskNames.get(name));
    }
    return tasks.stream().filter(t -> t.baseName().equals(name)).map(Task::name).toList();
  }

  /**
   * Returns the name in the workload of the first variable of a name, as {@code final} finds it.
   */
  String variable(String name) {
    if (fileScope.hasVariable(name)) {
      return fileScope.variable(name);
    }
    for (ProcessSpec process : scenario.processes()) {
      Scope scope = processScopes.get(process.name());
      if (scope.hasVariable(name)) {
        return scope.variable(name);
      }
    }
    return name;
  }

  /** Returns the name in the workload of a variable written {@code P.x}, or null for none. */
  String qualifiedVariable(String name) {
    return qualified.get(name);
  }
}
