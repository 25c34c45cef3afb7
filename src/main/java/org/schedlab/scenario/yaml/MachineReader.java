package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.schedlab.cost.Cost;
import org.schedlab.cost.CostModel;
import org.schedlab.cost.Profile;
import org.schedlab.scenario.Scenario.DeviceSpec;
import org.schedlab.scenario.Scenario.Machine;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Scalar;

/** Reads {@code machine:}. */
final class MachineReader {
  static final int MOST_CPUS = 256;
  static final String PROFILE_KEY = "profile";
  private static final String UNLIMITED = "unlimited";
  private static final long MOST_SERVERS = 1_000_000;
  private static final long MOST_PER_SECOND = 1_000_000_000;

  private final ValueReader values;
  private final Problems problems;
  private final MemoryReader memory;

  MachineReader(ValueReader values, MemoryReader memory) {
    this.values = values;
    this.memory = memory;
    this.problems = values.problems();
  }

  Machine read(Value value) {
    if (value == null) {
      return new Machine(1, CostModel.of(Profile.TEXTBOOK), List.of(), null);
    }
    Fields fields = Fields.of(value, Shapes.MACHINE, problems);
    int cpus = (int) values.integer(fields.get("cpus"), "`cpus`", 1, MOST_CPUS, 1);
    List<DeviceSpec> devices = devices(fields.get("devices"));
    memory.read(fields.get("memory"), devices.stream().map(DeviceSpec::name).toList());
    return new Machine(cpus, costs(fields.get("costs")), devices, memory.spec());
  }

  private List<DeviceSpec> devices(Value value) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof Entries map)) {
      problems.add(
          value.mark(),
          "`devices` must be a map such as {disk: {servers: 1}}, not " + value.shown());
      return List.of();
    }
    List<DeviceSpec> devices = new ArrayList<>();
    for (Entry entry : map.entries()) {
      String name = values.name(entry.key(), "a device's name");
      Fields fields = Fields.of(entry.value(), Shapes.DEVICE, problems);
      int servers = (int) values.integer(fields.get("servers"), "`servers`", 1, MOST_SERVERS, 1);
      if (name != null) {
        devices.add(new DeviceSpec(name, servers));
      }
    }
    return List.copyOf(devices);
  }

  private CostModel costs(Value value) {
    if (!(value instanceof Entries map)) {
      return CostModel.of(value == null ? Profile.TEXTBOOK : profile(value, "`costs`"));
    }
    Value named = map.get(PROFILE_KEY);
    CostModel model = CostModel.of(named == null ? Profile.TEXTBOOK : profile(named, "`profile`"));
    for (Entry entry : map.entries()) {
      if (!entry.key().text().equals(PROFILE_KEY)) {
        model = changed(model, entry);
      }
    }
    return model;
  }

  private Profile profile(Value value, String what) {
    List<String> names = Arrays.stream(Profile.values()).map(Profile::key).toList();
    String name = values.choice(value, what, names, Profile.TEXTBOOK.key());
    return Profile.values()[names.indexOf(name)];
  }

  private CostModel changed(CostModel model, Entry entry) {
    String key = entry.key().text();
    Optional<Cost> named =
        Arrays.stream(Cost.values()).filter(cost -> cost.key().equals(key)).findFirst();
    if (named.isEmpty()) {
      problems.add(entry.key().mark(), Fields.refusal(key, "`costs`", costKeys(), List.of()));
      return model;
    }
    Cost cost = named.get();
    return model.with(cost, price(cost, entry.value(), model.get(cost)));
  }

  /** Returns the keys of a map of costs. */
  static List<String> costKeys() {
    List<String> keys = new ArrayList<>(List.of(PROFILE_KEY));
    Arrays.stream(Cost.values()).map(Cost::key).forEach(keys::add);
    return keys;
  }

  /** Says whether a parameter can be without limit: it is in some profile. */
  static boolean canBeUnlimited(Cost cost) {
    return Arrays.stream(Profile.values()).anyMatch(p -> cost.in(p) == Profile.UNLIMITED);
  }

  private long price(Cost cost, Value value, long fallback) {
    String what = "`" + cost.key() + "`";
    boolean unlimited = value instanceof Scalar word && word.text().equals(UNLIMITED);
    if (unlimited && canBeUnlimited(cost)) {
      return Profile.UNLIMITED;
    }
    return switch (cost.unit()) {
      case NANOSECONDS -> values.duration(value, what, 0, fallback);
      // A cache may be missing, but lines have a length.
      case BYTES -> values.size(value, what, cost == Cost.CACHE_LINE ? 1 : 0, fallback);
      case BYTES_PER_SECOND -> values.size(value, what, 0, fallback);
      case COUNT -> values.integer(value, what, 0, Integer.MAX_VALUE, fallback);
      case PER_SECOND -> values.integer(value, what, 0, MOST_PER_SECOND, fallback);
    };
  }
}
