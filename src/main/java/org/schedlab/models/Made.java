package org.schedlab.models;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;

/**
 * What a program makes that runs beside it: a thread, a process or a coroutine.
 *
 * @param attributes null where the scenario says nothing of them
 */
record Made(
    String name,
    int count,
    List<Operation> program,
    Operation.Attributes attributes,
    Location location) {

  /** Returns what an operation makes, or null where it makes nothing that all models have. */
  static Made by(Operation operation) {
    if (operation instanceof Operation.StartThread it && it.thread().loop() == null) {
      return new Made(
          it.thread().name(),
          it.thread().count(),
          it.thread().program(),
          it.thread().attributes(),
          it.location());
    } else if (operation instanceof Operation.Async it) {
      return new Made(
          it.coroutine().name(),
          it.coroutine().count(),
          it.coroutine().program(),
          null,
          it.location());
    } else if (operation instanceof Operation.Spawn it && isPlain(it.process())) {
      Operation.ThreadTemplate thread = it.process().threads().get(0);
      return new Made(
          it.process().name(),
          it.process().count(),
          thread.program(),
          thread.attributes(),
          it.location());
    }
    return null;
  }

  /** Says whether a process is one thread without memory or objects of its own. */
  private static boolean isPlain(Operation.ProcessTemplate process) {
    return process.variables().isEmpty()
        && process.objects().isEmpty()
        && process.threads().size() == 1
        && process.threads().get(0).count() == 1
        && process.threads().get(0).loop() == null;
  }

  /**
   * Shows all that a program makes, that what it makes makes, and that called programs make.
   *
   * @param seen the lists that have been looked at
   */
  static void collect(
      List<Operation> operations,
      Map<String, List<Operation>> programs,
      Set<List<Operation>> seen,
      BiConsumer<String, Integer> found) {
    if (!seen.add(operations)) {
      return;
    }
    for (Operation operation : operations) {
      Made made = by(operation);
      if (made != null) {
        found.accept(made.name(), made.count());
        collect(made.program(), programs, seen, found);
      } else if (operation instanceof Operation.Repeat it) {
        collect(it.body(), programs, seen, found);
      } else if (operation instanceof Operation.While it) {
        collect(it.body(), programs, seen, found);
      } else if (operation instanceof Operation.If it) {
        collect(it.then(), programs, seen, found);
        collect(it.otherwise(), programs, seen, found);
      } else if (operation instanceof Operation.Call it) {
        collect(programs.get(it.program()), programs, seen, found);
      } else if (operation instanceof Operation.Await it
          && it.awaited() instanceof Operation.Awaited.Group group) {
        for (Operation.Member member : group.members()) {
          if (member.program() != null) {
            found.accept(member.name(), 1);
            collect(member.program(), programs, seen, found);
          }
        }
      }
    }
  }
}
