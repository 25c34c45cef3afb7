package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.scenario.yaml.Value.Entries;

/** Reads the operations on pages and regions of memory. */
final class PageOperationReader {
  private final ValueReader values;
  private final Problems problems;
  private final MemoryReader memory;
  private final TouchReader touches;

  PageOperationReader(ValueReader values, MemoryReader memory) {
    this.values = values;
    this.problems = values.problems();
    this.memory = memory;
    this.touches = new TouchReader(values, memory.geometry());
  }

  /** Returns what the entry stands for; nothing after reporting. */
  List<Operation> read(OperationKey key, Value value, Location place) {
    memory.need();
    return switch (key) {
      case TOUCH -> touches.touch(value, place);
      case ALLOC -> List.of(alloc(value, place));
      default -> List.of(free(value, place));
    };
  }

  private Operation alloc(Value value, Location place) {
    if (!(value instanceof Entries)) {
      long bytes = values.size(value, "`alloc`", 1, 1);
      return new Operation.Alloc(TouchReader.HEAP, bytes, false, false, place);
    }
    Fields fields = Fields.of(value, Shapes.ALLOC, problems);
    String named = fields.has("region") ? values.name(fields.get("region"), "a region") : null;
    String region = named == null ? TouchReader.HEAP : named;
    boolean heap = region.equals(TouchReader.HEAP);
    if (TouchReader.REGIONS.contains(region) && !heap) {
      problems.add(
          fields.get("region").mark(),
          "every process has its `" + region + "`; `alloc` makes the heap larger or a new region");
    }
    boolean shared = values.flag(fields.get("shared"), "`shared`", false);
    boolean large = values.flag(fields.get("large"), "`large`", false);
    for (String key : List.of("shared", "large")) {
      boolean wanted = key.equals("shared") ? shared : large;
      if (wanted && heap && (named != null || !fields.has("region"))) {
        problems.add(
            fields.markOf(key), "`" + key + "` needs a region of its own: {region: NAME, …}");
      }
    }
    if (large && memory.geometry().levels() < 2) {
      problems.add(
          fields.markOf("large"),
          "large pages need two levels of page tables at least; `machine.memory` has one");
    }
    long bytes = values.size(fields.require("size"), "`size`", 1, 1);
    return new Operation.Alloc(region, bytes, shared, large, place);
  }

  private Operation free(Value value, Location place) {
    if (!(value instanceof Entries)) {
      return new Operation.Free(TouchReader.HEAP, values.size(value, "`free`", 1, 1), place);
    }
    Fields fields = Fields.of(value, Shapes.FREE, problems);
    String region = values.text(fields.require("region"), "`region`");
    if (region != null
        && TouchReader.REGIONS.contains(region)
        && !region.equals(TouchReader.HEAP)) {
      problems.add(
          fields.get("region").mark(),
          "the `" + region + "` of a process stays as long as the process does");
    }
    return new Operation.Free(region == null ? TouchReader.HEAP : region, -1, place);
  }
}
