package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/** The processes, threads and coroutines of a file by name, whose {@code count} a sweep changes. */
final class CountedEntries {
  private static final List<String> LISTS = List.of("processes", "threads", "coroutines");

  private CountedEntries() {}

  /** Returns why a name does not mean one entry, or null if it does. */
  static String problem(Value root, String name) {
    List<String> names = new ArrayList<>();
    collect(root, names);
    long found = names.stream().filter(name::equals).count();
    if (found == 1) {
      return null;
    }
    if (found > 1) {
      return "`"
          + Sizes.cut(name)
          + "` is the name of several entries; give the one whose count changes a name of its own";
    }
    return "there is no process, thread or coroutine `"
        + Sizes.cut(name)
        + "`"
        + Spelling.suggestion(name, names, "the file has");
  }

  private static void collect(Value map, List<String> names) {
    for (Value entry : entriesOf(map)) {
      if (nameOf(entry) != null) {
        names.add(nameOf(entry));
      }
      collect(entry, names);
    }
  }

  /** Returns the entries of all lists in which tasks are declared. */
  private static List<Value> entriesOf(Value map) {
    List<Value> all = new ArrayList<>();
    if (map instanceof Entries entries) {
      for (String list : LISTS) {
        if (entries.get(list) instanceof Items items) {
          all.addAll(items.items());
        }
      }
    }
    return all;
  }

  private static String nameOf(Value entry) {
    return entry instanceof Entries map && map.get("name") instanceof Scalar name
        ? name.text()
        : null;
  }

  /** Returns the same file, in which the entry of that name has another count. */
  static Value with(Value map, String name, Scalar count) {
    if (!(map instanceof Entries entries)) {
      return map;
    }
    List<Entry> changed = new ArrayList<>();
    boolean counted = false;
    boolean meant = name.equals(nameOf(map));
    for (Entry entry : entries.entries()) {
      String key = entry.key().text();
      Value value = entry.value();
      if (meant && key.equals("count")) {
        counted = true;
        value = count;
      } else if (LISTS.contains(key) && value instanceof Items items) {
        value =
            new Items(
                items.items().stream().map(item -> with(item, name, count)).toList(), items.mark());
      }
      changed.add(new Entry(entry.key(), value));
    }
    if (meant && !counted) {
      changed.add(new Entry(new Scalar("count", false, false, count.mark()), count));
    }
    return new Entries(List.copyOf(changed), entries.mark());
  }
}
