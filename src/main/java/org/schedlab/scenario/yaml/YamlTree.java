package org.schedlab.scenario.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.scenario.yaml.Value.Entries;
import org.schedlab.scenario.yaml.Value.Entry;
import org.schedlab.scenario.yaml.Value.Items;
import org.schedlab.scenario.yaml.Value.Scalar;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Turns YAML text into values with places. No tag is honoured and nothing is resolved to a type:
 * {@code on}, {@code 010} and {@code 1:30} stay the text that they are.
 */
final class YamlTree {
  static final int MOST_CHARACTERS = 16 << 20;
  private static final int MOST_ALIASES = 10_000;
  private static final int DEEPEST = 100;

  /** Aliases of aliases can stand for more than any memory holds. */
  private static final long MOST_VALUES = 10_000_000;

  /** How large a value is with its aliases written out. */
  private record Extent(long values, int depth) {}

  private final Source source;
  private final Problems problems;
  private final Map<Node, Value> converted = new IdentityHashMap<>();
  private final Map<Value, Extent> extents = new IdentityHashMap<>();

  private YamlTree(Source source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /** Returns the value of a text, or null when it has none or cannot be read; then that is said. */
  static Value parse(String text, Source source, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    Node root;
    try {
      root = new Yaml(options).compose(new StringReader(text));
    } catch (YAMLException e) {
      YamlSyntax.report(e, text, source, problems);
      return null;
    }
    return root == null ? null : new YamlTree(source, problems).convert(root);
  }

  private Value convert(Node node) {
    if (converted.containsKey(node)) {
      Value known = converted.get(node);
      if (known == null) {
        problems.add(mark(node), "this value contains itself through an alias");
        return new Scalar("", true, false, mark(node));
      }
      return known;
    }
    converted.put(node, null);
    Value value = convertNew(node);
    Extent extent = extents.computeIfAbsent(value, this::measure);
    if (extent.values() > MOST_VALUES || extent.depth() > DEEPEST) {
      problems.add(
          mark(node),
          "with its aliases written out this is larger than a scenario may be ("
              + MOST_VALUES
              + " values, "
              + DEEPEST
              + " levels)");
      value = new Scalar("", true, false, mark(node));
      extents.put(value, new Extent(1, 1));
    }
    converted.put(node, value);
    return value;
  }

  private Value convertNew(Node node) {
    Mark mark = mark(node);
    int at = source.isOption() ? 0 : source.indexOf(mark.line(), mark.column());
    if (!source.isOption() && source.line(mark.line()).startsWith("!", at)
        || !node.getTag().startsWith("tag:yaml.org,2002:")) {
      problems.add(
          mark,
          "YAML reads a word that begins with `!` as a tag, and scenarios have none; an expression"
              + " that begins with `!` needs quotes: \"!flag\"");
    }
    if (node instanceof ScalarNode scalar) {
      return new Scalar(scalar.getValue(), scalar.isPlain(), scalar.getAnchor() != null, mark);
    }
    if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>(sequence.getValue().size());
      for (Node item : sequence.getValue()) {
        items.add(convert(item));
      }
      return new Items(items, mark);
    }
    return entries((MappingNode) node, mark);
  }

  private Entries entries(MappingNode node, Mark mark) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Value> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      Value key = convert(tuple.getKeyNode());
      Value value = convert(tuple.getValueNode());
      if (!(key instanceof Scalar name)) {
        problems.add(key.mark(), "a key must be a word, not " + key.shown());
      } else if (name.plain() && name.text().equals("<<")) {
        merged.add(value);
      } else {
        Entry first = entries.putIfAbsent(name.text(), new Entry(name, value));
        if (first != null) {
          problems.add(
              name.mark(),
              "the key " + name.shown() + " stands here twice" + firstAt(first.key().mark()));
        }
      }
    }
    // A key of the map itself wins over a merged one, an earlier merge over a later one.
    merged.forEach(value -> merge(value, entries));
    return new Entries(List.copyOf(entries.values()), mark);
  }

  private static String firstAt(Mark mark) {
    return mark.line() == 0 ? "" : "; the first is in line " + mark.line();
  }

  private void merge(Value value, Map<String, Entry> entries) {
    if (value instanceof Entries map) {
      map.entries().forEach(entry -> entries.putIfAbsent(entry.key().text(), entry));
    } else if (value instanceof Items list
        && list.items().stream().allMatch(Entries.class::isInstance)) {
      list.items().forEach(item -> merge(item, entries));
    } else {
      problems.add(value.mark(), "`<<` merges a map or a list of maps, not " + value.shown());
    }
  }

  private Extent measure(Value value) {
    long values = 1;
    int depth = 0;
    if (value instanceof Items list) {
      for (Value item : list.items()) {
        Extent extent = extents.computeIfAbsent(item, this::measureLeaf);
        values = Math.min(2 * MOST_VALUES, values + extent.values());
        depth = Math.max(depth, extent.depth());
      }
    } else if (value instanceof Entries map) {
      for (Entry entry : map.entries()) {
        Extent extent = extents.computeIfAbsent(entry.value(), this::measureLeaf);
        values = Math.min(2 * MOST_VALUES, values + extent.values() + 1);
        depth = Math.max(depth, extent.depth());
      }
    }
    return new Extent(values, depth + 1);
  }

  /** Only the stand-in for a value that contains itself has not been measured before. */
  private Extent measureLeaf(Value leaf) {
    return new Extent(1, 1);
  }

  private Mark mark(Node node) {
    if (source.isOption()) {
      return new Mark(source, 0, 0);
    }
    return source.within(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }
}
