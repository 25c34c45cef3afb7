package org.schedlab.models;

import java.util.function.UnaryOperator;
import org.schedlab.program.Expression;
import org.schedlab.scenario.Scenario;

/** Finds the variables and registers that {@code final} and {@code observe} name in a model. */
final class FinalNames {
  private final Workload workload;
  private final UnaryOperator<String> taskNames;

  /**
   * @param taskNames gives the full name in the model for a task's own name
   */
  FinalNames(Workload workload, UnaryOperator<String> taskNames) {
    this.workload = workload;
    this.taskNames = taskNames;
  }

  Scenario.FinalCheck renamed(Scenario.FinalCheck check) {
    return check == null
        ? null
        : new Scenario.FinalCheck(renamed(check.condition()), check.text(), check.location());
  }

  Scenario.Observation renamed(Scenario.Observation observation) {
    String own = workload.taskName(observation.task());
    return new Scenario.Observation(
        own == null ? observation.task() : taskNames.apply(own),
        observation.register(),
        observation.location());
  }

  private Expression renamed(Expression expression) {
    if (expression instanceof Expression.Unary it) {
      return new Expression.Unary(it.operator(), renamed(it.operand()), it.location());
    } else if (expression instanceof Expression.Binary it) {
      return new Expression.Binary(
          it.operator(), renamed(it.left()), renamed(it.right()), it.location());
    } else if (expression instanceof Expression.Element it) {
      return new Expression.Element(name(it.name()), renamed(it.index()), it.location());
    } else if (expression instanceof Expression.Name it) {
      return new Expression.Name(name(it.name()), it.location());
    }
    return expression;
  }

  /** Returns a variable's name in the workload, or {@code task.register} by the model's names. */
  private String name(String written) {
    int dot = written.lastIndexOf('.');
    if (dot < 0) {
      return workload.variable(written);
    }
    String variable = workload.qualifiedVariable(written);
    if (variable != null) {
      return variable;
    }
    String own = workload.taskName(written.substring(0, dot));
    return own == null ? written : taskNames.apply(own) + written.substring(dot);
  }
}
