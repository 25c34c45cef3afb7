package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.schedlab.program.Errno;
import org.schedlab.program.Expression;
import org.schedlab.program.Location;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Scenario.FinalCheck;
import org.schedlab.scenario.Scenario.Observation;
import org.schedlab.scenario.yaml.Value.Scalar;

/**
 * Reads {@code final} and {@code observe}. Names before a dot become full: {@code T0.r} is {@code
 * P/T0.r} when the thread T0 belongs to the process P.
 */
final class FinalReader {
  private final ValueReader values;
  private final Problems problems;
  private final TaskIndex tasks;
  private final Set<String> qualifiers;

  FinalReader(ValueReader values, TaskIndex tasks) {
    this.values = values;
    this.problems = values.problems();
    this.tasks = tasks;
    this.qualifiers = tasks.qualifiers();
  }

  /** Returns the check, or null if there is none. */
  FinalCheck finalCheck(Value value) {
    if (values.text(value, "`final`") == null) {
      return null;
    }
    Scalar scalar = (Scalar) value;
    Expression parsed = ExpressionParser.parse(scalar, qualifiers, problems);
    return parsed == null
        ? null
        : new FinalCheck(resolve(parsed), scalar.text(), problems.remember(scalar.mark()));
  }

  List<Observation> observe(Value value) {
    List<Observation> observations = new ArrayList<>();
    for (Value item : values.list(value, "`observe`")) {
      if (values.text(item, "`observe`") == null) {
        continue;
      }
      Expression parsed = ExpressionParser.parse((Scalar) item, qualifiers, problems);
      if (parsed instanceof Expression.Name name
          && name.name().lastIndexOf('.') > 0
          && !isVariable(name.name())) {
        String full = register(name.name(), name.location());
        if (full != null) {
          int dot = full.lastIndexOf('.');
          observations.add(
              new Observation(full.substring(0, dot), full.substring(dot + 1), name.location()));
        }
      } else if (parsed != null) {
        problems.add(
            item.mark(), "`observe` lists registers of threads, such as T0.r, not " + item.shown());
      }
    }
    return List.copyOf(observations);
  }

  /** Says whether a name with a dot means a variable and no register. */
  private boolean isVariable(String name) {
    int dot = name.lastIndexOf('.');
    String owner = name.substring(0, dot);
    String rest = name.substring(dot + 1);
    return tasks.variablesOf(owner).containsKey(rest) && !hasRegister(owner, rest);
  }

  private Expression resolve(Expression expression) {
    if (expression instanceof Expression.Name name) {
      Optional<Errno> error = Errno.named(name.name());
      if (error.isPresent() && tasks.processesWith(name.name()).isEmpty()) {
        return new Expression.Literal(error.get().number(), name.location());
      }
      return new Expression.Name(name(name.name(), name.location(), false), name.location());
    } else if (expression instanceof Expression.Element element) {
      String name = name(element.name(), element.location(), true);
      return new Expression.Element(name, resolve(element.index()), element.location());
    } else if (expression instanceof Expression.Unary unary) {
      return new Expression.Unary(unary.operator(), resolve(unary.operand()), unary.location());
    } else if (expression instanceof Expression.Binary binary) {
      return new Expression.Binary(
          binary.operator(), resolve(binary.left()), resolve(binary.right()), binary.location());
    }
    return expression;
  }

  private String name(String name, Location location, boolean indexed) {
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      unqualified(name, location, indexed);
      return name;
    }
    Variable variable = tasks.variablesOf(name.substring(0, dot)).get(name.substring(dot + 1));
    boolean register = hasRegister(name.substring(0, dot), name.substring(dot + 1));
    if (variable != null && (indexed || !register)) {
      variable(name.substring(0, dot), variable, location, indexed);
      return name;
    }
    String full = register(name, location);
    if (full != null && indexed) {
      problems.add(location, "`" + name + "` is a register, not an array");
    }
    return full == null ? name : full;
  }

  private boolean hasRegister(String thread, String register) {
    return tasks.tasksNamed(thread).stream()
        .anyMatch(task -> tasks.registersOf(task).contains(register));
  }

  private void unqualified(String name, Location location, boolean indexed) {
    List<String> processes = tasks.processesWith(name);
    if (processes.size() == 1) {
      String owner = processes.get(0);
      variable(owner, tasks.variablesOf(owner).get(name), location, indexed);
    } else if (processes.isEmpty()) {
      Set<String> variables = tasks.variables();
      String suggestion = Spelling.suggestion(name, variables);
      problems.add(
          location,
          "no process has a variable `"
              + name
              + "`"
              + (suggestion.isEmpty() ? "; a register is named with its thread, T0.r" : suggestion)
              + (variables.isEmpty() ? "" : "; variables: " + Spelling.list(variables)));
    } else {
      problems.add(
          location,
          "several "
              + (processes.stream().anyMatch(tasks::isSegment) ? "places" : "processes")
              + " have a variable `"
              + name
              + "`; say which: "
              + Spelling.list(processes.stream().map(process -> process + "." + name).toList()));
    }
  }

  /** Checks a variable that a process, or shared memory, has. */
  private void variable(String owner, Variable variable, Location location, boolean indexed) {
    if (tasks.isRepeatedSegment(owner)) {
      problems.add(
          location,
          "several processes have shared memory `"
              + owner
              + "` of their own; `"
              + variable.name()
              + "` can be named here if the file declares it");
    }
    shape(variable, location, indexed);
  }

  private void shape(Variable variable, Location location, boolean indexed) {
    if (variable.array() != indexed) {
      String name = variable.name();
      problems.add(
          location,
          indexed
              ? "`" + name + "` is not an array"
              : "`" + name + "` is an array; name a cell, such as `" + name + "[0]`");
    }
  }

  /** Returns a register with its thread's full name, or null after reporting. */
  private String register(String name, Location location) {
    int dot = name.lastIndexOf('.');
    String thread = name.substring(0, dot);
    String register = name.substring(dot + 1);
    List<String> named = tasks.tasksNamed(thread);
    if (named.size() == 1) {
      Set<String> registers = tasks.registersOf(named.get(0));
      if (registers.contains(register)) {
        return named.get(0) + "." + register;
      }
      problems.add(
          location,
          "nothing sets a register `"
              + register
              + (tasks.isCoroutine(thread) ? "` in the coroutine `" : "` in the thread `")
              + thread
              + "`"
              + (registers.isEmpty() ? "" : "; its registers: " + Spelling.list(registers)));
    } else if (named.isEmpty() && thread.contains("/")) {
      problems.add(location, "there is no thread or coroutine `" + thread + "`");
    } else if (named.isEmpty()) {
      Set<String> variables = tasks.variablesOf(thread).keySet();
      problems.add(
          location,
          (tasks.isSegment(thread) ? "the shared memory `" : "the process `")
              + thread
              + "` has no variable `"
              + register
              + "`"
              + Spelling.suggestion(register, variables)
              + "; a register is named with its thread");
    } else {
      problems.add(
          location,
          (named.stream().anyMatch(tasks::isCoroutine)
                  ? "several threads or coroutines are called `"
                  : "several threads are called `")
              + thread
              + "`; say which: "
              + Spelling.list(named));
    }
    return null;
  }
}
