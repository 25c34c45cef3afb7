package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Numbered;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Attributes;
import org.schedlab.program.Variable;
import org.schedlab.scenario.yaml.Coroutines.Coroutine;

/**
 * A process as the file or a program makes it: its memory and what its threads run. An {@code exec}
 * gives a process another image.
 *
 * @param count how many such processes there are at a time, of those that the file declares or one
 *     {@code spawn} makes
 * @param variables by name; the same object in a process and its forked children
 * @param regions what is allocated by name; the same object in a process and its forked children
 * @param objects what its threads can wait at or share; after an {@code exec} the file's only
 * @param claims how many units of each resource it will hold at most
 * @param threads grows while the threads that others start are found
 * @param alike whether another image names the same things: the one that a forked child is a copy
 *     of and goes on as, or another child with the same program
 */
record Image(
    String name,
    int count,
    Maker maker,
    Map<String, Variable> variables,
    Set<String> regions,
    SharedObjects objects,
    Map<String, Long> claims,
    List<Runner> threads,
    long workingSetBytes,
    boolean alike) {

  /** What makes an image. */
  enum Maker {
    FILE,
    SPAWN,
    FORK,
    EXEC
  }

  /**
   * Threads of one name.
   *
   * @param started whether another thread starts them, by {@code thread:}
   * @param coroutines what they run instead of the program; none for those that run a program
   */
  record Runner(
      String name,
      int count,
      List<Operation> program,
      Attributes attributes,
      boolean periodic,
      boolean started,
      Operation.Loop loop,
      List<Coroutine> coroutines) {

    /** Returns what stands before the names of its coroutines, for each of their loops. */
    List<String> loopNames() {
      return Numbered.names(name, loopCount());
    }

    /** Returns how many sets of its coroutines there are: carriers share one. */
    int loopCount() {
      return loop != null && loop.carriers() > 1 ? 1 : count;
    }

    /** Says whether such a thread is an event loop. */
    boolean isLoop() {
      return !coroutines.isEmpty();
    }

    /** Returns the programs that one such thread runs, each with registers of its own. */
    List<List<Operation>> programs() {
      return isLoop() ? coroutines.stream().map(Coroutine::program).toList() : List.of(program);
    }

    /** Returns, by name, how many coroutines such a thread has or can make. */
    Map<String, Integer> coroutineNames() {
      Map<String, Integer> names = new LinkedHashMap<>();
      coroutines.forEach(c -> names.merge(c.name(), c.count(), Math::max));
      return names;
    }
  }

  /** Returns the variables of a list by their names. */
  static Map<String, Variable> byName(List<Variable> variables) {
    Map<String, Variable> named = new LinkedHashMap<>();
    variables.forEach(variable -> named.put(variable.name(), variable));
    return named;
  }

  /** Returns the variables that its programs can name; its own hide those of shared memory. */
  Map<String, Variable> visible() {
    Map<String, Variable> shared = objects.variables();
    if (shared.isEmpty()) {
      return variables;
    }
    shared.putAll(variables);
    return shared;
  }

  /** Returns the names of the processes: {@code P}, or {@code P[0]}, {@code P[1]}, … */
  List<String> processNames() {
    return Numbered.names(name, count);
  }

  /** Returns the full names of threads, of all such processes. */
  List<String> taskNames(Runner thread) {
    List<String> names = new ArrayList<>();
    for (String process : processNames()) {
      for (String within : Numbered.names(thread.name(), thread.count())) {
        names.add(DeclaredProcess.taskName(process, within));
      }
    }
    return names;
  }

  /** Returns, by name, how many threads the process has or can start. */
  Map<String, Integer> threadNames() {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (Runner thread : threads) {
      if (!thread.name().isEmpty()) {
        names.merge(thread.name(), thread.count(), Math::max);
      }
    }
    return names;
  }

  /** Returns how many threads come with the image; one that executes it was there before. */
  long threadCount() {
    return count
        * threads.stream()
            .filter(thread -> maker != Maker.EXEC || thread.started())
            .mapToLong(Runner::count)
            .sum();
  }

  /** Returns how many coroutines its threads have, each that an operation makes counted once. */
  long coroutineCount() {
    long coroutines = 0;
    for (Runner thread : threads) {
      coroutines +=
          (long) thread.loopCount()
              * thread.coroutines().stream().mapToLong(Coroutine::count).sum();
    }
    return count * coroutines;
  }
}
