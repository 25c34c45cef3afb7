package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.program.Location;
import org.schedlab.program.SharedObject;
import org.schedlab.program.SharedObject.MutexKind;
import org.schedlab.program.SharedObject.Order;
import org.schedlab.program.SharedObject.Protocol;
import org.schedlab.program.TimeSource;
import org.schedlab.scenario.yaml.Value.Entries;

/** Reads what is said of locks and the other objects that threads wait at for each other. */
final class LockReader {
  static final List<String> PROTOCOLS = List.of("none", "inheritance", "ceiling");
  static final List<String> MUTEX_KINDS = List.of("plain", "recursive", "error-checking", "spin");
  static final List<String> ORDERS = List.of("fifo", "priority");
  static final List<String> PREFERENCES = List.of("readers", "writers");

  /** The largest value of a semaphore, SEM_VALUE_MAX of Linux (sem_post(3)). */
  private static final long MOST_VALUE = Integer.MAX_VALUE;

  private final ValueReader values;
  private final Problems problems;
  private final DistributionReader times;

  LockReader(ValueReader values, DistributionReader times) {
    this.values = values;
    this.problems = values.problems();
    this.times = times;
  }

  SharedObject.Mutex mutex(String name, Fields said, Location location) {
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
    Order order = order(values, said, chosen == Protocol.NONE ? Order.FIFO : Order.PRIORITY);
    return new SharedObject.Mutex(name, mutexKind, chosen, ceiling, order, location);
  }

  SharedObject semaphore(String name, Declaration declaration, Location location) {
    Value value = declaration.said();
    Order order = Order.FIFO;
    if (value instanceof Entries) {
      Fields said = declaration.fields(Shapes.SEMAPHORE, problems);
      order = order(values, said, order);
      value = said.require("value");
    }
    long first = values.integer(value, "the value of a semaphore", 0, MOST_VALUE, 0);
    return new SharedObject.Semaphore(name, first, order, location);
  }

  SharedObject condition(String name, Declaration declaration, Location location) {
    Fields said = declaration.fields(Shapes.CONDITION, problems);
    Value after = said.get("spurious");
    TimeSource spurious = null;
    if (after instanceof Entries) {
      spurious = times.read(after, "`spurious`");
    } else if (after != null) {
      spurious = TimeSource.constant(values.duration(after, "`spurious`", 1, 1));
    }
    return new SharedObject.Condition(name, order(values, said, Order.FIFO), spurious, location);
  }

  SharedObject barrier(String name, Declaration declaration, Location location) {
    long parties =
        values.integer(
            declaration.said(),
            "the number of threads of a barrier",
            1,
            ProgramReader.MOST_THREADS,
            1);
    return new SharedObject.Barrier(name, (int) parties, location);
  }

  SharedObject readersWriterLock(String name, Declaration declaration, Location location) {
    Fields said = declaration.fields(Shapes.RWLOCK, problems);
    String preferred =
        values.choice(said.get("prefer"), "`prefer`", PREFERENCES, PREFERENCES.get(0));
    boolean writers = preferred.equals("writers");
    Order order = order(values, said, Order.FIFO);
    return new SharedObject.ReadersWriterLock(name, writers, order, location);
  }

  /** Returns in which order those are served that wait at an object. */
  static Order order(ValueReader values, Fields said, Order fallback) {
    String word = ORDERS.get(fallback.ordinal());
    return Order.values()[
        ORDERS.indexOf(values.choice(said.get("order"), "`order`", ORDERS, word))];
  }
}
