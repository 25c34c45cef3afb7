package org.schedlab.scenario.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;

/** A map of the file, checked against the keys that it may have. */
final class Fields {
  private final Shape shape;
  private final Mark mark;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Problems problems;

  private Fields(Shape shape, Mark mark, Problems problems) {
    this.shape = shape;
    this.mark = mark;
    this.problems = problems;
  }

  /** Returns the fields of a value; what is not a map is reported and has none. */
  static Fields of(Value value, Shape shape, Problems problems) {
    Fields fields = new Fields(shape, value.mark(), problems);
    if (!(value instanceof Entries map)) {
      problems.add(
          value.mark(),
          shape.what()
              + " must be a map with the keys "
              + Spelling.list(shape.keys())
              + ", not "
              + value.shown());
      return fields;
    }
    for (Entry entry : map.entries()) {
      String key = entry.key().text();
      if (shape.keys().contains(key)) {
        fields.entries.put(key, entry);
      } else {
        problems.add(entry.key().mark(), refusal(key, shape.what(), shape.keys(), shape.later()));
      }
    }
    return fields;
  }

  /** Returns what to say about a key that is not one of {@code keys}. */
  static String refusal(String key, String what, List<String> keys, List<String> later) {
    if (later.contains(key)) {
      return "`" + key + "`" + Shape.UNSUPPORTED;
    }
    String near = Spelling.nearest(key, keys);
    String nearLater = near == null ? Spelling.nearest(key, later) : null;
    String suggestion = near != null ? near : nearLater;
    return "unknown key `"
        + Sizes.cut(key)
        + "` in "
        + what
        + (suggestion == null ? "" : "; did you mean `" + suggestion + "`?")
        + (suggestion == null ? ";" : "")
        + " allowed: "
        + Spelling.list(keys);
  }

  Mark mark() {
    return mark;
  }

  boolean has(String key) {
    return entry(key) != null;
  }

  /** Returns a key's value, or null when the key is not there. */
  Value get(String key) {
    Entry entry = entry(key);
    return entry == null ? null : entry.value();
  }

  /** Returns where a key stands, or the map itself when it is not there. */
  Mark markOf(String key) {
    Entry entry = entry(key);
    return entry == null ? mark : entry.key().mark();
  }

  /** Returns a key's value, or null after reporting that it is missing. */
  Value require(String key) {
    Value value = get(key);
    if (value == null) {
      problems.add(mark, shape.what() + " needs `" + key + "`");
    }
    return value;
  }

  private Entry entry(String key) {
    if (!shape.keys().contains(key)) {
      throw new IllegalArgumentException(shape.name() + " has no key " + key);
    }
    return entries.get(key);
  }
}
