package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Location;
import org.schedlab.program.Operation.ProcessTemplate;
import org.schedlab.program.SharedObject;
import org.schedlab.program.SharedObject.Protocol;
import org.schedlab.program.Variable;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;

/** Reads the objects that the file or a process declares. */
final class ObjectReader {
  private final ValueReader values;
  private final Problems problems;
  private final LockReader locks;
  private final ChannelReader channels;
  private final AwaitedObjectReader awaited;
  private final SharedObjects file = new SharedObjects(null);
  private final Map<ProcessTemplate, SharedObjects> ofSpawned = new IdentityHashMap<>();

  ObjectReader(ValueReader values, DistributionReader times) {
    this.values = values;
    this.problems = values.problems();
    this.locks = new LockReader(values, times);
    this.channels = new ChannelReader(values);
    this.awaited = new AwaitedObjectReader(values);
  }

  /** Reads the objects at the top of the file, which those of a process stand in. */
  SharedObjects ofFile(Fields scenario) {
    declareAll(scenario, file, "the file");
    return file;
  }

  /** Reads the objects that a process declares. */
  SharedObjects ofProcess(Fields process) {
    SharedObjects objects = new SharedObjects(file);
    declareAll(process, objects, "a process");
    return objects;
  }

  /** Reads how many units of each resource a process with these objects will hold at most. */
  Map<String, Long> claims(Value value, SharedObjects objects) {
    return channels.claims(value, objects);
  }

  /** Takes note of whose objects these are. */
  void areOf(ProcessTemplate process, SharedObjects objects) {
    ofSpawned.put(process, objects);
  }

  /** Returns the objects of the processes that each {@code spawn} makes, by its identity. */
  Map<ProcessTemplate, SharedObjects> ofSpawned() {
    return ofSpawned;
  }

  private void declareAll(Fields fields, SharedObjects objects, String place) {
    Map<String, Mark> marks = new HashMap<>();
    for (ObjectKind kind : ObjectKind.values()) {
      for (Declaration declaration : declarations(fields.get(kind.declaredUnder()), kind)) {
        String name = values.name(declaration.name(), kind.article() + "'s name");
        Location location = problems.remember(declaration.name().mark());
        boolean openCeiling = false;
        SharedObject object;
        if (kind == ObjectKind.MUTEX) {
          Fields said = declaration.fields(Shapes.MUTEX, problems);
          SharedObject.Mutex mutex = locks.mutex(name, said, location);
          openCeiling = mutex.protocol() == Protocol.CEILING && !said.has("ceiling");
          object = mutex;
        } else {
          object = object(kind, name, declaration, location);
        }
        if (name != null && isNew(name, declaration.name().mark(), objects, marks, place)) {
          objects.declare(object, openCeiling);
        }
      }
    }
    refuseSameVariables(objects, place);
  }

  private SharedObject object(
      ObjectKind kind, String name, Declaration declaration, Location location) {
    return switch (kind) {
      case SEMAPHORE -> locks.semaphore(name, declaration, location);
      case BARRIER -> locks.barrier(name, declaration, location);
      case CONDITION -> locks.condition(name, declaration, location);
      case PIPE -> channels.pipe(name, declaration, location);
      case QUEUE -> channels.queue(name, declaration, location);
      case SOCKET -> channels.socket(name, declaration, location);
      case SEGMENT -> channels.segment(name, declaration, location);
      case RESOURCE -> channels.resource(name, declaration, location);
      case CHANNEL -> awaited.channel(name, declaration, location);
      case ASYNC_MUTEX -> awaited.mutex(name, declaration, location);
      case ASYNC_SEMAPHORE -> awaited.semaphore(name, declaration, location);
      default -> locks.readersWriterLock(name, declaration, location);
    };
  }

  private boolean isNew(
      String name, Mark mark, SharedObjects objects, Map<String, Mark> marks, String place) {
    Mark first = marks.putIfAbsent(name, mark);
    if (first != null) {
      problems.add(
          mark,
          "`"
              + name
              + "` is the name of "
              + ObjectKind.of(objects.own(name)).article()
              + " already"
              + (first.line() == 0 ? "" : ", in line " + first.line())
              + "; all objects of "
              + place
              + " have different names");
    }
    return first == null;
  }

  /** A program names a segment's variable without the segment. */
  private void refuseSameVariables(SharedObjects objects, String place) {
    Map<String, String> segments = new HashMap<>();
    for (SharedObject.Segment segment : objects.segments()) {
      for (Variable variable : segment.variables()) {
        String first = segments.putIfAbsent(variable.name(), segment.name());
        if (first != null) {
          problems.add(
              variable.location(),
              "`"
                  + variable.name()
                  + "` is a variable of the segment `"
                  + first
                  + "` already; the variables of all segments of "
                  + place
                  + " have different names");
        }
      }
    }
  }

  /** Returns the objects of one kind; what has no such form is reported and has none. */
  private List<Declaration> declarations(Value value, ObjectKind kind) {
    List<Declaration> declarations = new ArrayList<>();
    if (value instanceof Entries map) {
      for (Entry entry : map.entries()) {
        declarations.add(new Declaration(entry.key(), entry.value()));
      }
    } else if (value instanceof Items list && kind.listed()) {
      list.items().forEach(name -> declarations.add(new Declaration(name, null)));
    } else if (value != null) {
      problems.add(
          value.mark(),
          "`" + kind.declaredUnder() + "` must be " + kind.form() + ", not " + value.shown());
    }
    return declarations;
  }
}
