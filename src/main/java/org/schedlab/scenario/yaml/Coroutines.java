package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Awaited;
import org.schedlab.program.Operation.CoroutineTemplate;
import org.schedlab.program.Operation.Loop;
import org.schedlab.program.Operation.Member;

/** Finds the coroutines that a thread can come to run: its own, and those that they make. */
final class Coroutines {
  /**
   * Coroutines of one name and program.
   *
   * @param made whether a coroutine makes them, perhaps several times
   */
  record Coroutine(String name, int count, List<Operation> program, boolean made) {}

  private final List<Coroutine> found = new ArrayList<>();

  /** Who has been found to make coroutines: programs can make such as run themselves. */
  private final Set<Operation> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Coroutines() {}

  /** Returns the coroutines of a thread; none for null, a thread that runs a program. */
  static List<Coroutine> of(Loop loop, Scopes scopes) {
    if (loop == null) {
      return List.of();
    }
    Coroutines coroutines = new Coroutines();
    loop.coroutines().forEach(coroutine -> coroutines.add(coroutine, false));
    for (int i = 0; i < coroutines.found.size(); i++) {
      List<Operation> program = coroutines.found.get(i).program();
      scopes.of(program).coroutineMakers().forEach(coroutines::follow);
    }
    return coroutines.found;
  }

  private void add(CoroutineTemplate template, boolean made) {
    found.add(new Coroutine(template.name(), template.count(), template.program(), made));
  }

  private void follow(Operation maker) {
    if (!seen.add(maker)) {
      return;
    }
    if (maker instanceof Operation.Async async) {
      add(async.coroutine(), true);
    } else if (maker instanceof Operation.Await await
        && await.awaited() instanceof Awaited.Group group) {
      for (Member member : group.members()) {
        if (member.program() != null) {
          found.add(new Coroutine(member.name(), 1, member.program(), true));
        }
      }
    }
  }
}
