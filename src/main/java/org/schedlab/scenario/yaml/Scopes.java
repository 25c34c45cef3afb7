package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Waiting;

/** Knows what a thread executes that runs a program. */
final class Scopes {
  /**
   * Everything one thread executes: its own program and those that it calls.
   *
   * @param registers those that it sets
   * @param threadMakers those that start threads or give this one another program
   * @param makers those that make processes or regions
   */
  record Scope(
      List<Operation> operations,
      Set<String> registers,
      List<Operation> threadMakers,
      List<Operation> makers) {}

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
          new Scope(new ArrayList<>(), new LinkedHashSet<>(), new ArrayList<>(), new ArrayList<>());
      collect(program, scope, new HashSet<>());
      known.put(program, scope);
    }
    return scope;
  }

  private void collect(List<Operation> program, Scope scope, Set<String> called) {
    for (Operation operation : program) {
      scope.operations().add(operation);
      String register = registerSetBy(operation);
      if (register != null) {
        scope.registers().add(register);
      }
      addRegistersOf(waitingOf(operation), scope);
      if (operation instanceof Operation.StartThread || operation instanceof Operation.Exec) {
        scope.threadMakers().add(operation);
      } else if (operation instanceof Operation.Spawn
          || operation instanceof Operation.Fork
          || operation instanceof Operation.Alloc) {
        scope.makers().add(operation);
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

  private static void addRegistersOf(Waiting waiting, Scope scope) {
    if (waiting != null && waiting.into() != null) {
      scope.registers().add(waiting.into());
    }
    if (waiting != null && waiting.error() != null) {
      scope.registers().add(waiting.error());
    }
  }

  /** Returns how an operation waits that reports how that went, or null. */
  private static Waiting waitingOf(Operation operation) {
    if (operation instanceof Operation.Lock lock) {
      return lock.waiting();
    } else if (operation instanceof Operation.Unlock unlock) {
      return unlock.waiting();
    } else if (operation instanceof Operation.SemWait wait) {
      return wait.waiting();
    } else if (operation instanceof Operation.CondWait wait) {
      return wait.waiting();
    } else if (operation instanceof Operation.BarrierWait wait) {
      return wait.waiting();
    } else if (operation instanceof Operation.RwLock lock) {
      return lock.waiting();
    } else if (operation instanceof Operation.RwUnlock unlock) {
      return unlock.waiting();
    }
    return null;
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
    } else if (operation instanceof Operation.Fork fork) {
      return fork.into();
    } else if (operation instanceof Operation.WaitFor wait) {
      return wait.into();
    }
    return null;
  }
}
