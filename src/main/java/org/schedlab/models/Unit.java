package org.schedlab.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Location;
import org.schedlab.program.Numbered;
import org.schedlab.program.Operation;
import org.schedlab.scenario.Scenario.NamedProgram;

/**
 * Translates the programs of tasks in which names mean the same. What computes or touches memory is
 * the same in all models; for everything else it asks the model's {@link Dialect}. A list is
 * translated once, so that tasks go on sharing their programs.
 */
final class Unit {
  private final Dialect dialect;
  private final Scope scope;
  private final boolean coroutine;

  /** What stands before the names of tasks that the programs make. */
  private final String prefix;

  /** What stands behind the names of programs that are called; empty for the first unit. */
  private final String suffix;

  private final Map<String, List<Operation>> sources;
  private final Map<List<Operation>, List<Operation>> translated = new IdentityHashMap<>();
  private final Set<List<Operation>> begun = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, NamedProgram> called = new LinkedHashMap<>();

  /** The names that the programs give the tasks that they make, and how many of each. */
  private final Map<String, Integer> made = new HashMap<>();

  /**
   * @param sources the named programs of the scenario
   */
  Unit(
      Dialect dialect,
      Scope scope,
      boolean coroutine,
      String prefix,
      String suffix,
      Map<String, List<Operation>> sources) {
    this.dialect = dialect;
    this.scope = scope;
    this.coroutine = coroutine;
    this.prefix = prefix;
    this.suffix = suffix;
    this.sources = sources;
  }

  Scope scope() {
    return scope;
  }

  /** Says whether the scenario writes the programs for coroutines. */
  boolean isCoroutine() {
    return coroutine;
  }

  /** Returns the named programs that are called, translated. */
  List<NamedProgram> called() {
    return List.copyOf(called.values());
  }

  /** Takes note of the tasks that a program makes, which it may wait for before. */
  void noteMade(String name, int count) {
    made.merge(name, count, Math::max);
  }

  /** Returns the names of the tasks that the programs have made by this name, or an empty list. */
  List<String> members(String name) {
    Integer count = made.get(name);
    if (count != null) {
      return Numbered.names(prefix + name, count);
    }
    return made.containsKey(Task.baseName(name)) ? List.of(prefix + name) : List.of();
  }

  /** Returns all names under which the programs make tasks. */
  List<String> madeNames() {
    return made.keySet().stream().sorted().toList();
  }

  /** Returns the name in the workload of a task that the programs make. */
  String nameOfMade(String name) {
    return prefix + name;
  }

  /** Says whether a program is being translated: then it makes what runs it again. */
  boolean isBegun(List<Operation> program) {
    return begun.contains(program);
  }

  List<Operation> translate(List<Operation> operations) {
    List<Operation> known = translated.get(operations);
    if (known != null) {
      return known;
    }
    List<Operation> result = new ArrayList<>(operations.size());
    List<Operation> program = Collections.unmodifiableList(result);
    // Known before it is complete, for it may make tasks that run itself.
    translated.put(operations, program);
    begun.add(operations);
    for (Operation operation : operations) {
      result.addAll(translate(operation));
    }
    begun.remove(operations);
    return program;
  }

  private List<Operation> translate(Operation operation) {
    if (operation instanceof Operation.Compute
        || operation instanceof Operation.Yield
        || operation instanceof Operation.Set) {
      return List.of(operation);
    }
    Operation same = structure(operation);
    same = same == null ? access(operation) : same;
    return same != null ? List.of(same) : dialect.translate(operation, this);
  }

  private Operation structure(Operation operation) {
    Location at = operation.location();
    if (operation instanceof Operation.Repeat it) {
      return new Operation.Repeat(it.times(), translate(it.body()), at);
    } else if (operation instanceof Operation.While it) {
      return new Operation.While(it.condition(), translate(it.body()), at);
    } else if (operation instanceof Operation.If it) {
      return new Operation.If(it.condition(), translate(it.then()), translate(it.otherwise()), at);
    } else if (operation instanceof Operation.Call it) {
      return new Operation.Call(call(it.program()), it.frameBytes(), at, it.programLocation());
    }
    return null;
  }

  /** Returns the name of a called program's translation. */
  private String call(String program) {
    String name = program + suffix;
    if (!called.containsKey(name)) {
      // Entered before it is translated, for it may call itself.
      called.put(name, new NamedProgram(name, List.of(), Location.NONE));
      List<Operation> operations = translate(sources.get(program));
      called.put(name, new NamedProgram(name, operations, Location.NONE));
    }
    return name;
  }

  private Operation access(Operation operation) {
    Location at = operation.location();
    if (operation instanceof Operation.Load it) {
      return new Operation.Load(it.register(), Renamed.place(it.from(), scope), at);
    } else if (operation instanceof Operation.Store it) {
      return new Operation.Store(Renamed.place(it.to(), scope), it.value(), at);
    } else if (operation instanceof Operation.Add it) {
      return new Operation.Add(Renamed.place(it.to(), scope), it.value(), at);
    } else if (operation instanceof Operation.FetchAdd it) {
      return new Operation.FetchAdd(Renamed.place(it.to(), scope), it.value(), it.into(), at);
    } else if (operation instanceof Operation.Exchange it) {
      return new Operation.Exchange(Renamed.place(it.to(), scope), it.value(), it.into(), at);
    } else if (operation instanceof Operation.CompareAndSwap it) {
      return new Operation.CompareAndSwap(
          Renamed.place(it.to(), scope), it.expected(), it.update(), it.into(), at);
    } else if (operation instanceof Operation.Assert it) {
      return new Operation.Assert(Renamed.condition(it.condition(), scope), it.text(), at);
    }
    return null;
  }
}
