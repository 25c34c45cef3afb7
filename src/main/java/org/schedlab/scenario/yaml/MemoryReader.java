package org.schedlab.scenario.yaml;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.schedlab.machine.PageGeometry;
import org.schedlab.machine.Tlb;
import org.schedlab.machine.replacement.ReplacementRule;
import org.schedlab.program.MemorySizes;
import org.schedlab.scenario.Scenario.MemorySpec;
import org.schedlab.scenario.Scenario.SwapSpec;
import org.schedlab.scenario.Scenario.TlbSpec;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Items;

/**
 * Reads {@code machine.memory} and what processes say of theirs, and remembers whether anything in
 * the scenario asks for memory to be simulated.
 */
final class MemoryReader {
  static final List<String> SCOPES = List.of("global", "local");
  static final List<String> PAGEABLE = List.of("data", "all");

  /** Above so many entries a TLB that does not say otherwise is set-associative. */
  static final int MOST_ASSOCIATIVE = 64;

  /** The ways of such a TLB. */
  static final int USUAL_WAYS = 8;

  private static final int MOST_TLB_ENTRIES = 1 << 20;
  private static final int MOST_COUNTER_BITS = 32;
  private static final int MOST_REFERENCES = 1_000_000_000;

  /** Which parameters of {@code replacement} belong to which rule. */
  private static final Map<String, ReplacementRule> PARAMETERS =
      Map.of(
          "counter_bits", ReplacementRule.AGING,
          "interval", ReplacementRule.AGING,
          "window", ReplacementRule.WORKING_SET);

  private final ValueReader values;
  private final Problems problems;
  private MemorySpec spec = MemorySpec.DEFAULT;
  private boolean simulated;
  private Mark placeOfRule;

  /** A rule with the parameters of all rules. */
  private record Replacement(ReplacementRule rule, int window, int counterBits, int interval) {}

  MemoryReader(ValueReader values) {
    this.values = values;
    this.problems = values.problems();
  }

  /** Takes note that something needs simulated memory. */
  void need() {
    simulated = true;
  }

  /** Returns how memory is simulated, or null if nothing has asked for it so far. */
  MemorySpec spec() {
    return simulated ? spec : null;
  }

  /** Returns where the replacement rule stands, or null where none is given. */
  Mark placeOfRule() {
    return placeOfRule;
  }

  /** Returns how addresses split, whether or not memory is simulated. */
  PageGeometry geometry() {
    return spec.geometry();
  }

  /** Reads {@code machine.memory}; null where it is not there. */
  void read(Value value, Collection<String> devices) {
    if (value == null) {
      return;
    }
    need();
    Fields fields = Fields.of(value, Shapes.MEMORY, problems);
    PageGeometry geometry = geometry(fields);
    int most = MemorySpec.UNLIMITED_FRAMES;
    Replacement replacement = replacement(fields.get("replacement"));
    placeOfRule = fields.has("replacement") ? fields.get("replacement").mark() : null;
    spec =
        new MemorySpec(
            geometry,
            (int) values.integer(fields.get("frames"), "`frames`", 1, most - 1, most),
            replacement.rule(),
            values.choice(fields.get("scope"), "`scope`", SCOPES, "global").equals("local"),
            values.choice(fields.get("pageable"), "`pageable`", PAGEABLE, "data").equals("all"),
            replacement.window(),
            replacement.counterBits(),
            replacement.interval(),
            values.duration(fields.get("walk"), "`walk`", 0, MemorySpec.DEFAULT.walkStep()),
            tlb(fields.get("tlb")),
            swap(fields.get("swap"), geometry, devices));
  }

  private PageGeometry geometry(Fields fields) {
    Map<String, PageGeometry> presets = PageGeometry.presets();
    String name =
        values.choice(
            fields.get("geometry"), "`geometry`", List.copyOf(presets.keySet()), "x86-64");
    PageGeometry base = presets.get(name);
    int offsetBits = offsetBits(fields.get("page_size"), base);
    Value levels = fields.get("levels");
    List<Integer> bits = levels == null ? base.levelBits() : levels(levels, base, offsetBits);
    if (bits == null) {
      return base;
    }
    try {
      boolean signExtended = base.signExtended() && levels == null;
      return new PageGeometry(offsetBits, bits, base.entryBytes(), signExtended);
    } catch (IllegalArgumentException e) {
      String key = levels == null ? "page_size" : "levels";
      problems.add(fields.get(key).mark(), "`" + key + "`: " + e.getMessage());
      return base;
    }
  }

  private int offsetBits(Value value, PageGeometry base) {
    long size = values.size(value, "`page_size`", 1, base.pageSize());
    try {
      return PageGeometry.of(size, base.entryBytes(), 1).offsetBits();
    } catch (IllegalArgumentException e) {
      problems.add(value.mark(), "`page_size`: " + e.getMessage());
      return base.offsetBits();
    }
  }

  /** Returns the bits of each level, or null after reporting. */
  private List<Integer> levels(Value value, PageGeometry base, int offsetBits) {
    if (value instanceof Items items) {
      List<Long> bits = values.integers(value, "a level of `levels` (bits of its index)", 1, 20);
      boolean read = bits.size() == items.items().size();
      return read ? bits.stream().map(Long::intValue).toList() : null;
    }
    int count = (int) values.integer(value, "`levels` (or a list of bits)", 1, 6, 0);
    int bits = offsetBits - Integer.numberOfTrailingZeros(base.entryBytes());
    if (count > 0 && bits < 1) {
      problems.add(
          value.mark(),
          "`levels`: a table that fills a page of "
              + (1L << offsetBits)
              + " bytes has no room for two entries of "
              + base.entryBytes()
              + " bytes; list the bits of each level instead, such as [4, 4]");
      return null;
    }
    Integer[] equal = new Integer[count];
    Arrays.fill(equal, bits);
    return count == 0 ? null : List.of(equal);
  }

  private Replacement replacement(Value value) {
    MemorySpec fallback = MemorySpec.DEFAULT;
    if (!(value instanceof Entries)) {
      return new Replacement(
          rule(value), fallback.window(), fallback.counterBits(), fallback.agingInterval());
    }
    Fields fields = Fields.of(value, Shapes.REPLACEMENT, problems);
    ReplacementRule rule = rule(fields.require("policy"));
    for (String key : List.of("counter_bits", "interval", "window")) {
      if (fields.has(key) && PARAMETERS.get(key) != rule) {
        problems.add(
            fields.markOf(key),
            "the rule `"
                + rule.key()
                + "` has no parameter `"
                + key
                + "`; it belongs to `"
                + PARAMETERS.get(key).key()
                + "`");
      }
    }
    return new Replacement(
        rule,
        count(fields, "window", MOST_REFERENCES, fallback.window()),
        count(fields, "counter_bits", MOST_COUNTER_BITS, fallback.counterBits()),
        count(fields, "interval", MOST_REFERENCES, fallback.agingInterval()));
  }

  private int count(Fields fields, String key, int most, int fallback) {
    return (int) values.integer(fields.get(key), "`" + key + "`", 1, most, fallback);
  }

  private ReplacementRule rule(Value value) {
    List<String> names = Arrays.stream(ReplacementRule.values()).map(ReplacementRule::key).toList();
    String name =
        values.choice(value, "`replacement`", names, MemorySpec.DEFAULT.replacement().key());
    return ReplacementRule.named(name).orElseThrow();
  }

  private TlbSpec tlb(Value value) {
    if (value == null) {
      return null;
    }
    Fields fields = Fields.of(value, Shapes.TLB, problems);
    Value number = fields.require("entries");
    int entries = (int) values.integer(number, "`entries`", 1, MOST_TLB_ENTRIES, 0);
    if (entries == 0) {
      return null;
    }
    int usual = entries <= MOST_ASSOCIATIVE ? entries : USUAL_WAYS;
    Value given = fields.get("ways");
    int ways = (int) values.integer(given, "`ways`", 1, entries, usual);
    try {
      new Tlb(entries, ways, false);
    } catch (IllegalArgumentException e) {
      String hint = given == null ? "; say how many `ways` a set has" : "";
      problems.add((given == null ? number : given).mark(), "`tlb`: " + e.getMessage() + hint);
    }
    return new TlbSpec(entries, ways);
  }

  private SwapSpec swap(Value value, PageGeometry geometry, Collection<String> devices) {
    SwapSpec fallback = SwapSpec.DEFAULT;
    if (value == null) {
      return fallback;
    }
    Fields fields = Fields.of(value, Shapes.SWAP, problems);
    if (fields.has("size") && fields.has("pages")) {
      problems.add(
          fields.markOf("pages"), "`size` and `pages` say the same of swap space; give one");
    }
    long pages =
        values.integer(fields.get("pages"), "`pages`", 0, Long.MAX_VALUE, fallback.pages());
    if (fields.has("size")) {
      long size = values.size(fields.get("size"), "`size`", 0, -1);
      pages = size < 0 ? pages : size / geometry.pageSize();
    }
    String device = values.text(fields.get("device"), "`device`");
    if (device != null && !devices.contains(device)) {
      problems.add(
          fields.get("device").mark(),
          ProgramReader.unknown("device", device, devices, "`machine.devices`"));
    }
    long time = values.duration(fields.get("time"), "`time`", 0, fallback.time());
    return new SwapSpec(pages, device, time);
  }

  /** Reads {@code memory} of a process; null where it is not there. */
  MemorySizes sizes(Value value) {
    MemorySizes fallback = MemorySizes.DEFAULT;
    if (value == null) {
      return fallback;
    }
    need();
    Fields fields = Fields.of(value, Shapes.PROCESS_MEMORY, problems);
    if (fields.has("frames") && !spec.local()) {
      problems.add(
          fields.markOf("frames"),
          "`frames` of a process need `scope: local` in `machine.memory`; otherwise all processes"
              + " share the frames");
    }
    return new MemorySizes(
        values.size(fields.get("code"), "`code`", 0, fallback.codeBytes()),
        values.size(fields.get("heap"), "`heap`", 0, fallback.heapBytes()),
        (int)
            values.integer(
                fields.get("frames"),
                "`frames`",
                1,
                MemorySpec.UNLIMITED_FRAMES - 1,
                fallback.frames()));
  }
}
