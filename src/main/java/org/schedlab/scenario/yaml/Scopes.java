package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Operation;

/** Knows what a thread executes that runs a program. */
final class Scopes {
  /**
   * Everything one thread executes: its own program and those that it calls.
   *
   * @param registers those that it sets
   * @param threadMakers those that start threads or give this one another program
   * @param makers those that make processes or regions
   * @param coroutineMakers those that make coroutines, whose operations are not among these
   */
  record Scope(
      List<Operation> operations,
      Set<String> registers,
      List<Operation> threadMakers,
      List<Operation> makers,
      List<Operation> coroutineMakers) {}

  private final ProgramTable programs;

  /** A program can contain itself, through what it starts: equals would not end. */
  private final Map<List<Operation>, Scope> known = new IdentityHashMap<>();

  Scopes(ProgramTable programs) {
    this.programs = programs;
  }

  Scope of(List<Operation> program) {
    Scope scope = known.get(program);
    if (scope == null) {
      scope =
          new Scope(
              new ArrayList<>(),
              new LinkedHashSet<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>());
      collect(program, scope, new HashSet<>());
      known.put(program, scope);
    }
    return scope;
  }

  private void collect(List<Operation> program, Scope scope, Set<String> called) {
    for (Operation operation : program) {
      scope.operations().add(operation);
      SetRegisters.of(operation).forEach(scope.registers()::add);
      if (operation instanceof Operation.StartThread || operation instanceof Operation.Exec) {
        scope.threadMakers().add(operation);
      } else if (operation instanceof Operation.Spawn
          || operation instanceof Operation.Fork
          || operation instanceof Operation.Alloc) {
        scope.makers().add(operation);
      } else if (operation instanceof Operation.Async || operation instanceof Operation.Await) {
        scope.coroutineMakers().add(operation);
      }
      if (operation instanceof Operation.Repeat repeat) {
        collect(repeat.body(), scope, called);
      } else if (operation instanceof Operation.While loop) {
        collect(loop.body(), scope, called);
      } else if (operation instanceof Operation.If branch) {
        collect(branch.then(), scope, called);
        collect(branch.otherwise(), scope, called);
      } else if (operation instanceof Operation.Call call && called.add(call.program())) {
        List<Operation> body = programs.get(call.program());
        collect(body == null ? List.of() : body, scope, called);
      }
    }
  }
}
