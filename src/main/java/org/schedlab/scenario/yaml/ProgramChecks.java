package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.ThreadTemplate;
import org.schedlab.program.Variable;
import org.schedlab.scenario.yaml.DeclaredProcess.DeclaredThread;

/**
 * Checks the names in programs that depend on the process: its variables, its threads, and the
 * registers that a thread sets. A named program is checked for every process that runs it.
 */
final class ProgramChecks {
  /** Everything one thread executes: its own program and those that it calls. */
  record Scope(List<Operation> operations, Set<String> registers) {}

  private final Problems problems;
  private final ProgramTable programs;
  private final Set<Location> reported = Collections.newSetFromMap(new IdentityHashMap<>());

  ProgramChecks(Problems problems, ProgramTable programs) {
    this.problems = problems;
    this.programs = programs;
  }

  /** Checks the programs of a process's threads and of the threads that they start. */
  void check(DeclaredProcess process) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    process.variables().forEach(variable -> variables.put(variable.name(), variable));
    Map<String, Integer> threads = threadNames(process);
    for (List<Operation> program : programsOf(process)) {
      Scope scope = scope(program);
      NameCheck check =
          new NameCheck(process.name(), variables, threads, scope.registers(), this::report);
      scope.operations().forEach(check::check);
    }
    process.threads().forEach(this::refuseJoiningItself);
  }

  /**
   * A thread that waits for its own end never ends; so does a group in which each waits for all.
   */
  private void refuseJoiningItself(DeclaredThread thread) {
    if (thread.name().isEmpty()) {
      return;
    }
    for (Operation operation : scope(thread.program()).operations()) {
      if (operation instanceof Operation.Join join && join.name().equals(thread.name())) {
        report(
            join.location(),
            thread.count() == 1
                ? "the thread `" + thread.name() + "` would wait for its own end"
                : "each `"
                    + thread.name()
                    + "` would wait for all "
                    + thread.count()
                    + " of that name, itself among them; let another thread join them");
      }
    }
    for (Operation operation : always(thread.program())) {
      if (operation instanceof Operation.Join join
          && thread.count() > 1
          && DeclaredProcess.numbered(thread.name(), thread.count()).contains(join.name())) {
        report(
            join.location(),
            "`" + join.name() + "` runs this program too and would wait for its own end");
      }
    }
  }

  /** Returns the operations that no condition can keep a thread from. */
  private static List<Operation> always(List<Operation> program) {
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : program) {
      operations.add(operation);
      if (operation instanceof Operation.Repeat repeat) {
        operations.addAll(always(repeat.body()));
      }
    }
    return operations;
  }

  /** Returns, by name, how many threads the process has or can start. */
  Map<String, Integer> threadNames(DeclaredProcess process) {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (DeclaredThread thread : process.threads()) {
      if (!thread.name().isEmpty()) {
        names.put(thread.name(), thread.count());
      }
    }
    for (ThreadTemplate template : templatesOf(process)) {
      names.merge(template.name(), template.count(), Math::max);
    }
    return names;
  }

  /** Returns the threads that the process's threads can start. */
  List<ThreadTemplate> templatesOf(DeclaredProcess process) {
    List<ThreadTemplate> templates = new ArrayList<>();
    for (List<Operation> program : programsOf(process)) {
      for (Operation operation : scope(program).operations()) {
        if (operation instanceof Operation.StartThread start) {
          templates.add(start.thread());
        }
      }
    }
    return templates;
  }

  /** Returns the programs of the process's threads, at the start and later, each once. */
  private List<List<Operation>> programsOf(DeclaredProcess process) {
    List<List<Operation>> programsRun = new ArrayList<>();
    Set<List<Operation>> known = byIdentity();
    for (DeclaredThread thread : process.threads()) {
      if (known.add(thread.program())) {
        programsRun.add(thread.program());
      }
    }
    for (int i = 0; i < programsRun.size(); i++) {
      for (Operation operation : scope(programsRun.get(i)).operations()) {
        if (operation instanceof Operation.StartThread start
            && known.add(start.thread().program())) {
          programsRun.add(start.thread().program());
        }
      }
    }
    return programsRun;
  }

  /** A program can contain itself, through the threads that it starts: equals would not end. */
  private static Set<List<Operation>> byIdentity() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Returns what a thread that runs a program executes, and the registers that it sets. */
  Scope scope(List<Operation> program) {
    List<Operation> operations = new ArrayList<>();
    Set<String> registers = new LinkedHashSet<>();
    collect(program, operations, registers, new HashSet<>());
    return new Scope(operations, registers);
  }

  private void collect(
      List<Operation> program,
      List<Operation> operations,
      Set<String> registers,
      Set<String> called) {
    for (Operation operation : program) {
      operations.add(operation);
      String register = registerSetBy(operation);
      if (register != null) {
        registers.add(register);
      }
      if (operation instanceof Operation.Repeat repeat) {
        collect(repeat.body(), operations, registers, called);
      } else if (operation instanceof Operation.While loop) {
        collect(loop.body(), operations, registers, called);
      } else if (operation instanceof Operation.If branch) {
        collect(branch.then(), operations, registers, called);
        collect(branch.otherwise(), operations, registers, called);
      } else if (operation instanceof Operation.Call call && called.add(call.program())) {
        List<Operation> body = programs.get(call.program());
        collect(body == null ? List.of() : body, operations, registers, called);
      }
    }
  }

  private static String registerSetBy(Operation operation) {
    if (operation instanceof Operation.Load load) {
      return load.register();
    } else if (operation instanceof Operation.Set set) {
      return set.register();
    } else if (operation instanceof Operation.FetchAdd add) {
      return add.into();
    } else if (operation instanceof Operation.Exchange exchange) {
      return exchange.into();
    } else if (operation instanceof Operation.CompareAndSwap swap) {
      return swap.into();
    }
    return null;
  }

  /** One error for one place, however many processes run the program. */
  private void report(Location place, String message) {
    if (reported.add(place)) {
      problems.add(place, message);
    }
  }

  /**
   * Refuses programs that start threads running themselves, at once or through others: there would
   * be no end of them.
   */
  void refuseEndlessThreads(String name) {
    Set<List<Operation>> within = byIdentity();
    List<Operation> start = programs.get(name);
    List<List<Operation>> waiting = new ArrayList<>(List.of(start));
    while (!waiting.isEmpty()) {
      for (Operation operation : scope(waiting.remove(waiting.size() - 1)).operations()) {
        if (operation instanceof Operation.StartThread thread) {
          List<Operation> program = thread.thread().program();
          if (program == start) {
            report(thread.location(), "the program `" + name + "` starts threads that run itself");
          } else if (within.add(program)) {
            waiting.add(program);
          }
        }
      }
    }
  }
}
