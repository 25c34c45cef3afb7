package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Location;
import org.schedlab.program.Numbered;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.ThreadTemplate;
import org.schedlab.scenario.yaml.Coroutines.Coroutine;
import org.schedlab.scenario.yaml.Image.Maker;
import org.schedlab.scenario.yaml.Image.Runner;

/**
 * Checks the names in programs that depend on the process: its variables, its threads, and the
 * registers that a thread sets. A named program is checked for every process that runs it.
 */
final class ProgramChecks {
  private final Problems problems;
  private final ProgramTable programs;
  private final Scopes scopes;
  private final NamePlaces places;
  private final boolean avoidance;
  private final CoroutineObjects coroutineObjects = new CoroutineObjects();
  private final Set<Location> reported = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Makes the checks.
   *
   * @param places where operations name objects
   * @param avoidance whether resources are given by the banker's algorithm
   */
  ProgramChecks(
      Problems problems,
      ProgramTable programs,
      Scopes scopes,
      NamePlaces places,
      boolean avoidance) {
    this.problems = problems;
    this.programs = programs;
    this.scopes = scopes;
    this.places = places;
    this.avoidance = avoidance;
  }

  /**
   * Checks all images.
   *
   * @param declared by name, how many processes the file has
   * @param children by name, how many processes one operation of a program makes
   */
  void check(List<Image> images, Map<String, Integer> declared, Map<String, Integer> children) {
    CountedNames waited = new CountedNames("process", children);
    Map<String, Integer> all = new LinkedHashMap<>(declared);
    children.forEach((name, count) -> all.merge(name, count, Math::max));
    CountedNames processes = new CountedNames("process", all);
    for (Image image : images) {
      if (!image.alike()) {
        check(image, new NameCheck(image, waited, processes, places, this::report));
      }
    }
  }

  private void check(Image image, NameCheck names) {
    ObjectNames declared = new ObjectNames(image, this::report);
    LockCheck locks = new LockCheck(declared, places);
    ChannelCheck channels = new ChannelCheck(declared, places);
    ResourceCheck resources = new ResourceCheck(image, declared, places, avoidance);
    Set<List<Operation>> checked = byIdentity();
    for (Runner thread : image.threads()) {
      CoroutineCheck coroutines =
          new CoroutineCheck(image, thread, declared, places, coroutineObjects);
      for (List<Operation> program : thread.programs()) {
        Scopes.Scope scope = scopes.of(program);
        if (checked.add(program)) {
          boolean loop = thread.isLoop();
          scope.operations().forEach(o -> names.check(o, scope.registers(), loop));
          scope.operations().forEach(locks::check);
          scope.operations().forEach(channels::check);
          scope.operations().forEach(resources::check);
        }
        scope.operations().forEach(coroutines::check);
      }
      boolean fromTheStart = image.maker() == Maker.FILE || image.maker() == Maker.SPAWN;
      if (fromTheStart && !thread.started()) {
        thread.programs().forEach(program -> refuseJoiningItself(thread, program));
      }
    }
  }

  /**
   * A thread that waits for its own end never ends; so does a group in which each waits for all.
   */
  private void refuseJoiningItself(Runner thread, List<Operation> program) {
    if (thread.name().isEmpty()) {
      return;
    }
    for (Operation operation : scopes.of(program).operations()) {
      if (operation instanceof Operation.Join join && join.name().equals(thread.name())) {
        report(
            join.location(),
            thread.count() == 1
                ? "the thread `" + thread.name() + "` would wait for its own end"
                : "each `"
                    + thread.name()
                    + "` would wait for all "
                    + thread.count()
                    + " of that name, itself among them; let another thread join them");
      }
    }
    for (Operation operation : always(program)) {
      if (operation instanceof Operation.Join join
          && thread.count() > 1
          && Numbered.names(thread.name(), thread.count()).contains(join.name())) {
        report(
            join.location(),
            "`" + join.name() + "` runs this program too and would wait for its own end");
      }
    }
  }

  /** Returns the operations that no condition can keep a thread from. */
  private static List<Operation> always(List<Operation> program) {
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : program) {
      operations.add(operation);
      if (operation instanceof Operation.Repeat repeat) {
        operations.addAll(always(repeat.body()));
      }
    }
    return operations;
  }

  /** A program can contain itself, through the threads that it starts: equals would not end. */
  private static Set<List<Operation>> byIdentity() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** One error for one place, however many processes run the program. */
  private void report(Location place, String message) {
    if (reported.add(place)) {
      problems.add(place, message);
    }
  }

  /**
   * Refuses programs that start threads running themselves, at once or through others: there would
   * be no end of them.
   */
  void refuseEndlessThreads(String name) {
    Set<List<Operation>> within = byIdentity();
    List<Operation> start = programs.get(name);
    List<List<Operation>> waiting = new ArrayList<>(List.of(start));
    while (!waiting.isEmpty()) {
      for (Operation operation : scopes.of(waiting.remove(waiting.size() - 1)).threadMakers()) {
        if (operation instanceof Operation.StartThread thread) {
          for (List<Operation> program : programsOf(thread.thread())) {
            if (program == start) {
              report(
                  thread.location(), "the program `" + name + "` starts threads that run itself");
            } else if (within.add(program)) {
              waiting.add(program);
            }
          }
        }
      }
    }
  }

  private List<List<Operation>> programsOf(ThreadTemplate thread) {
    return thread.loop() == null
        ? List.of(thread.program())
        : Coroutines.of(thread.loop(), scopes).stream().map(Coroutine::program).toList();
  }
}
