package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Location;
import org.schedlab.program.Operation.ProcessTemplate;
import org.schedlab.program.SharedObject;
import org.schedlab.program.SharedObject.MutexKind;
import org.schedlab.program.SharedObject.Order;
import org.schedlab.program.SharedObject.Protocol;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;

/** Reads the objects that the file or a process declares. */
final class ObjectReader {
  static final List<String> PROTOCOLS = List.of("none", "inheritance", "ceiling");
  static final List<String> MUTEX_KINDS = List.of("plain", "recursive", "error-checking", "spin");
  static final List<String> ORDERS = List.of("fifo", "priority");
  static final List<String> PREFERENCES = List.of("readers", "writers");

  /** The largest value of a semaphore, SEM_VALUE_MAX of Linux (sem_post(3)). */
  private static final long MOST_VALUE = Integer.MAX_VALUE;

  /** A name in the file and what is said of its object, null where nothing is. */
  private record Declaration(Value name, Value said) {}

  private final ValueReader values;
  private final Problems problems;
  private final SharedObjects file = new SharedObjects(null);
  private final Map<ProcessTemplate, SharedObjects> ofSpawned = new IdentityHashMap<>();

  ObjectReader(ValueReader values) {
    this.values = values;
    this.problems = values.problems();
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
          Fields said = said(declaration, Shapes.MUTEX);
          object = mutex(name, said, location);
          openCeiling =
              ((SharedObject.Mutex) object).protocol() == Protocol.CEILING && !said.has("ceiling");
        } else {
          object = object(kind, name, declaration, location);
        }
        if (name != null && isNew(name, declaration.name().mark(), objects, marks, place)) {
          objects.declare(object, openCeiling);
        }
      }
    }
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

  /** Returns the objects of one kind; what has no such form is reported and has none. */
  private List<Declaration> declarations(Value value, ObjectKind kind) {
    boolean counted = kind == ObjectKind.SEMAPHORE || kind == ObjectKind.BARRIER;
    List<Declaration> declarations = new ArrayList<>();
    if (value instanceof Entries map) {
      for (Entry entry : map.entries()) {
        declarations.add(new Declaration(entry.key(), entry.value()));
      }
    } else if (value instanceof Items list && !counted) {
      list.items().forEach(name -> declarations.add(new Declaration(name, null)));
    } else if (value != null) {
      problems.add(
          value.mark(),
          "`" + kind.declaredUnder() + "` must be " + form(kind) + ", not " + value.shown());
    }
    return declarations;
  }

  private static String form(ObjectKind kind) {
    return switch (kind) {
      case MUTEX -> "a list of names, [m], or a map such as {m: {protocol: inheritance}}";
      case SEMAPHORE -> "a map of names to values, such as {s: 1}";
      case CONDITION -> "a list of names, [c], or a map such as {c: {order: priority}}";
      case BARRIER -> "a map of names to numbers of threads, such as {b: 3}";
      case RWLOCK -> "a list of names, [l], or a map such as {l: {prefer: writers}}";
    };
  }

  /** Returns what a map says of an object; nothing where there is no map. */
  private Fields said(Declaration declaration, Shape shape) {
    Value said = declaration.said();
    return Fields.of(
        said == null ? new Entries(List.of(), declaration.name().mark()) : said, shape, problems);
  }

  private SharedObject mutex(String name, Fields said, Location location) {
    String kind = values.choice(said.get("kind"), "`kind`", MUTEX_KINDS, MUTEX_KINDS.get(0));
    String protocol =
        values.choice(said.get("protocol"), "`protocol`", PROTOCOLS, PROTOCOLS.get(0));
    MutexKind mutexKind = MutexKind.values()[MUTEX_KINDS.indexOf(kind)];
    Protocol chosen = Protocol.values()[PROTOCOLS.indexOf(protocol)];
    if (mutexKind == MutexKind.SPIN && chosen != Protocol.NONE) {
      problems.add(
          said.markOf("protocol"),
          "`kind: spin` goes without a protocol: who waits for it uses its CPU and does not sleep");
    }
    if (said.has("ceiling") && chosen != Protocol.CEILING) {
      problems.add(said.markOf("ceiling"), "`ceiling` belongs to `protocol: ceiling`");
    }
    long ceiling =
        values.integer(
            said.get("ceiling"),
            "`ceiling`",
            -AttributeReader.MOST_PRIORITY,
            AttributeReader.MOST_PRIORITY,
            0);
    Order order = order(said, chosen == Protocol.NONE ? Order.FIFO : Order.PRIORITY);
    return new SharedObject.Mutex(name, mutexKind, chosen, ceiling, order, location);
  }

  private SharedObject object(
      ObjectKind kind, String name, Declaration declaration, Location location) {
    return switch (kind) {
      case SEMAPHORE -> semaphore(name, declaration, location);
      case BARRIER -> {
        long parties =
            values.integer(
                declaration.said(),
                "the number of threads of a barrier",
                1,
                ProgramReader.MOST_THREADS,
                1);
        yield new SharedObject.Barrier(name, (int) parties, location);
      }
      case CONDITION -> {
        Order order = order(said(declaration, Shapes.CONDITION), Order.FIFO);
        yield new SharedObject.Condition(name, order, null, location);
      }
      default -> {
        Fields said = said(declaration, Shapes.RWLOCK);
        String preferred =
            values.choice(said.get("prefer"), "`prefer`", PREFERENCES, PREFERENCES.get(0));
        boolean writers = preferred.equals("writers");
        yield new SharedObject.ReadersWriterLock(name, writers, order(said, Order.FIFO), location);
      }
    };
  }

  private SharedObject semaphore(String name, Declaration declaration, Location location) {
    Value value = declaration.said();
    Order order = Order.FIFO;
    if (value instanceof Entries) {
      Fields said = said(declaration, Shapes.SEMAPHORE);
      order = order(said, order);
      value = said.require("value");
    }
    long first = values.integer(value, "the value of a semaphore", 0, MOST_VALUE, 0);
    return new SharedObject.Semaphore(name, first, order, location);
  }

  private Order order(Fields said, Order fallback) {
    String word = ORDERS.get(fallback.ordinal());
    return Order.values()[
        ORDERS.indexOf(values.choice(said.get("order"), "`order`", ORDERS, word))];
  }
}
