package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.schedlab.program.Numbered;
import org.schedlab.program.SharedObject.Segment;
import org.schedlab.program.Variable;
import org.schedlab.scenario.yaml.Coroutines.Coroutine;
import org.schedlab.scenario.yaml.Image.Maker;
import org.schedlab.scenario.yaml.Image.Runner;

/** Who there is to speak of in {@code expect}, {@code final} and {@code observe}. */
final class TaskIndex {
  private static final Pattern REPEATED =
      Pattern.compile("([^#/]+)#(?:[2-9]|[1-9]\\d{1,8})((?:/.*)?)", Pattern.DOTALL);

  /** Behind a coroutine that another makes: which of those of its name it is. */
  private static final Pattern REMADE =
      Pattern.compile("(.+/[^#/]+)#(?:[2-9]|[1-9]\\d{1,8})", Pattern.DOTALL);

  private final Map<String, Set<String>> registersByTask = new LinkedHashMap<>();

  /** The full names among these that are coroutines'. */
  private final Set<String> coroutines = new HashSet<>();

  /** The coroutines that others make, perhaps several times. */
  private final Set<String> remakable = new HashSet<>();

  /**
   * Threads and coroutines by their short name; several where several processes have a thread of
   * that name.
   */
  private final Map<String, List<String>> tasksByShortName = new HashMap<>();

  /** The variables of processes, and behind these of shared memory by its name. */
  private final Map<String, Map<String, Variable>> variablesByProcess = new LinkedHashMap<>();

  private final Set<String> segments = new HashSet<>();

  /** Names of shared memory that several places declare, or several processes have. */
  private final Set<String> repeatedSegments = new HashSet<>();

  /** Processes that programs make, perhaps several times. */
  private final Set<String> repeatable = new HashSet<>();

  private TaskIndex() {}

  static TaskIndex of(List<Image> images, SharedObjects ofFile, Scopes scopes) {
    TaskIndex index = new TaskIndex();
    images.forEach(image -> index.add(image, scopes));
    index.addSegments(ofFile, false);
    for (Image image : images) {
      if (image.maker() == Maker.FILE || image.maker() == Maker.SPAWN) {
        index.addSegments(image.objects(), image.count() > 1);
      }
    }
    return index;
  }

  /**
   * Returns the name under which a program makes a process, its thread or a coroutine: of {@code
   * child#2}, the second process of that name, it is {@code child}.
   */
  static String original(String name) {
    return originalProcess(originalCoroutine(name));
  }

  private static String originalProcess(String name) {
    Matcher again = REPEATED.matcher(name);
    return again.matches() ? again.group(1) + again.group(2) : name;
  }

  private static String originalCoroutine(String name) {
    Matcher again = REMADE.matcher(name);
    return again.matches() ? again.group(1) : name;
  }

  private void addSegments(SharedObjects objects, boolean several) {
    for (Segment segment : objects.segments()) {
      String name = segment.name();
      if (!segments.add(name) || several) {
        repeatedSegments.add(name);
      }
      variablesByProcess.merge(name, Image.byName(segment.variables()), TaskIndex::union);
    }
  }

  private void add(Image image, Scopes scopes) {
    List<String> names = image.processNames();
    for (String name : names) {
      variablesByProcess.merge(name, image.variables(), TaskIndex::union);
    }
    if (image.maker() == Maker.SPAWN || image.maker() == Maker.FORK) {
      repeatable.addAll(names);
    }
    for (Runner thread : image.threads()) {
      Set<String> registers = scopes.of(thread.program()).registers();
      List<String> threads = Numbered.names(thread.name(), thread.count());
      addTasks(names, threads, registers);
      for (Coroutine coroutine : thread.coroutines()) {
        addCoroutines(
            names, thread.loopNames(), coroutine, scopes.of(coroutine.program()).registers());
      }
    }
  }

  /** The variables of a process that several images have, as after an {@code exec}. */
  private static Map<String, Variable> union(
      Map<String, Variable> first, Map<String, Variable> second) {
    if (first.keySet().containsAll(second.keySet())) {
      return first;
    }
    Map<String, Variable> both = new LinkedHashMap<>(first);
    second.forEach(both::putIfAbsent);
    return both;
  }

  private void addTasks(List<String> processes, List<String> threads, Set<String> registers) {
    for (String process : processes) {
      for (String thread : threads) {
        addTask(DeclaredProcess.taskName(process, thread), thread, registers);
      }
    }
  }

  private void addCoroutines(
      List<String> processes, List<String> loops, Coroutine coroutine, Set<String> registers) {
    for (String process : processes) {
      for (String loop : loops) {
        String task = DeclaredProcess.taskName(process, loop);
        for (String name : Numbered.names(coroutine.name(), coroutine.count())) {
          String full = DeclaredProcess.taskName(task, name);
          addTask(full, name, registers);
          coroutines.add(full);
          if (coroutine.made()) {
            remakable.add(full);
          }
        }
      }
    }
  }

  /** Adds a thread or coroutine; several of one name can be started with different programs. */
  private void addTask(String task, String shortName, Set<String> registers) {
    Set<String> known = registersByTask.get(task);
    if (known == null) {
      registersByTask.put(task, registers);
      if (!shortName.isEmpty()) {
        tasksByShortName.computeIfAbsent(shortName, t -> new ArrayList<>(1)).add(task);
      }
    } else {
      Set<String> both = new LinkedHashSet<>(known);
      both.addAll(registers);
      registersByTask.put(task, both);
    }
  }

  /** Returns the full names of all threads. */
  Set<String> threads() {
    Set<String> threads = new LinkedHashSet<>(registersByTask.keySet());
    threads.removeAll(coroutines);
    return threads;
  }

  /** Says whether a full or short name is that of a coroutine. */
  boolean isCoroutine(String name) {
    return tasksNamed(name).stream().anyMatch(task -> coroutines.contains(original(task)));
  }

  /** Returns every name that may stand before a dot. */
  Set<String> qualifiers() {
    Set<String> all = new LinkedHashSet<>(registersByTask.keySet());
    all.addAll(new TreeSet<>(tasksByShortName.keySet()));
    all.addAll(variablesByProcess.keySet());
    return all;
  }

  /** Says whether a thread or coroutine can have this full name. */
  boolean isTask(String name) {
    String original = original(name);
    String process = original.split("/", 2)[0];
    boolean otherProcess = !originalProcess(name).equals(name);
    boolean otherCoroutine = !originalCoroutine(name).equals(name);
    return registersByTask.containsKey(original)
        && (!otherProcess || repeatable.contains(process))
        && (!otherCoroutine || remakable.contains(original));
  }

  /** Says whether a name is that of another process made under the name of one of these. */
  boolean isRepeatOf(String name, Set<String> processes) {
    String original = original(name);
    return !original.equals(name) && repeatable.contains(original) && processes.contains(original);
  }

  /** Returns the full names of the threads and coroutines that a full or short name means. */
  List<String> tasksNamed(String name) {
    return isTask(name) ? List.of(name) : tasksByShortName.getOrDefault(name, List.of());
  }

  Set<String> registersOf(String task) {
    return registersByTask.get(original(task));
  }

  /** Says whether a name is that of shared memory. */
  boolean isSegment(String name) {
    return segments.contains(name);
  }

  /** Says whether there is shared memory of that name in several processes. */
  boolean isRepeatedSegment(String name) {
    return repeatedSegments.contains(name);
  }

  /**
   * Returns the variables, by name, of a process or of shared memory; none for a name that is
   * neither.
   */
  Map<String, Variable> variablesOf(String process) {
    String original = original(process);
    boolean known = original.equals(process) || repeatable.contains(original);
    return known ? variablesByProcess.getOrDefault(original, Map.of()) : Map.of();
  }

  /** Returns the processes, and the shared memory, that have a variable of that name. */
  List<String> processesWith(String variable) {
    List<String> found = new ArrayList<>();
    variablesByProcess.forEach(
        (process, variables) -> {
          if (variables.containsKey(variable)) {
            found.add(process);
          }
        });
    return found;
  }

  /** Returns the names of all variables. */
  Set<String> variables() {
    Set<Map<String, Variable>> distinct = new HashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (Map<String, Variable> variables : variablesByProcess.values()) {
      if (distinct.add(variables)) {
        names.addAll(variables.keySet());
      }
    }
    return names;
  }
}
