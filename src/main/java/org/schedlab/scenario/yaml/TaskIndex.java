package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.schedlab.program.Operation.ThreadTemplate;
import org.schedlab.program.Variable;
import org.schedlab.scenario.yaml.DeclaredProcess.DeclaredThread;

/** Who there is to speak of in {@code expect}, {@code final} and {@code observe}. */
final class TaskIndex {
  private final Map<String, Set<String>> registersByTask = new LinkedHashMap<>();

  /** Threads by their short name; several where several processes have a thread of that name. */
  private final Map<String, List<String>> tasksByShortName = new HashMap<>();

  private final Map<String, Map<String, Variable>> variablesByProcess = new LinkedHashMap<>();

  private TaskIndex() {}

  static TaskIndex of(List<DeclaredProcess> processes, ProgramChecks checks) {
    TaskIndex index = new TaskIndex();
    processes.forEach(process -> index.add(process, checks));
    return index;
  }

  private void add(DeclaredProcess process, ProgramChecks checks) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    process.variables().forEach(variable -> variables.put(variable.name(), variable));
    List<String> names = process.processNames();
    names.forEach(name -> variablesByProcess.put(name, variables));
    for (DeclaredThread thread : process.threads()) {
      Set<String> registers = checks.scope(thread.program()).registers();
      addTasks(names, DeclaredProcess.numbered(thread.name(), thread.count()), registers);
    }
    for (ThreadTemplate started : checks.templatesOf(process)) {
      Set<String> registers = checks.scope(started.program()).registers();
      addTasks(names, DeclaredProcess.numbered(started.name(), started.count()), registers);
    }
  }

  private void addTasks(List<String> processes, List<String> threads, Set<String> registers) {
    for (String process : processes) {
      for (String thread : threads) {
        String task = DeclaredProcess.taskName(process, thread);
        // Several `thread:` operations can start threads of one name with different programs.
        Set<String> known = registersByTask.get(task);
        if (known == null) {
          registersByTask.put(task, registers);
          if (!thread.isEmpty()) {
            tasksByShortName.computeIfAbsent(thread, t -> new ArrayList<>(1)).add(task);
          }
        } else {
          Set<String> both = new LinkedHashSet<>(known);
          both.addAll(registers);
          registersByTask.put(task, both);
        }
      }
    }
  }

  Set<String> tasks() {
    return registersByTask.keySet();
  }

  /** Returns every name that may stand before a dot. */
  Set<String> qualifiers() {
    Set<String> all = new LinkedHashSet<>(registersByTask.keySet());
    all.addAll(new TreeSet<>(tasksByShortName.keySet()));
    all.addAll(variablesByProcess.keySet());
    return all;
  }

  /** Returns the full names of the threads that a full or short name means. */
  List<String> tasksNamed(String name) {
    return registersByTask.containsKey(name)
        ? List.of(name)
        : tasksByShortName.getOrDefault(name, List.of());
  }

  Set<String> registersOf(String task) {
    return registersByTask.get(task);
  }

  /** Returns a process's variables by name; none for a name that is no process. */
  Map<String, Variable> variablesOf(String process) {
    return variablesByProcess.getOrDefault(process, Map.of());
  }

  /** Returns the processes that have a variable of that name. */
  List<String> processesWith(String variable) {
    List<String> found = new ArrayList<>();
    variablesByProcess.forEach(
        (process, variables) -> {
          if (variables.containsKey(variable)) {
            found.add(process);
          }
        });
    return found;
  }

  /** Returns the names of all variables. */
  Set<String> variables() {
    Set<Map<String, Variable>> distinct = new HashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (Map<String, Variable> variables : variablesByProcess.values()) {
      if (distinct.add(variables)) {
        names.addAll(variables.keySet());
      }
    }
    return names;
  }
}
