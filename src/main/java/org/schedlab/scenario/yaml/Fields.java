package org.schedlab.scenario.yaml;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Scalar;

/** A map of the file, checked against the keys that it may have. */
final class Fields {
  private final Shape shape;
  private final Mark mark;
  private final boolean isMap;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Problems problems;

  /** Entries whose key is clearly meant to be another, by that one. */
  private final Map<String, Entry> misspelt = new LinkedHashMap<>();

  /** The keys that unknown ones are probably meant to be: nobody has to be told that they lack. */
  private final Set<String> meant = new HashSet<>();

  private Fields(Shape shape, Mark mark, boolean isMap, Problems problems) {
    this.shape = shape;
    this.mark = mark;
    this.isMap = isMap;
    this.problems = problems;
  }

  /** Returns the fields of a value; what is not a map is reported and has none. */
  static Fields of(Value value, Shape shape, Problems problems) {
    Fields fields = new Fields(shape, value.mark(), value instanceof Entries, problems);
    if (!(value instanceof Entries map)) {
      String glued = value instanceof Scalar word ? ValueReader.gluedColon(word.text()) : "";
      problems.add(
          value.mark(),
          !glued.isEmpty()
              ? glued
              : shape.what()
                  + " must be a map with the keys "
                  + Spelling.list(shape.keys())
                  + ", not "
                  + value.shown());
      return fields;
    }
    for (Entry entry : map.entries()) {
      String key = entry.key().text();
      if (shape.allowed().contains(key)) {
        fields.entries.put(key, entry);
      } else {
        fields.refuse(key, entry);
      }
    }
    fields.misspelt.forEach(fields.entries::putIfAbsent);
    return fields;
  }

  private void refuse(String key, Entry entry) {
    String belongs = KeyHomes.elsewhere(key, shape);
    if (belongs != null) {
      problems.add(entry.key().mark(), belongs);
      return;
    }
    problems.add(entry.key().mark(), refusal(key, shape.what(), shape.keys(), shape.later()));
    if (!shape.later().contains(key)) {
      meant.add(Spelling.nearest(key, shape.keys()));
      String clear = Spelling.clear(key, shape.keys(), shape.later());
      if (clear != null) {
        // What stands below is checked as if the key had been spelled right.
        misspelt.putIfAbsent(clear, entry);
      }
    }
  }

  /** Returns what to say about a key that is not one of {@code keys}. */
  static String refusal(String key, String what, List<String> keys, List<String> later) {
    if (later.contains(key)) {
      return "`" + key + "`" + Shape.UNSUPPORTED;
    }
    String start = "unknown key `" + Sizes.cut(key) + "` in " + what;
    String nearLater = Spelling.nearest(key, later);
    return nearLater != null && Spelling.nearest(key, keys) == null
        ? start + "; did you mean `" + nearLater + "`? allowed: " + Spelling.list(keys)
        : start + Spelling.suggestion(key, keys, "allowed");
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
      lacks(key, "`" + key + "`");
    }
    return value;
  }

  /**
   * Reports that something is missing, unless the key was probably there and misspelt.
   *
   * @param what the keys of which one is needed, for the message
   */
  void lacks(String key, String what) {
    if (isMap && !misspelt(key)) {
      problems.add(mark, shape.what() + " needs " + what);
    }
  }

  /** Reports keys that describe the one unnamed thread of a process and stand beside a list. */
  void refuseBeside(String list, List<String> keys) {
    for (String key : keys) {
      if (has(key)) {
        problems.add(
            markOf(key), "`" + key + "` belongs to each of the `" + list + "`, not beside them");
      }
    }
  }

  /** Says whether an unknown key was probably meant to be this one. */
  boolean misspelt(String key) {
    return meant.contains(key);
  }

  /** Says whether the map can have a key. */
  boolean allows(String key) {
    return shape.allowed().contains(key);
  }

  private Entry entry(String key) {
    if (!shape.allowed().contains(key)) {
      throw new IllegalArgumentException(shape.name() + " has no key " + key);
    }
    return entries.get(key);
  }
}
