package org.schedlab.scenario.yaml;

import org.schedlab.program.Location;
import org.schedlab.program.SharedObject;

/** Reads what is said of the objects that coroutines of a thread wait at for each other. */
final class AwaitedObjectReader {
  private final ValueReader values;
  private final Problems problems;

  AwaitedObjectReader(ValueReader values) {
    this.values = values;
    this.problems = values.problems();
  }

  SharedObject channel(String name, Declaration declaration, Location location) {
    Fields said = declaration.fields(Shapes.CHANNEL, problems);
    long unbounded = SharedObject.Channel.UNBOUNDED;
    long capacity = values.integer(said.get("capacity"), "`capacity`", 1, unbounded, unbounded);
    return new SharedObject.Channel(name, capacity, location);
  }

  SharedObject mutex(String name, Declaration declaration, Location location) {
    if (declaration.said() != null) {
      problems.add(
          declaration.said().mark(),
          "nothing is said of an async mutex; its name alone stands in a list, [" + name + "]");
    }
    return new SharedObject.AsyncMutex(name, location);
  }

  SharedObject semaphore(String name, Declaration declaration, Location location) {
    long value =
        values.integer(
            declaration.said(), "the value of an async semaphore", 0, Integer.MAX_VALUE, 0);
    return new SharedObject.AsyncSemaphore(name, value, location);
  }
}
