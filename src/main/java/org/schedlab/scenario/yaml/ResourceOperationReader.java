package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Units;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;

/** Reads the operations that take and give back units of resources. */
final class ResourceOperationReader {
  private static final String RESOURCES = "resources";

  private final ValueReader values;
  private final Problems problems;
  private final WaitingReader waits;
  private final NamePlaces places;

  ResourceOperationReader(ValueReader values, WaitingReader waits, NamePlaces places) {
    this.values = values;
    this.problems = values.problems();
    this.waits = waits;
    this.places = places;
  }

  /** Returns the operation, or null after reporting. */
  Operation read(OperationKey key, Value value, Location place) {
    boolean takes = key == OperationKey.ACQUIRE;
    Shape shape = takes ? Shapes.ACQUIRE : Shapes.RELEASE;
    Value demanded = value;
    Waiting waiting = Waiting.FOREVER;
    if (value instanceof Entries map && map.get(RESOURCES) != null) {
      Fields fields = Fields.of(value, shape, problems);
      List<String> registers = takes ? List.of("into", "error") : List.of("error");
      waiting = waits.read(fields, registers);
      demanded = fields.get(RESOURCES);
    }
    List<Units> units = units(key, demanded, demanded == value ? shape.keys() : List.of());
    if (units.isEmpty()) {
      return null;
    }
    return takes
        ? new Operation.Acquire(units, waiting, place)
        : new Operation.Release(units, waiting, place);
  }

  /**
   * Reads names with units.
   *
   * @param misplaced keys that stand beside {@code resources} only
   */
  private List<Units> units(OperationKey key, Value value, List<String> misplaced) {
    String form = "`" + key.key() + "` needs resources with their units, such as {A: 1}";
    if (!(value instanceof Entries map)) {
      problems.add(value.mark(), form + ", not " + value.shown());
      return List.of();
    }
    if (map.entries().isEmpty()) {
      problems.add(value.mark(), form);
    }
    List<Units> units = new ArrayList<>();
    for (Entry entry : map.entries()) {
      String name = entry.key().text();
      if (misplaced.contains(name)) {
        problems.add(
            entry.key().mark(),
            "beside `"
                + name
                + "`, resources have a map of their own: {resources: {A: 1}, "
                + name
                + ": …}");
        continue;
      }
      long count =
          values.integer(
              entry.value(),
              "the units of `" + Sizes.cut(name) + "`",
              1,
              ChannelReader.MOST_UNITS,
              1);
      Units of = new Units(name, count);
      places.put(of, problems.remember(entry.key().mark()), ObjectKind.RESOURCE);
      units.add(of);
    }
    return List.copyOf(units);
  }
}
