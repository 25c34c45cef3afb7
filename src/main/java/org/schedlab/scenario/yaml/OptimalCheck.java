package org.schedlab.scenario.yaml;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.schedlab.program.Expression;
import org.schedlab.program.Numbered;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Place;
import org.schedlab.scenario.Scenario.MemorySpec;
import org.schedlab.scenario.yaml.Image.Maker;
import org.schedlab.scenario.yaml.Image.Runner;

/**
 * Refuses the replacement rule {@code opt} where the order of references depends on who runs when:
 * it looks ahead, so one thread alone may refer to the pages that share frames.
 */
final class OptimalCheck {
  private static final String INSTEAD = "; use another rule, such as lru";
  private static final String LOCAL = " or, if they are of two processes, `scope: local`";

  private final MemorySpec memory;
  private final Scopes scopes;
  private String first;

  OptimalCheck(MemorySpec memory, Scopes scopes) {
    this.memory = memory;
    this.scopes = scopes;
  }

  /** Returns why the rule cannot look ahead, or null. */
  String problem(List<Image> images) {
    for (Image image : images) {
      if (memory.local()) {
        first = null;
        if (image.threads().stream().noneMatch(thread -> refers(image, thread))) {
          continue;
        }
      }
      for (Runner thread : image.threads()) {
        String problem = problem(image, thread);
        if (problem != null) {
          return "`opt` must know every reference in advance, but " + problem + INSTEAD + hint();
        }
      }
    }
    return null;
  }

  private String hint() {
    return memory.local() || first == null ? "" : LOCAL;
  }

  private String problem(Image image, Runner thread) {
    String task = DeclaredProcess.taskName(image.name(), thread.name());
    if (image.workingSetBytes() > 0 || thread.attributes().workingSetBytes() > 0) {
      return "`" + task + "` has a `working_set`, which it fills again when others have run";
    }
    if (!refers(image, thread)) {
      return null;
    }
    if (thread.isLoop()) {
      return "`" + task + "` runs coroutines, whose turns depend on what they await";
    }
    String heard = heard(image, thread);
    if (heard != null) {
      return "`" + task + "` " + heard;
    }
    if (thread.started()) {
      return "`" + task + "`, started by `thread`, makes references";
    } else if (image.maker() == Maker.EXEC) {
      return "`" + task + "` makes references after its `exec`";
    } else if (image.maker() != Maker.FILE) {
      String maker = image.maker() == Maker.FORK ? "`fork`" : "`spawn`";
      return "`" + task + "`, made by " + maker + ", makes references";
    }
    if (thread.periodic()) {
      return "the periodic `" + task + "` makes references in every job";
    }
    List<String> names =
        memory.local()
            ? Numbered.names(thread.name(), thread.count()).stream()
                .map(name -> DeclaredProcess.taskName(image.name(), name))
                .toList()
            : image.taskNames(thread);
    String second = first == null ? (names.size() > 1 ? names.get(1) : null) : names.get(0);
    first = first == null ? names.get(0) : first;
    return second == null ? null : "both `" + first + "` and `" + second + "` make references";
  }

  private boolean refers(Image image, Runner thread) {
    Set<String> variables = image.visible().keySet();
    return thread.programs().stream()
        .flatMap(program -> scopes.of(program).operations().stream())
        .anyMatch(operation -> refers(operation, variables));
  }

  /** Returns how the thread hears from others, on whom its references may then depend; or null. */
  private String heard(Image image, Runner thread) {
    Set<String> shared = new HashSet<>(image.visible().keySet());
    shared.removeAll(image.variables().keySet());
    for (Operation operation : scopes.of(thread.program()).operations()) {
      if (SetRegisters.ofTalk(operation).findAny().isPresent()) {
        return "hears from other threads in line " + operation.location().line();
      } else if (namesShared(operation, shared)) {
        return "uses shared memory in line " + operation.location().line();
      }
    }
    return null;
  }

  private static boolean namesShared(Operation operation, Set<String> shared) {
    if (operation instanceof Operation.Assert check) {
      return names(check.condition(), shared);
    }
    Place place = place(operation);
    return place != null && shared.contains(place.variable());
  }

  private static Place place(Operation operation) {
    if (operation instanceof Operation.Load load) {
      return load.from();
    } else if (operation instanceof Operation.Store store) {
      return store.to();
    } else if (operation instanceof Operation.Add add) {
      return add.to();
    } else if (operation instanceof Operation.FetchAdd add) {
      return add.to();
    } else if (operation instanceof Operation.Exchange exchange) {
      return exchange.to();
    }
    return operation instanceof Operation.CompareAndSwap swap ? swap.to() : null;
  }

  private boolean refers(Operation operation, Set<String> variables) {
    if (operation instanceof Operation.Assert check) {
      return names(check.condition(), variables);
    }
    return operation instanceof Operation.Call
        ? memory.pageableAll()
        : operation instanceof Operation.Touch
            || operation instanceof Operation.Load
            || operation instanceof Operation.Store
            || operation instanceof Operation.Add
            || operation instanceof Operation.FetchAdd
            || operation instanceof Operation.Exchange
            || operation instanceof Operation.CompareAndSwap
            || operation instanceof Operation.Alloc;
  }

  /** Says whether an assertion names a variable. */
  private static boolean names(Expression expression, Set<String> variables) {
    if (expression instanceof Expression.Name name) {
      return variables.contains(name.name());
    } else if (expression instanceof Expression.Element element) {
      return variables.contains(element.name()) || names(element.index(), variables);
    } else if (expression instanceof Expression.Unary unary) {
      return names(unary.operand(), variables);
    }
    return expression instanceof Expression.Binary binary
        && (names(binary.left(), variables) || names(binary.right(), variables));
  }
}
