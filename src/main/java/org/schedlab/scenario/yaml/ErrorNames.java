package org.schedlab.scenario.yaml;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.schedlab.program.Errno;
import org.schedlab.program.Expression;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/**
 * Puts error numbers in place of their names. A scenario that gives a variable or register such a
 * name means that one, everywhere.
 */
final class ErrorNames {
  /** The keys whose value is a register; everything else that is named stands as a key itself. */
  private static final List<String> REGISTER_KEYS = List.of("into", "error", "count", "priority");

  private final Value root;

  /** What the scenario names itself, looked up when the first error is named. */
  private Set<String> taken;

  ErrorNames(Value root) {
    this.root = root;
  }

  /** Returns the expression with numbers for the names of errors. */
  Expression resolve(Expression expression) {
    if (expression instanceof Expression.Name name) {
      Optional<Errno> error = Errno.named(name.name());
      return error.isPresent() && !isTaken(name.name())
          ? new Expression.Literal(error.get().number(), name.location())
          : name;
    } else if (expression instanceof Expression.Element element) {
      return new Expression.Element(element.name(), resolve(element.index()), element.location());
    } else if (expression instanceof Expression.Unary unary) {
      return new Expression.Unary(unary.operator(), resolve(unary.operand()), unary.location());
    } else if (expression instanceof Expression.Binary binary) {
      return new Expression.Binary(
          binary.operator(), resolve(binary.left()), resolve(binary.right()), binary.location());
    }
    return expression;
  }

  private boolean isTaken(String name) {
    if (taken == null) {
      taken = new HashSet<>();
      collect(root);
    }
    return taken.contains(name);
  }

  private void collect(Value value) {
    if (value instanceof Items list) {
      list.items().forEach(this::collect);
    } else if (value instanceof Entries map) {
      for (Entry entry : map.entries()) {
        take(entry.key());
        if (entry.value() instanceof Scalar register
            && REGISTER_KEYS.contains(entry.key().text())) {
          take(register);
        }
        collect(entry.value());
      }
    }
  }

  private void take(Scalar name) {
    if (Errno.named(name.text()).isPresent()) {
      taken.add(name.text());
    }
  }
}
