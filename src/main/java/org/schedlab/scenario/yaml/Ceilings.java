package org.schedlab.scenario.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Operation;

/**
 * Finds the ceilings that a scenario leaves out: the priority of the most urgent thread whose
 * program locks the mutex, whether or not a run comes to that.
 */
final class Ceilings {
  /** A program with the priority and the objects that a thread runs it with. */
  private record Use(List<Operation> program, SharedObjects objects, long priority) {}

  /**
   * What of a use can be compared; programs, which can contain themselves, are keys by identity.
   */
  private record Setting(SharedObjects objects, long priority) {}

  private final Scopes scopes;
  private final boolean highFirst;
  private final Map<List<Operation>, Set<Setting>> seen = new IdentityHashMap<>();
  private final Deque<Use> open = new ArrayDeque<>();

  private Ceilings(Scopes scopes, boolean highFirst) {
    this.scopes = scopes;
    this.highFirst = highFirst;
  }

  /** Sets the open ceilings of all objects that the images see. */
  static void set(List<Image> images, Scopes scopes, boolean highFirst) {
    Ceilings ceilings = new Ceilings(scopes, highFirst);
    for (Image image : images) {
      if (image.objects().hasOpenCeilings()) {
        for (Image.Runner thread : image.threads()) {
          for (List<Operation> program : thread.programs()) {
            ceilings.add(program, image.objects(), thread.attributes().priority());
          }
        }
      }
    }
    ceilings.follow();
  }

  private void add(List<Operation> program, SharedObjects objects, long priority) {
    if (seen.computeIfAbsent(program, p -> new HashSet<>()).add(new Setting(objects, priority))) {
      open.add(new Use(program, objects, priority));
    }
  }

  private void follow() {
    while (!open.isEmpty()) {
      Use use = open.remove();
      for (Operation operation : scopes.of(use.program()).operations()) {
        if (operation instanceof Operation.Lock lock) {
          use.objects().mayLock(lock.mutex(), use.priority(), highFirst);
        } else if (operation instanceof Operation.CondWait wait) {
          use.objects().mayLock(wait.mutex(), use.priority(), highFirst);
        } else if (operation instanceof Operation.Fork fork && fork.program() != null) {
          // The images have such children once, not once for each priority of a parent.
          add(fork.program(), use.objects(), use.priority());
        } else if (operation instanceof Operation.Exec exec) {
          add(exec.program(), use.objects().ofFile(), use.priority());
        }
      }
    }
  }
}
