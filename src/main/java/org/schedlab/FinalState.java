package org.schedlab;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.kernel.Kernel;
import org.schedlab.program.Execution;
import org.schedlab.program.Expression;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.Scenario.ProcessSpec;

/**
 * What a {@code final} condition and {@code observe} speak of once a run is over: variables by
 * name, or as {@code process.variable} where several processes have one of the name; registers as
 * {@code task.register}, where a thread's name within its process does if only one has it.
 */
final class FinalState {
  /** Where values are looked up. */
  interface Values {
    /** Returns where a watched thread stands or ended, by its full name; null if it never was. */
    Execution execution(String taskName);

    /** Returns the value of a cell of the first variable of a name; 0 where there is none. */
    long cell(String name, long index);
  }

  private final Scenario scenario;
  private final Map<String, String> taskNames = new HashMap<>();

  FinalState(Scenario scenario) {
    this.scenario = scenario;
    for (ProcessSpec process : scenario.processes()) {
      for (Scenario.ThreadSpec thread : process.threads()) {
        taskNames.putIfAbsent(thread.name(), thread.taskName());
      }
    }
    for (ProcessSpec process : scenario.processes()) {
      for (Scenario.ThreadSpec thread : process.threads()) {
        taskNames.put(thread.taskName(), thread.taskName());
      }
    }
  }

  /** Returns the full names of the threads whose registers are asked for. */
  Set<String> watched() {
    Set<String> names = new HashSet<>();
    if (scenario.finalCheck() != null) {
      collect(scenario.finalCheck().condition(), names);
    }
    for (Scenario.Observation observation : scenario.observe()) {
      names.add(taskNames.getOrDefault(observation.task(), observation.task()));
    }
    return names;
  }

  private void collect(Expression expression, Set<String> names) {
    if (expression instanceof Expression.Unary unary) {
      collect(unary.operand(), names);
    } else if (expression instanceof Expression.Binary binary) {
      collect(binary.left(), names);
      collect(binary.right(), names);
    } else if (expression instanceof Expression.Element element) {
      collect(element.index(), names);
    } else if (expression instanceof Expression.Name name && name.name().lastIndexOf('.') > 0) {
      String task = name.name().substring(0, name.name().lastIndexOf('.'));
      names.add(taskNames.getOrDefault(task, task));
    }
  }

  /** Returns the values of {@code observe}, in its order. */
  List<Long> observed(Values values) {
    return scenario.observe().stream()
        .map(observation -> register(values, observation.task(), observation.register()))
        .toList();
  }

  /** Returns the value of an expression; a division by 0 gives 0. */
  long evaluate(Expression expression, Values values) {
    if (expression instanceof Expression.Literal literal) {
      return literal.value();
    }
    if (expression instanceof Expression.Unary unary) {
      return Expression.apply(unary.operator(), evaluate(unary.operand(), values));
    }
    if (expression instanceof Expression.Binary binary) {
      long left = evaluate(binary.left(), values);
      long right = evaluate(binary.right(), values);
      return Expression.apply(binary.operator(), left, right);
    }
    if (expression instanceof Expression.Element element) {
      return values.cell(element.name(), evaluate(element.index(), values));
    }
    String name = ((Expression.Name) expression).name();
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return values.cell(name, 0);
    }
    String owner = name.substring(0, dot);
    String rest = name.substring(dot + 1);
    Execution execution = values.execution(taskNames.getOrDefault(owner, owner));
    // A register hides a variable of the process of that name, as it does in an assert.
    boolean isRegister = execution != null && execution.hasRegister(rest);
    return isRegister ? execution.registerNamed(rest) : values.cell(name, 0);
  }

  private long register(Values values, String task, String register) {
    Execution execution = values.execution(taskNames.getOrDefault(task, task));
    return execution == null ? 0 : execution.registerNamed(register);
  }

  /** Returns what a run of the kernel has come to. */
  static Values of(Kernel kernel) {
    return new Values() {
      @Override
      public Execution execution(String taskName) {
        return kernel.execution(taskName);
      }

      @Override
      public long cell(String name, long index) {
        for (Kernel.Image image : kernel.images()) {
          int at = place(image.process(), image.variables(), name, index);
          if (at != UNKNOWN) {
            return at < 0 ? 0 : image.memory()[at];
          }
        }
        return 0;
      }
    };
  }

  /** Stands for a name that is none of those looked through. */
  static final int UNKNOWN = -2;

  /** Returns the cell that a name means among variables, -1 for none of its array, or UNKNOWN. */
  static int place(String owner, List<Variable> variables, String name, long index) {
    int base = 0;
    for (Variable variable : variables) {
      if (variable.name().equals(name) || name.equals(owner + "." + variable.name())) {
        boolean inside = index >= 0 && index < variable.initial().size();
        return inside ? base + (int) index : -1;
      }
      base += variable.initial().size();
    }
    return UNKNOWN;
  }
}
