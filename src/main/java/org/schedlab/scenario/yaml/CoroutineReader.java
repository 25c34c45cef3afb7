package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.CoroutineTemplate;
import org.schedlab.program.Operation.Loop;
import org.schedlab.program.RuntimeKind;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Items;

/** Reads coroutines, and the threads that run them. */
final class CoroutineReader {
  static final List<String> RUNTIMES =
      Arrays.stream(RuntimeKind.values()).map(RuntimeKind::key).toList();

  private static final List<String> OTHER_WORK =
      List.of("burst", "program", "period", "wcet", "offset");

  private final ValueReader values;
  private final Problems problems;
  private final ProgramReader programs;

  CoroutineReader(ValueReader values, ProgramReader programs) {
    this.values = values;
    this.problems = values.problems();
    this.programs = programs;
  }

  /** Returns what a thread with {@code coroutines} does, or null for one without. */
  Loop loop(Fields thread) {
    if (!thread.has("coroutines")) {
      if (thread.has("runtime")) {
        problems.add(
            thread.markOf("runtime"),
            "`runtime` is what schedules `coroutines`, and there are none beside it");
      }
      if (thread.allows("carriers") && thread.has("carriers")) {
        problems.add(
            thread.markOf("carriers"),
            "`carriers` are the threads that run `coroutines`, and there are none beside it");
      }
      return null;
    }
    for (String key : OTHER_WORK) {
      if (thread.allows(key) && thread.has(key)) {
        problems.add(
            thread.markOf(key),
            "`"
                + key
                + "` cannot stand beside `coroutines`: a thread runs these or a program of its own");
      }
    }
    String runtime =
        values.choice(thread.get("runtime"), "`runtime`", RUNTIMES, RuntimeKind.ASYNCIO.key());
    return new Loop(
        RuntimeKind.named(runtime).orElseThrow(),
        carriers(thread),
        coroutines(thread.get("coroutines")));
  }

  private int carriers(Fields thread) {
    if (!thread.allows("carriers") || !thread.has("carriers")) {
      return 1;
    }
    if (thread.has("count")) {
      problems.add(
          thread.markOf("carriers"),
          "`carriers` cannot stand beside `count`: that many threads run the same coroutines"
              + " together, and `count` makes each of them coroutines of its own");
    }
    return (int)
        values.integer(thread.get("carriers"), "`carriers`", 1, ProgramReader.MOST_THREADS, 1);
  }

  /** Returns how many threads an entry with a count makes. */
  static int threads(Loop loop, int count) {
    return loop == null ? count : Math.max(count, loop.carriers());
  }

  private List<CoroutineTemplate> coroutines(Value list) {
    UniqueNames names = new UniqueNames("coroutine", problems);
    List<CoroutineTemplate> coroutines = new ArrayList<>();
    for (Value item : values.list(list, "`coroutines`")) {
      Fields fields = Fields.of(item, Shapes.COROUTINE, problems);
      if (item instanceof Entries) {
        CoroutineTemplate coroutine =
            coroutine(fields, "a coroutine", problems.remember(item.mark()));
        if (coroutine != null) {
          names.add(coroutine.name(), fields.get("name").mark());
          coroutines.add(coroutine);
        }
      }
    }
    if (list instanceof Items items && items.items().isEmpty()) {
      problems.add(list.mark(), "`coroutines` needs at least one coroutine");
    }
    return List.copyOf(coroutines);
  }

  /**
   * Returns the coroutines that a map describes, or null after reporting that they have no name.
   */
  CoroutineTemplate coroutine(Fields fields, String what, Location place) {
    String name = values.name(fields.require("name"), "a coroutine's name");
    int count = 1;
    if (fields.allows("count")) {
      count =
          (int) values.integer(fields.get("count"), "`count`", 1, ProgramReader.MOST_THREADS, 1);
    }
    List<Operation> program = programs.work(fields, what);
    return name == null ? null : new CoroutineTemplate(name, count, program, place);
  }
}
