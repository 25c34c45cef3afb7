package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Location;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Numbered;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;
import org.schedlab.program.TimeSource;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Scenario.Periodic;
import org.schedlab.scenario.Scenario.ProcessSpec;
import org.schedlab.scenario.Scenario.ThreadSpec;

/** A process as the file declares it, before {@code count} makes several of it. */
record DeclaredProcess(
    String name,
    int count,
    TimeSource arrival,
    List<Variable> variables,
    List<DeclaredThread> threads,
    long workingSetBytes,
    MemorySizes memory,
    SharedObjects objects,
    Map<String, Long> claims,
    Location location) {

  /**
   * A thread as the file declares it; its name is empty for the one unnamed thread.
   *
   * @param loop the coroutines that it runs instead of a program, or null
   */
  record DeclaredThread(
      String name,
      int count,
      List<Operation> program,
      Operation.Loop loop,
      Operation.Attributes attributes,
      Periodic periodic,
      Location location) {}

  /** Returns the names of the processes: {@code P}, or {@code P[0]}, {@code P[1]}, … */
  List<String> processNames() {
    return Numbered.names(name, count);
  }

  /** Returns the full name of a thread of a process. */
  static String taskName(String process, String thread) {
    return thread.isEmpty() ? process : process + "/" + thread;
  }

  List<ProcessSpec> expand() {
    List<SharedObject> shared = List.copyOf(objects.declared());
    List<ProcessSpec> processes = new ArrayList<>(count);
    for (String process : processNames()) {
      List<ThreadSpec> expanded = new ArrayList<>();
      for (DeclaredThread thread : threads) {
        for (String threadName : Numbered.names(thread.name(), thread.count())) {
          expanded.add(
              new ThreadSpec(
                  taskName(process, threadName),
                  threadName,
                  thread.program(),
                  thread.loop(),
                  thread.attributes(),
                  thread.periodic(),
                  thread.location()));
        }
      }
      processes.add(
          new ProcessSpec(
              process,
              arrival,
              variables,
              List.copyOf(expanded),
              workingSetBytes,
              memory,
              shared,
              claims,
              location));
    }
    return processes;
  }
}
