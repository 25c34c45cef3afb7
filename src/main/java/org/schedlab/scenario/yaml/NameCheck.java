package org.schedlab.scenario.yaml;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.schedlab.program.Errno;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Place;
import org.schedlab.program.Variable;

/** Checks the names in single operations against one process and one thread's registers. */
final class NameCheck {
  private static final List<String> ERRORS =
      Arrays.stream(Errno.values()).map(Errno::name).toList();

  private final String process;
  private final Map<String, Variable> variables;
  private final Set<String> regions;
  private final CountedNames threads;
  private final CountedNames children;
  private final CountedNames processes;
  private final NamePlaces places;
  private final BiConsumer<Location, String> report;

  /** Those that the thread or coroutine sets whose operation is checked. */
  private Set<String> registers = Set.of();

  /** What that is: a thread, or a coroutine. */
  private String runner = "thread";

  /**
   * Makes a check of a process.
   *
   * @param children what programs make and `wait` can wait for
   * @param processes those of the file as well, which `kill` can end
   * @param places where operations name connections
   */
  NameCheck(
      Image image,
      CountedNames children,
      CountedNames processes,
      NamePlaces places,
      BiConsumer<Location, String> report) {
    this.process = image.name();
    this.variables = image.visible();
    this.regions = image.regions();
    this.threads = new CountedNames("thread", image.threadNames());
    this.children = children;
    this.processes = processes;
    this.places = places;
    this.report = report;
  }

  /**
   * Checks an operation, without the operations inside it.
   *
   * @param ofRunner the registers that its thread or coroutine sets somewhere
   * @param coroutine whether a coroutine runs it
   */
  void check(Operation operation, Set<String> ofRunner, boolean coroutine) {
    registers = ofRunner;
    runner = coroutine ? "coroutine" : "thread";
    if (operation instanceof Operation.Load load) {
      place(load.from());
    } else if (operation instanceof Operation.Store store) {
      place(store.to());
      overRegisters(store.value());
    } else if (operation instanceof Operation.Add add) {
      place(add.to());
      overRegisters(add.value());
    } else if (operation instanceof Operation.FetchAdd add) {
      place(add.to());
      overRegisters(add.value());
    } else if (operation instanceof Operation.Exchange exchange) {
      place(exchange.to());
      overRegisters(exchange.value());
    } else if (operation instanceof Operation.CompareAndSwap swap) {
      place(swap.to());
      overRegisters(swap.expected());
      overRegisters(swap.update());
    } else if (operation instanceof Operation.Assert assertion) {
      expression(assertion.condition(), true);
    } else if (operation instanceof Operation.FutexWait wait) {
      place(wait.variable());
      overRegisters(wait.expected());
    } else if (operation instanceof Operation.FutexWake wake) {
      place(wake.variable());
      overRegisters(wake.count());
    } else if (operation instanceof Operation.Put put) {
      overRegisters(put.value());
    } else if (!namesOthers(operation) && !moves(operation)) {
      controlFlow(operation);
    }
  }

  /** Checks what is sent, received, closed or polled; says whether the operation does that. */
  private boolean moves(Operation operation) {
    if (operation instanceof Operation.Send send) {
      connection(send.port());
      overRegisters(send.bytes());
      overRegisters(send.priority());
      overRegisters(send.value());
    } else if (operation instanceof Operation.Receive receive) {
      connection(receive.port());
      overRegisters(receive.bytes());
    } else if (operation instanceof Operation.Close close) {
      connection(close.port());
    } else if (operation instanceof Operation.Poll poll) {
      poll.ports().forEach(polled -> connection(polled.port()));
    } else {
      return false;
    }
    return true;
  }

  private void connection(Operation.Port port) {
    String register = port.connection();
    if (register != null && !registers.contains(register)) {
      report.accept(
          places.of(port),
          "nothing sets a register `"
              + register
              + "` in this "
              + runner
              + "; `accept` and `connect` put a connection into one"
              + (registers.isEmpty()
                  ? ""
                  : Spelling.suggestion(register, registers, "known here")));
    }
  }

  private void controlFlow(Operation operation) {
    if (operation instanceof Operation.Set set) {
      overRegisters(set.value());
    } else if (operation instanceof Operation.Exit exit) {
      overRegisters(exit.code());
    } else if (operation instanceof Operation.Repeat repeat) {
      overRegisters(repeat.times());
    } else if (operation instanceof Operation.While loop) {
      overRegisters(loop.condition());
    } else if (operation instanceof Operation.If branch) {
      overRegisters(branch.condition());
    }
  }

  private void place(Place place) {
    Variable variable = variables.get(place.variable());
    if (variable == null) {
      report.accept(place.location(), unknownVariable(place.variable()));
    } else {
      shape(variable, place.index() != null, place.location());
    }
    if (place.index() != null) {
      overRegisters(place.index());
    }
  }

  private String unknownVariable(String name) {
    String text = owner() + " has no variable `" + name + "`";
    if (variables.isEmpty()) {
      return text + "; declare it under `variables:` of the process";
    }
    return text + Spelling.suggestion(name, variables.keySet(), "its variables");
  }

  private String owner() {
    return process.isEmpty() ? "the process" : "the process `" + process + "`";
  }

  private void shape(Variable variable, boolean indexed, Location location) {
    if (variable.array() && !indexed) {
      report.accept(
          location,
          "`"
              + variable.name()
              + "` is an array; name a cell, `"
              + variable.name()
              + "[0]` to `"
              + variable.name()
              + "["
              + (variable.initial().size() - 1)
              + "]`");
    } else if (!variable.array() && indexed) {
      report.accept(location, "`" + variable.name() + "` is not an array");
    }
  }

  private void overRegisters(Expression expression) {
    expression(expression, false);
  }

  private void expression(Expression expression, boolean variablesToo) {
    if (expression instanceof Expression.Name name) {
      name(name, variablesToo);
    } else if (expression instanceof Expression.Element element) {
      element(element, variablesToo);
    } else if (expression instanceof Expression.Unary unary) {
      expression(unary.operand(), variablesToo);
    } else if (expression instanceof Expression.Binary binary) {
      expression(binary.left(), variablesToo);
      expression(binary.right(), variablesToo);
    }
  }

  private void name(Expression.Name name, boolean variablesToo) {
    if (registers.contains(name.name())) {
      return;
    }
    Variable variable = variables.get(name.name());
    if (variable == null) {
      report.accept(name.location(), unsetRegister(name.name(), variablesToo));
    } else if (variablesToo) {
      shape(variable, false, name.location());
    } else {
      report.accept(name.location(), loadFirst(name.name(), name.name()));
    }
  }

  private void element(Expression.Element element, boolean variablesToo) {
    Variable variable = variables.get(element.name());
    if (variable == null) {
      report.accept(element.location(), unknownVariable(element.name()));
    } else if (variablesToo) {
      shape(variable, true, element.location());
    } else {
      report.accept(element.location(), loadFirst(element.name(), element.name() + "[…]"));
    }
    expression(element.index(), variablesToo);
  }

  private static String loadFirst(String name, String written) {
    return "`"
        + name
        + "` is a variable, and expressions here are over registers: load it first, "
        + "`load: {r: \""
        + written
        + "\"}`";
  }

  private String unsetRegister(String name, boolean variablesToo) {
    Set<String> known = new TreeSet<>(registers);
    if (variablesToo) {
      known.addAll(variables.keySet());
    }
    return "nothing sets a register `"
        + name
        + "` in this "
        + runner
        + (variablesToo ? ", and " + owner() + " has no such variable" : "")
        + meant(name, known);
  }

  /** Returns what a name may be meant to be: one that is known here, or an error number's. */
  private static String meant(String name, Set<String> known) {
    String error = Spelling.nearest(name, known) == null ? Spelling.suggestion(name, ERRORS) : "";
    if (known.isEmpty() || error.isEmpty()) {
      return error + (known.isEmpty() ? "" : Spelling.suggestion(name, known, "known here"));
    }
    return error + " known here: " + Spelling.list(known);
  }

  /** Checks the names of threads, processes and regions; says whether the operation has any. */
  private boolean namesOthers(Operation operation) {
    if (operation instanceof Operation.Join join) {
      join(join);
    } else if (operation instanceof Operation.WaitFor wait) {
      waitFor(wait);
    } else if (operation instanceof Operation.Kill kill) {
      String none =
          "there is no process `"
              + Sizes.cut(kill.process())
              + "`"
              + Spelling.suggestion(kill.process(), processes.counts().keySet(), "processes");
      refuse(processes.problem(TaskIndex.original(kill.process()), none), kill.location());
    } else if (operation instanceof Operation.Touch touch) {
      region(touch.region(), touch.location());
    } else if (operation instanceof Operation.Free free) {
      region(free.region(), free.location());
    } else {
      return false;
    }
    return true;
  }

  private void refuse(String problem, Location location) {
    if (problem != null) {
      report.accept(location, problem);
    }
  }

  private void join(Operation.Join join) {
    if (join.name().isEmpty()) {
      return;
    }
    Set<String> known = threads.counts().keySet();
    String none =
        owner()
            + " has no thread `"
            + Sizes.cut(join.name())
            + "`"
            + (known.isEmpty()
                ? "; it has no named threads"
                : Spelling.suggestion(join.name(), known, "its threads"));
    refuse(threads.problem(join.name(), none), join.location());
  }

  private void waitFor(Operation.WaitFor wait) {
    String name = wait.child();
    if (name.equals(Operation.WaitFor.ANY) || name.equals(Operation.WaitFor.ALL)) {
      return;
    }
    Set<String> known = children.counts().keySet();
    String none =
        processes.counts().containsKey(name)
            ? "`wait` is for children, and nothing spawns or forks `" + Sizes.cut(name) + "`"
            : "nothing spawns or forks a process `" + Sizes.cut(name) + "`";
    String suggestion =
        known.isEmpty()
            ? "; `wait` takes the name of one that a program makes, `any` or `all`"
            : Spelling.suggestion(name, known, "children");
    refuse(children.problem(TaskIndex.original(name), none + suggestion), wait.location());
  }

  private void region(String name, Location location) {
    if (name == null || TouchReader.REGIONS.contains(name) || regions.contains(name)) {
      return;
    }
    Set<String> known = new LinkedHashSet<>(TouchReader.REGIONS);
    known.addAll(regions);
    report.accept(
        location,
        owner()
            + " has no region `"
            + Sizes.cut(name)
            + "` and does not `alloc` one"
            + Spelling.suggestion(name, known, "its regions"));
  }
}
