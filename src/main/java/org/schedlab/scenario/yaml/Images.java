package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.ProcessTemplate;
import org.schedlab.program.Operation.ThreadTemplate;
import org.schedlab.program.Variable;
import org.schedlab.scenario.yaml.Image.Maker;
import org.schedlab.scenario.yaml.Image.Runner;

/**
 * Finds every process image that a scenario can come to: those of the file, and what they spawn,
 * fork and execute. Programs may make themselves again; each image is found once.
 */
final class Images {
  private final Scopes scopes;
  private final Map<ProcessTemplate, SharedObjects> objectsOfSpawned;
  private final List<Image> found = new ArrayList<>();
  private final Set<ProcessTemplate> spawned = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Copy> followed = new HashSet<>();
  private final Set<Copy> children = new HashSet<>();
  private final Map<Operation, Set<List<String>>> executed = new IdentityHashMap<>();

  /** A program with the variables that it works on, told apart by identity. */
  private static final class Copy {
    private final Map<String, Variable> variables;
    private final List<Operation> program;

    Copy(Map<String, Variable> variables, List<Operation> program) {
      this.variables = variables;
      this.program = program;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Copy copy && copy.variables == variables && copy.program == program;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(variables) + System.identityHashCode(program);
    }
  }

  private Images(Scopes scopes, Map<ProcessTemplate, SharedObjects> objectsOfSpawned) {
    this.scopes = scopes;
    this.objectsOfSpawned = objectsOfSpawned;
  }

  /**
   * Returns the images, those of the file first and in its order.
   *
   * @param objectsOfSpawned what each {@code spawn} declares for its processes, by its identity
   */
  static List<Image> of(
      List<DeclaredProcess> processes,
      Scopes scopes,
      Map<ProcessTemplate, SharedObjects> objectsOfSpawned) {
    Images images = new Images(scopes, objectsOfSpawned);
    processes.forEach(images::declare);
    // More than a scenario may have threads: that is refused afterwards.
    for (int i = 0; i < images.found.size() && i <= ProgramReader.MOST_THREADS; i++) {
      images.follow(images.found.get(i));
    }
    return images.found;
  }

  private void declare(DeclaredProcess process) {
    List<Runner> threads = new ArrayList<>();
    for (DeclaredProcess.DeclaredThread t : process.threads()) {
      boolean periodic = t.periodic() != null;
      threads.add(
          new Runner(
              t.name(),
              t.count(),
              t.program(),
              t.attributes(),
              periodic,
              false,
              t.loop(),
              Coroutines.of(t.loop(), scopes)));
    }
    Map<String, Variable> variables = Image.byName(process.variables());
    found.add(
        new Image(
            process.name(),
            process.count(),
            Maker.FILE,
            variables,
            new LinkedHashSet<>(),
            process.objects(),
            process.claims(),
            threads,
            process.workingSetBytes(),
            false));
  }

  private void follow(Image image) {
    Set<ThreadTemplate> started = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int t = 0; t < image.threads().size(); t++) {
      Runner thread = image.threads().get(t);
      for (List<Operation> program : thread.programs()) {
        for (Operation operation : scopes.of(program).threadMakers()) {
          if (operation instanceof Operation.StartThread start && started.add(start.thread())) {
            image.threads().add(runner(start.thread(), true));
          } else if (operation instanceof Operation.Exec exec && !thread.isLoop()) {
            execute(image, thread, exec);
          }
        }
        if (followed.add(new Copy(image.variables(), program))) {
          make(image, thread, program);
        }
      }
    }
  }

  /** Follows what is the same for all who run a thread's program with the same variables. */
  private void make(Image image, Runner thread, List<Operation> program) {
    for (Operation operation : scopes.of(program).makers()) {
      if (operation instanceof Operation.Spawn spawn) {
        spawn(spawn.process());
      } else if (operation instanceof Operation.Fork fork && !thread.isLoop()) {
        fork(image, thread, fork);
      } else if (operation instanceof Operation.Alloc alloc) {
        image.regions().add(alloc.region());
      }
    }
  }

  private Runner runner(ThreadTemplate t, boolean started) {
    return new Runner(
        t.name(),
        t.count(),
        t.program(),
        t.attributes(),
        false,
        started,
        t.loop(),
        Coroutines.of(t.loop(), scopes));
  }

  private void spawn(ProcessTemplate process) {
    if (!spawned.add(process)) {
      return;
    }
    List<Runner> threads = new ArrayList<>();
    process.threads().forEach(thread -> threads.add(runner(thread, false)));
    found.add(
        new Image(
            process.name(),
            process.count(),
            Maker.SPAWN,
            Image.byName(process.variables()),
            new LinkedHashSet<>(),
            objectsOfSpawned.get(process),
            process.claims(),
            threads,
            process.workingSetBytes(),
            false));
  }

  private void fork(Image parent, Runner caller, Operation.Fork fork) {
    boolean goesOn = fork.program() == null;
    List<Operation> program = goesOn ? caller.program() : fork.program();
    boolean alike = goesOn || !children.add(new Copy(parent.variables(), program));
    List<Runner> threads = new ArrayList<>();
    threads.add(new Runner("", 1, program, caller.attributes(), false, false, null, List.of()));
    found.add(
        new Image(
            fork.name(),
            1,
            Maker.FORK,
            parent.variables(),
            parent.regions(),
            parent.objects(),
            parent.claims(),
            threads,
            parent.workingSetBytes(),
            alike));
  }

  private void execute(Image image, Runner caller, Operation.Exec exec) {
    List<String> names = List.of(image.name(), caller.name());
    if (!executed.computeIfAbsent(exec, e -> new HashSet<>()).add(names)) {
      return;
    }
    List<Runner> threads = new ArrayList<>();
    threads.add(
        new Runner(
            caller.name(),
            caller.count(),
            exec.program(),
            caller.attributes(),
            false,
            false,
            null,
            List.of()));
    found.add(
        new Image(
            image.name(),
            image.count(),
            Maker.EXEC,
            Image.byName(exec.variables()),
            new LinkedHashSet<>(),
            image.objects().ofFile(),
            image.claims(),
            threads,
            image.workingSetBytes(),
            false));
  }

  /** Returns, by name, how many processes the file declares. */
  static Map<String, Integer> declared(List<DeclaredProcess> processes) {
    Map<String, Integer> names = new LinkedHashMap<>();
    processes.forEach(process -> names.put(process.name(), process.count()));
    return names;
  }
}
