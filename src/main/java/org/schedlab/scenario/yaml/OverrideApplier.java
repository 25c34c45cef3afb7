package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Puts what the command line says into the values of a file. */
final class OverrideApplier {
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})\\](.*)", Pattern.DOTALL);
  private static final String POLICY_PATH = "scheduler.policy";

  /** A path that leads nowhere. */
  private static final class NoSuchPlace extends Exception {
    private static final long serialVersionUID = 1;

    NoSuchPlace(String message) {
      super(message, null, false, false);
    }
  }

  private final Problems problems;

  OverrideApplier(Problems problems) {
    this.problems = problems;
  }

  /** Returns the root with all overrides in it; the given values stay as they are. */
  Value apply(Value root, Overrides overrides) {
    Value changed = root;
    if (overrides.policy() != null) {
      changed = withPolicy(changed, scalar(overrides.policy(), "--policy " + overrides.policy()));
    }
    for (String setting : overrides.settings()) {
      changed = withSetting(changed, setting);
    }
    if (overrides.quantum() != null) {
      Source source = Source.option("--quantum " + overrides.quantum());
      changed = with(changed, "scheduler.quantum", scalar(overrides.quantum(), source.name()));
    }
    if (overrides.seed() != null) {
      changed = with(changed, "seed", scalar("" + overrides.seed(), "--seed " + overrides.seed()));
    }
    for (Map.Entry<String, Integer> count : overrides.counts().entrySet()) {
      changed = withCount(changed, count.getKey(), "" + count.getValue());
    }
    return changed;
  }

  private Value withCount(Value root, String name, String count) {
    Scalar number = scalar(count, "--sweep " + name + "=" + count);
    String problem = CountedEntries.problem(root, name);
    if (problem != null) {
      problems.add(number.mark(), problem);
      return root;
    }
    return CountedEntries.with(root, name, number);
  }

  private static Scalar scalar(String text, String option) {
    return new Scalar(text, false, false, new Mark(Source.option(option), 0, 0));
  }

  private Value withSetting(Value root, String setting) {
    Source source = Source.option("--set " + setting);
    Mark mark = new Mark(source, 0, 0);
    int equals = setting.indexOf('=');
    if (equals <= 0) {
      problems.add(mark, "a setting has the form PATH=VALUE, such as machine.cpus=2");
      return root;
    }
    String text = setting.substring(equals + 1);
    Value value = YamlTree.parse(text, source, problems);
    if (value == null) {
      if (text.isBlank()) {
        problems.add(mark, "the value after `=` is missing");
      }
      return root;
    }
    String path = setting.substring(0, equals).strip();
    return path.equals(POLICY_PATH) && value instanceof Scalar name
        ? withPolicy(root, name)
        : with(root, path, value);
  }

  private Value with(Value root, String path, Value value) {
    try {
      return replaced(root, path, "", value);
    } catch (NoSuchPlace e) {
      problems.add(value.mark(), e.getMessage());
      return root;
    }
  }

  /** Returns {@code within} with the place that {@code path} leads to holding {@code value}. */
  private static Value replaced(Value within, String path, String walked, Value value)
      throws NoSuchPlace {
    if (path.isEmpty()) {
      return value;
    }
    if (within instanceof Items list) {
      return replacedItem(list, path, walked, value);
    }
    Entries map = within instanceof Entries entries ? entries : mapInPlaceOf(within, walked, value);
    String key = longestKey(map, path);
    if (key == null) {
      key = path.split("[.\\[]", 2)[0];
      if (key.isEmpty()) {
        throw new NoSuchPlace("a name is missing in the path, at `" + path + "`");
      }
    }
    String rest = path.substring(key.length());
    String next = rest.startsWith(".") ? rest.substring(1) : rest;
    if (rest.equals(".")) {
      throw new NoSuchPlace("the path ends with a dot");
    }
    Value before = map.get(key);
    Value after = replaced(before, next, walked + key + ".", value);
    return withEntry(map, key, after);
  }

  /** What is not there becomes a map; so does a profile's name, for changes of single costs. */
  private static Entries mapInPlaceOf(Value within, String walked, Value value) throws NoSuchPlace {
    if (within == null) {
      return new Entries(List.of(), value.mark());
    }
    if (walked.equals("machine.costs.") && within instanceof Scalar profile) {
      Scalar key = new Scalar(MachineReader.PROFILE_KEY, true, false, profile.mark());
      return new Entries(List.of(new Entry(key, profile)), profile.mark());
    }
    String place = walked.isEmpty() ? "the scenario" : walked.substring(0, walked.length() - 1);
    throw new NoSuchPlace("`" + place + "` is not a map but " + within.shown());
  }

  private static Value replacedItem(Items list, String path, String walked, Value value)
      throws NoSuchPlace {
    String place = walked.isEmpty() ? "" : walked.substring(0, walked.length() - 1);
    int index;
    String rest;
    Matcher matcher = INDEX.matcher(path);
    if (matcher.matches()) {
      index = Integer.parseInt(matcher.group(1));
      rest = matcher.group(2);
      if (index >= list.items().size()) {
        throw new NoSuchPlace(
            "`" + place + "` has " + list.items().size() + " entries, the first is [0]");
      }
    } else {
      index = named(list, path);
      if (index < 0) {
        List<String> names = names(list);
        String wanted = path.split("[.\\[]", 2)[0];
        String suggestion = Spelling.suggestion(wanted, names);
        throw new NoSuchPlace(
            "`"
                + place
                + "` has no entry `"
                + wanted
                + "`"
                + (suggestion.isEmpty() ? ";" : suggestion)
                + (names.isEmpty()
                    ? " use a number: " + place + "[0]"
                    : " it has: " + Spelling.list(names)));
      }
      rest = path.substring(nameOf(list.items().get(index)).length());
    }
    String next = rest.startsWith(".") ? rest.substring(1) : rest;
    List<Value> items = new ArrayList<>(list.items());
    String here = place + "[" + index + "].";
    items.set(index, replaced(items.get(index), next, here, value));
    return new Items(List.copyOf(items), list.mark());
  }

  /** Returns the index of the item whose name is the longest that the path begins with, or -1. */
  private static int named(Items list, String path) {
    int found = -1;
    int length = 0;
    for (int i = 0; i < list.items().size(); i++) {
      String name = nameOf(list.items().get(i));
      if (name != null && name.length() > length && beginsWith(path, name)) {
        found = i;
        length = name.length();
      }
    }
    return found;
  }

  private static List<String> names(Items list) {
    List<String> names = new ArrayList<>();
    for (Value item : list.items()) {
      String name = nameOf(item);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private static String nameOf(Value item) {
    return item instanceof Entries map && map.get("name") instanceof Scalar name
        ? name.text()
        : null;
  }

  private static String longestKey(Entries map, String path) {
    String longest = null;
    for (Entry entry : map.entries()) {
      String key = entry.key().text();
      if (beginsWith(path, key) && (longest == null || key.length() > longest.length())) {
        longest = key;
      }
    }
    return longest;
  }

  private static boolean beginsWith(String path, String name) {
    if (name.isEmpty() || !path.startsWith(name)) {
      return false;
    }
    return path.length() == name.length() || ".[".indexOf(path.charAt(name.length())) >= 0;
  }

  private static Entries withEntry(Entries map, String key, Value value) {
    List<Entry> entries = new ArrayList<>(map.entries());
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).key().text().equals(key)) {
        entries.set(i, new Entry(entries.get(i).key(), value));
        return new Entries(List.copyOf(entries), map.mark());
      }
    }
    entries.add(new Entry(new Scalar(key, false, false, value.mark()), value));
    return new Entries(List.copyOf(entries), map.mark());
  }

  /** Replaces the policy, and drops the parameters that only the one before it had. */
  private Value withPolicy(Value root, Scalar policy) {
    if (!(root instanceof Entries scenario)
        || !(scenario.get("scheduler") instanceof Entries scheduler)) {
      return with(root, POLICY_PATH, policy);
    }
    List<Entry> entries = new ArrayList<>();
    String before = SchedulerReader.DEFAULT_POLICY;
    for (Entry entry : scheduler.entries()) {
      if (!entry.key().text().equals("policy")) {
        entries.add(entry);
      } else if (entry.value() instanceof Entries nested) {
        before = nested.get("policy") instanceof Scalar name ? name.text() : before;
        nested.entries().stream()
            .filter(parameter -> !parameter.key().text().equals("policy"))
            .forEach(entries::add);
      } else if (entry.value() instanceof Scalar name) {
        before = name.text();
      }
    }
    String old = before;
    entries.removeIf(
        entry ->
            hasOnlyBefore(entry.key().text(), old, policy.text())
                || isListForOne(entry, policy.text()));
    entries.add(new Entry(new Scalar("policy", false, false, policy.mark()), policy));
    return withEntry(scenario, "scheduler", new Entries(List.copyOf(entries), scheduler.mark()));
  }

  /** Says whether a parameter has a value for each queue, and the policy takes one only. */
  private static boolean isListForOne(Entry entry, String policy) {
    return entry.value() instanceof Items
        && Policies.named(policy)
            .flatMap(now -> now.parameter(entry.key().text()))
            .filter(parameter -> !parameter.kind().isList())
            .isPresent();
  }

  private static boolean hasOnlyBefore(String key, String before, String after) {
    PolicyDescriptor old = Policies.named(before).orElse(null);
    PolicyDescriptor now = Policies.named(after).orElse(null);
    if (Shapes.SCHEDULER.keys().contains(key) || now == null || now.parameter(key).isPresent()) {
      return false;
    }
    return old == null || old.parameter(key).isPresent();
  }
}
