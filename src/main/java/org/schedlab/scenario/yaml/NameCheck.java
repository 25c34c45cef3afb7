package org.schedlab.scenario.yaml;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Place;
import org.schedlab.program.Variable;

/** Checks the names in single operations against one process and one thread's registers. */
final class NameCheck {
  private static final Pattern NUMBERED = Pattern.compile("(.+)\\[(\\d{1,9})\\]");

  private final String process;
  private final Map<String, Variable> variables;
  private final Map<String, Integer> threads;
  private final Set<String> registers;
  private final BiConsumer<Location, String> report;

  /**
   * Makes a check.
   *
   * @param threads by name, how many of that name there are
   * @param registers those that the thread sets somewhere
   */
  NameCheck(
      String process,
      Map<String, Variable> variables,
      Map<String, Integer> threads,
      Set<String> registers,
      BiConsumer<Location, String> report) {
    this.process = process;
    this.variables = variables;
    this.threads = threads;
    this.registers = registers;
    this.report = report;
  }

  /** Checks an operation, without the operations inside it. */
  void check(Operation operation) {
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
    } else if (operation instanceof Operation.Join join) {
      join(join);
    } else {
      controlFlow(operation);
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
        + "` in this thread"
        + (variablesToo ? ", and " + owner() + " has no such variable" : "")
        + (known.isEmpty() ? "" : Spelling.suggestion(name, known, "known here"));
  }

  private void join(Operation.Join join) {
    if (join.name().isEmpty() || threads.containsKey(join.name())) {
      return;
    }
    Matcher numbered = NUMBERED.matcher(join.name());
    if (numbered.matches()) {
      Integer count = threads.get(numbered.group(1));
      if (count != null && count > 1 && Integer.parseInt(numbered.group(2)) < count) {
        return;
      }
      if (count != null) {
        String last = numbered.group(1) + "[" + (count - 1) + "]";
        report.accept(
            join.location(),
            "there is no thread `"
                + join.name()
                + "`; "
                + (count == 1
                    ? "the only one of that name is `" + numbered.group(1) + "`"
                    : "the last one is `" + last + "`"));
        return;
      }
    }
    report.accept(
        join.location(),
        owner()
            + " has no thread `"
            + Sizes.cut(join.name())
            + "`"
            + (threads.isEmpty()
                ? "; it has no named threads"
                : Spelling.suggestion(join.name(), threads.keySet(), "its threads")));
  }
}
